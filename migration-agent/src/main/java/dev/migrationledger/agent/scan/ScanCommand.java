package dev.migrationledger.agent.scan;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.OutputFormat;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.wire.Wire;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scan}: exit code 0 if nothing is wrong, 1 if there are errors or warnings. */
@Command(name = "scan", description = "Shows the history that migration scripts form. Nothing is executed.", mixinStandardHelpOptions = true, footer = {
    "", "Exit codes: 0 nothing is wrong, 1 problems, 2 wrong usage, 3 could not tell."})
public final class ScanCommand implements Callable<Integer> {

    @Mixin
    private final ScriptsOptions scripts;

    @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "For people or for programs (default: ${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.text;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    public ScanCommand() {
        this(new ScriptsOptions());
    }

    /** With another working directory than the process has. */
    ScanCommand(ScriptsOptions scripts) {
        this.scripts = scripts;
    }

    @Override
    public Integer call() {
        ScriptsLocation location = scripts.location();
        MigrationTool tool = MigrationTools.of(location);
        History history = tool.read(location);
        ScanReport report = ScanReport.of(tool.name(), history);
        PrintWriter out = spec.commandLine().getOut();
        switch (output) {
            case json -> out.println(Wire.pretty(report));
            case text -> new ScanText(report, Paint.forTerminal()).lines().forEach(out::println);
        }
        out.flush();
        boolean wrong = report.problems().stream().anyMatch(problem -> problem.severity() != Severity.INFO);
        return wrong ? ExitCode.FINDINGS : ExitCode.OK;
    }
}
