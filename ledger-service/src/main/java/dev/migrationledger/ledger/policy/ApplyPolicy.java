package dev.migrationledger.ledger.policy;

import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody wants a policy to count.
 *
 * @param text of a file without mistakes
 */
record ApplyPolicy(String project, UUID eventId, Instant now, String by, String text) implements Command {

    @Override
    public StreamId stream() {
        return new StreamId.Project(project);
    }
}
