package dev.migrationledger.agent.scan;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.publish.Publication;
import dev.migrationledger.agent.publish.PublishOptions;
import dev.migrationledger.agent.send.Sender.Outcome;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.spool.SpoolFailure;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.agent.tool.ScriptsSource;
import dev.migrationledger.agent.tool.SourceOptions;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.situation.ToolCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code scan}: exit code 0 if nothing is wrong, 1 if there are errors or warnings. */
@Command(name = "scan", description = "Reads the migration scripts and shows the history that they form. Runs no script.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:No problems.",
    "1:Problems found.",
    "2:Wrong usage.",
    "3:Could not tell, or the ledger has not acknowledged the scripts."}, footer = {
        "",
        "With --ledger, scan also publishes the scripts. Use it in pipelines and images, where no agent watches a database.",
        "After exit code 0 or 1 the ledger has acknowledged them."})
public final class ScanCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration patience;

    @Mixin
    private final ScriptsOptions scripts;

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final PublishOptions publish = new PublishOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    public ScanCommand() {
        this(new ScriptsOptions(), PATIENCE);
    }

    /** With another working directory than the process has. */
    ScanCommand(ScriptsOptions scripts) {
        this(scripts, PATIENCE);
    }

    /** @param patience how long the ledger may take */
    ScanCommand(ScriptsOptions scripts, Duration patience) {
        this.scripts = scripts;
        this.patience = patience;
    }

    @Override
    public Integer call() throws InterruptedException {
        ScriptsLocation location = scripts.location();
        MigrationTool tool = MigrationTools.of(location);
        ScriptsSource named = source.source();
        Optional<String> ledger = publish.ledger();
        History history = named.read(tool, location);
        ScanReport report = ScanReport.of(tool.name(), history, ToolCalls.here(tool.invocation(location)));
        output.print(spec.commandLine().getOut(), report, new ScanText(report, Paint.forTerminal())::lines);
        if (ledger.isPresent()) {
            publish(ledger.get(), tool, location, named, history);
        }
        boolean wrong = report.problems().stream().anyMatch(problem -> problem.severity() != Severity.INFO);
        return wrong ? ExitCode.FINDINGS : ExitCode.OK;
    }

    private void publish(
            String url, MigrationTool tool, ScriptsLocation location, ScriptsSource named, History history)
            throws InterruptedException {
        Clock clock = Clock.systemUTC();
        try (LedgerClient ledger = LedgerClient.at(url); Spool spool = publish.open(clock, System.getenv())) {
            if (new Publication(spool, clock, patience).publish(ledger, tool, location, named,
                    history) instanceof Outcome.Delayed delayed) {
                throw CommandFailure.unknown(
                        "%s The scan waits in the spool %s (%d events); the next scan with this spool sends it."
                                .formatted(
                                        delayed.reason(), spool.path(), spool.pending()));
            }
        } catch (SpoolFailure e) {
            throw CommandFailure.unknown(String.valueOf(e.getMessage()));
        }
    }
}
