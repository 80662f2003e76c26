package dev.migrationledger.ledger.identity.agents;

import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked of the organisation about agents. The event's id and the time come with it. */
public sealed interface AgentsCommand extends Command {

    UUID eventId();

    Instant now();

    @Override
    default StreamId stream() {
        return new StreamId.Organisation();
    }

    /** An administrator wants a code for an agent. */
    record IssueCode(
            UUID eventId, Instant now, UUID code, String digest, String project, String environment, Instant until,
            String by, @Nullable String comment) implements AgentsCommand {}

    /**
     * An agent shows a code.
     *
     * @param digest of the code, as in {@link Agents.Code}
     */
    record Enrol(UUID eventId, Instant now, UUID code, String digest, String key, String publicKey, String name)
            implements
                AgentsCommand {}

    /** An administrator wants nothing more from a key. */
    record RevokeKey(UUID eventId, Instant now, String key, String by, String reason) implements AgentsCommand {}

    /** A holder of a key showed a state that another one has replaced. */
    record SuspendKey(UUID eventId, Instant now, String key, long shown, long noted) implements AgentsCommand {}

    /** An administrator decided that a suspended key is good. */
    record ReinstateKey(UUID eventId, Instant now, String key, String by) implements AgentsCommand {}
}
