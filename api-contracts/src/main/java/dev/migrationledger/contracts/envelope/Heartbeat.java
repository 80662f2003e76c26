package dev.migrationledger.contracts.envelope;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An agent's word that it still watches, also where it has nothing to tell. No event: it is kept until the next one and no
 * longer. What is not a {@link PlainNames name} is refused with {@link InvalidName}.
 *
 * @param epoch of its spool; absent with older agents
 * @param acknowledged the last sequence of this epoch that the ledger has acknowledged, 0 before the first; absent with older agents
 * @param pendingSeconds how long the oldest event has waited to be acknowledged; absent: none waits
 */
public record Heartbeat(
        String project,
        String environment,
        String agent,
        @Nullable UUID epoch,
        @Nullable Long acknowledged,
        @Nullable Long pendingSeconds) {

    /** The problem code with which a ledger answers that has recorded nothing about the environment. */
    public static final String UNKNOWN_ENVIRONMENT = "unknown-environment";

    public Heartbeat {
        PlainNames.check("project", project);
        PlainNames.check("environment", environment);
        PlainNames.check("agent", agent);
    }
}
