package dev.migrationledger.contracts.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a migration command says about itself.
 *
 * @param command with its arguments; what looks like a secret is replaced
 * @param user of the operating system
 * @param host where it runs
 * @param commit of the Git repository that it runs in
 * @param image of the container that it runs in
 * @param ci what the CI system says in its variables, such as {@code GITHUB_RUN_ID}; never a secret
 * @param ai the AI agent that runs it, such as {@code claude-code}; absent: it does not say
 */
public record RunClaim(
        List<String> command,
        @Nullable String user,
        @Nullable String host,
        @Nullable String commit,
        @Nullable String image,
        Map<String, String> ci,
        @Nullable String ai) {
    public RunClaim {
        command = List.copyOf(command);
        ci = Map.copyOf(ci);
    }

    public RunClaim(
            List<String> command, @Nullable String user, @Nullable String host, @Nullable String commit,
            @Nullable String image, Map<String, String> ci) {
        this(command, user, host, commit, image, ci, null);
    }

    private static final String APPLICATION = "migration-ledger:run:";

    /** What a run's database sessions call themselves. PostgreSQL keeps 63 bytes of it, and this has 57. */
    public static String applicationName(UUID run) {
        return APPLICATION + run;
    }

    /** The run whose session calls itself so; nothing where it is no run's. */
    public static Optional<UUID> runOf(@Nullable String applicationName) {
        if (applicationName == null || !applicationName.startsWith(APPLICATION)) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(applicationName.substring(APPLICATION.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
