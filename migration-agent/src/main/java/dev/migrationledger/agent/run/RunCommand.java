package dev.migrationledger.agent.run;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.EnvironmentOptions;
import dev.migrationledger.agent.cli.ErrorLines;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.agent.cli.TypedNames;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.gate.DeployGate;
import dev.migrationledger.agent.gate.DeployReport;
import dev.migrationledger.agent.gate.DeployText;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.agent.tool.SourceOptions;
import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.event.RunClaim;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run -- COMMAND}: a migration command with a record of who started it. */
@Command(name = "run", description = "Runs a migration command and records who started it.", mixinStandardHelpOptions = true, exitCodeList = {
    "N:The command's own exit code.",
    "2:Wrong usage; the command was not started.",
    "126:The command cannot be started.",
    "127:The command does not exist.",
    "1 or 3:With --gate, if the deploy is blocked, or it could not be decided; the command was not started."}, footer = {
        "",
        "Sets PGAPPNAME (unless already set) so the ledger can match the command's database sessions to this run.",
        "Without --ledger, run starts the command and records nothing.",
        "",
        "Example:",
        "  migration-agent run --ledger http://ledger:8080 --project navbot \\",
        "      --environment production -- alembic upgrade head"})
public final class RunCommand implements Callable<Integer> {

    private static final String IMAGE = "MIGRATION_LEDGER_IMAGE";
    private static final String NAME = "PGAPPNAME";

    @Mixin
    private final EnvironmentOptions target = new EnvironmentOptions();

    @Option(names = "--image", paramLabel = "NAME", description = "Container image that the command runs in (default: $"
            + IMAGE + ").")
    private @Nullable String image;

    @Option(names = "--ai", paramLabel = "NAME", description = "AI agent that runs the command (default: read from variables such as CLAUDECODE and AI_AGENT).")
    private @Nullable String ai;

    @Option(names = "--spool", paramLabel = "DIR", description = "Folder for events that are not delivered yet (default: ~/.migration-ledger/run/PROJECT/ENVIRONMENT).")
    private @Nullable Path spool;

    @Option(names = "--gate", description = "Asks the ledger first whether the deploy may run, and lets no other one run meanwhile.")
    private boolean gate;

    @Mixin
    private final ScriptsOptions scripts = new ScriptsOptions();

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments, after --.")
    private List<String> command = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> variables = System.getenv();
        UUID run = EventIds.next(Instant.now(), new SecureRandom());
        if (!gate) {
            return runWithoutGate(run, variables);
        }
        String url = required("--ledger URL", target.ledger());
        String project = TypedNames.check("project", required("--project NAME", target.project()));
        String environment = TypedNames.check("environment", required("--environment NAME", target.environment()));
        ScriptsLocation location = scripts.location();
        MigrationTool tool = MigrationTools.of(location);
        DatabaseTarget configured = tool.database(location);
        DatabaseUrl address = database.url(configured);
        try (DatabaseObserver observer = address.observer(database.versionTable(configured), SchemaScope.ALL);
                LedgerClient ledger = LedgerClient.at(url)) {
            GatedDeploy.Answer answer = GatedDeploy.ask(
                    new GatedDeploy.Target(project + "/" + environment, address, observer, tool, location,
                            source.source()),
                    DeployGate.of(ledger, project, environment, tool, location, variables, Clock.systemUTC(),
                            this::log),
                    run, Clock.systemUTC(), this::log);
            DeployReport report = answer.report();
            try (GatedDeploy deploy = answer.deploy()) {
                if (deploy == null) {
                    PrintWriter err = spec.commandLine().getErr();
                    new DeployText(report, false, Paint.forTerminal(), Screen.of(spec)).lines().forEach(err::println);
                    log("the command was not started.");
                    return report.decision().exitCode();
                }
                log("%s (deploy %s)".formatted(report.summary(), report.deploy()));
                try (Recording recording = recording(run, ledger, project, environment, variables)) {
                    return run(recording, run, variables, deploy);
                }
            }
        }
    }

    private int run(
            Recording recording, UUID run, Map<String, String> variables, @Nullable GatedDeploy deploy)
            throws InterruptedException {
        Child child = new Child(command, variables.containsKey(NAME)
                ? Map.of()
                : Map.of(NAME, RunClaim.applicationName(run)));
        recording.started(Claims.of(command, image == null ? variables.get(IMAGE) : image, ai, variables));
        Child.End end = child.run();
        end.problem().ifPresent(this::log);
        if (deploy != null) {
            deploy.ended(end.exitCode(), recording.spool());
        }
        recording.ended(end.exitCode());
        return end.exitCode();
    }

    private int runWithoutGate(UUID run, Map<String, String> variables) throws InterruptedException {
        if (target.ledger() == null && target.project() == null && target.environment() == null) {
            log("without --ledger, this run is not recorded.");
            return run(Recording.none(), run, variables, null);
        }
        String url = required("--ledger URL", target.ledger());
        String project = TypedNames.check("project", required("--project NAME", target.project()));
        String environment = TypedNames.check("environment", required("--environment NAME", target.environment()));
        try (LedgerClient ledger = LedgerClient.at(url);
                Recording recording = recording(run, ledger, project, environment, variables)) {
            return run(recording, run, variables, null);
        }
    }

    private Recording recording(
            UUID run, LedgerClient ledger, String project, String environment, Map<String, String> variables) {
        return Recording.of(run, ledger, RunSpools.of(project, environment, spool, variables), Clock.systemUTC(),
                this::log);
    }

    private String required(String option, @Nullable String value) {
        if (value == null) {
            throw CommandFailure.usage(
                    "run also needs %s, or none of --ledger, --project and --environment. Nothing was started."
                            .formatted(option));
        }
        return value;
    }

    private void log(String words) {
        ErrorLines.print(spec.commandLine().getErr(), words);
    }
}
