package dev.migrationledger.agent.publish;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.EnvironmentOptions;
import dev.migrationledger.agent.cli.TypedNames;
import dev.migrationledger.agent.spool.Spool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where to publish scripts, and for which environment: use as a picocli mixin. */
public final class PublishOptions {

    @Mixin
    private final EnvironmentOptions target = new EnvironmentOptions();

    @Option(names = "--spool", paramLabel = "DIR", description = "With --ledger: folder for events that are not delivered yet (default: ~/.migration-ledger/scan/PROJECT/ENVIRONMENT).")
    private @Nullable Path spool;

    @Option(names = "--agent", paramLabel = "NAME", description = "With --ledger: name of this agent (default: a name that the spool keeps). Give a name if each run starts with an empty spool.")
    private @Nullable String agent;

    /** The ledger's address; empty where nothing is published. Fails with wrong usage if other options are given without it. */
    public Optional<String> ledger() {
        String ledger = target.ledger();
        if (ledger == null
                && (target.project() != null || target.environment() != null || spool != null || agent != null)) {
            throw CommandFailure.usage(
                    "--project, --environment, --spool and --agent need --ledger URL; add it.");
        }
        return Optional.ofNullable(ledger);
    }

    /** The project of a branch or pull request; fails with wrong usage if it is missing, or if options of an environment are given. */
    public String branchProject(String source) {
        if (target.environment() != null || spool != null || agent != null) {
            throw CommandFailure.usage(
                    "No environment runs %s yet: leave --environment, --spool and --agent out, or give --source the name of what is deployed."
                            .formatted(source));
        }
        return target.requiredProject();
    }

    /** Opens the spool; fails with wrong usage if names are missing or cannot be names. */
    public Spool open(Clock clock, Map<String, String> variables) {
        String project = target.requiredProject();
        String environment = target.requiredEnvironment();
        Path folder = Spool.folder(spool, "scan", project, environment, variables);
        return Spool.open(folder, project, environment, name(folder), clock);
    }

    private @Nullable String name(Path folder) {
        if (agent != null) {
            return TypedNames.check("agent", agent);
        }
        return Files.exists(folder.resolve("spool.db")) ? null : "scan-%08x".formatted(new SecureRandom().nextInt());
    }
}
