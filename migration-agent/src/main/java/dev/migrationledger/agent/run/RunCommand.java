package dev.migrationledger.agent.run;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.EnvironmentOptions;
import dev.migrationledger.agent.cli.TypedNames;
import dev.migrationledger.contracts.envelope.EventIds;
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
    "127:The command does not exist."}, footer = {
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

    @Option(names = "--spool", paramLabel = "DIR", description = "Folder for events that are not delivered yet (default: ~/.migration-ledger/run/PROJECT/ENVIRONMENT).")
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
            end.problem().ifPresent(this::log);
            recording.ended(end.exitCode());
            return end.exitCode();
        }
    }

    private Recording recording(UUID run, Map<String, String> variables) {
        if (target.ledger() == null && target.project() == null && target.environment() == null) {
            log("without --ledger, this run is not recorded.");
            return Recording.none();
        }
        String url = required("--ledger URL", target.ledger());
        String named = TypedNames.check("project", required("--project NAME", target.project()));
        String place = TypedNames.check("environment", required("--environment NAME", target.environment()));
        return Recording.of(run, url, RunSpools.of(named, place, spool, variables), Clock.systemUTC(), this::log);
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
        spec.commandLine().getErr().println("migration-agent: " + words);
        spec.commandLine().getErr().flush();
    }
}
