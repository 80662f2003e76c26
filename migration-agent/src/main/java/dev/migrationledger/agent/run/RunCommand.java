package dev.migrationledger.agent.run;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.InvalidName;
import dev.migrationledger.contracts.envelope.PlainNames;
import dev.migrationledger.contracts.event.RunClaim;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run -- COMMAND}: a migration command with a record of who started it. */
@Command(name = "run", description = "Runs a migration command and records who started it.", mixinStandardHelpOptions = true, footer = {
    "",
    "The command's database sessions call themselves after the run (PGAPPNAME, unless it is set), so that the ledger can put the claim beside what was witnessed. Without --ledger the command runs and nothing is recorded.",
    "",
    "Example: migration-agent run --ledger http://ledger:8080 --project navbot --environment production -- alembic upgrade head",
    "",
    "Exit codes: the command's own; 127 there is no such command, 126 it cannot be started, 2 wrong usage and nothing was started."})
public final class RunCommand implements Callable<Integer> {

    private static final String IMAGE = "MIGRATION_LEDGER_IMAGE";
    private static final String NAME = "PGAPPNAME";

    @Option(names = "--ledger", paramLabel = "URL", description = "The ledger, as http://host:port.")
    private @Nullable String ledger;

    @Option(names = "--project", paramLabel = "NAME", description = "The project that the migrations belong to.")
    private @Nullable String project;

    @Option(names = "--environment", paramLabel = "NAME", description = "The environment that the database is.")
    private @Nullable String environment;

    @Option(names = "--image", paramLabel = "NAME", description = "The container image that the command runs in (default: $"
            + IMAGE + ").")
    private @Nullable String image;

    @Option(names = "--spool", paramLabel = "DIR", description = "Folder for what is not sent yet (default: ~/.migration-ledger/run/PROJECT/ENVIRONMENT).")
    private @Nullable Path spool;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments, after --.")
    private List<String> command = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> variables = System.getenv();
        UUID run = EventIds.next(Instant.now(), new SecureRandom());
        Recording recording = recording(run, variables);
        try (recording) {
            Child child = new Child(command, variables.containsKey(NAME)
                    ? Map.of()
                    : Map.of(NAME, RunClaim.applicationName(run)));
            recording.started(Claims.of(command, image == null ? variables.get(IMAGE) : image, variables));
            Child.End end = child.run();
            end.complaint().ifPresent(this::log);
            recording.ended(end.exitCode());
            return end.exitCode();
        }
    }

    private Recording recording(UUID run, Map<String, String> variables) {
        if (ledger == null && project == null && environment == null) {
            log("no --ledger is named, so nothing is recorded about this run.");
            return Recording.none();
        }
        String url = required("--ledger URL", ledger);
        try {
            String named = PlainNames.check("project", required("--project NAME", project));
            String place = PlainNames.check("environment", required("--environment NAME", environment));
            return Recording.of(run, url, RunSpools.of(named, place, spool, variables), Clock.systemUTC(), this::log);
        } catch (InvalidName e) {
            throw CommandFailure.usage(e.getMessage() + ".");
        }
    }

    private String required(String option, @Nullable String value) {
        if (value == null) {
            throw CommandFailure.usage(
                    "run needs %s as well, or none of --ledger, --project and --environment; nothing was started."
                            .formatted(option));
        }
        return value;
    }

    private void log(String words) {
        spec.commandLine().getErr().println("migration-agent: " + words);
        spec.commandLine().getErr().flush();
    }
}
