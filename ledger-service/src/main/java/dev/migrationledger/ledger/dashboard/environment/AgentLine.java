package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.contracts.environment.EnvironmentReport.WatchingAgent;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent that reported something about an environment.
 *
 * @param state in a word
 * @param tone {@code good}, {@code bad} or {@code quiet}
 * @param about how it watches, and its version
 * @param clock how far its clock is off; empty: it is not, or that is not known
 * @param key that signs what it sends, in words
 */
record AgentLine(
        String name, String state, String tone, String about, PageTime heard, String clock, String key,
        boolean keyIsBad) {

    /** A clock that is off by less does no harm. */
    private static final long SECONDS_OFF = 5;

    private static final int KEY_SHOWN = 12;

    /**
     * Those that watch come first, then those that are silent, then those that stopped.
     *
     * @param watching those that have not reported that they stopped
     * @param keys by agent
     */
    static List<AgentLine> of(
            List<WatchingAgent> agents, Set<String> watching, Map<String, AgentKey> keys, int most, Instant now) {
        return agents.stream()
                .sorted(Comparator.comparing((WatchingAgent it) -> !it.watching())
                        .thenComparing(it -> !watching.contains(it.agent()))
                        .thenComparing(it -> Objects.requireNonNullElse(it.heardAt(), Instant.MIN),
                                Comparator.reverseOrder()))
                .limit(most)
                .map(it -> of(it, watching.contains(it.agent()), keys.get(it.agent()), now))
                .toList();
    }

    private static AgentLine of(WatchingAgent agent, boolean watches, @Nullable AgentKey key, Instant now) {
        return new AgentLine(agent.agent(),
                agent.watching() ? "watching" : watches ? "silent" : "stopped",
                agent.watching() ? "good" : watches ? "bad" : "quiet",
                Redaction.of(about(agent)), PageTime.of(agent.heardAt(), now), clock(agent.clockAhead()),
                key(key), key != null && key.status() != AgentKey.Status.ACTIVE);
    }

    private static String about(WatchingAgent agent) {
        String mode = agent.mode() == null
                ? ""
                : switch (agent.mode()) {
                    case "watch" -> "watches all the time";
                    case "observe" -> "observed once";
                    default -> agent.mode();
                };
        String version = agent.version() == null ? "" : "version " + agent.version();
        return mode.isEmpty() || version.isEmpty() ? mode + version : mode + ", " + version;
    }

    private static String clock(@Nullable Long ahead) {
        return ahead == null || Math.abs(ahead) < SECONDS_OFF
                ? ""
                : "clock %s %s".formatted(Count.of(Math.abs(ahead), "second"),
                        ahead > 0 ? "ahead" : "behind");
    }

    private static String key(@Nullable AgentKey key) {
        return key == null
                ? ""
                : "key %s (%s)%s".formatted(Redaction.of(key.name()),
                        key.key().substring(0, Math.min(KEY_SHOWN, key.key().length())),
                        key.status() == AgentKey.Status.ACTIVE
                                ? ""
                                : ", " + key.status().name().toLowerCase(Locale.ROOT));
    }
}
