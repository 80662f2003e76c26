package dev.migrationledger.ledger.policy;

import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks to apply a policy.
 *
 * @param text of a file without mistakes
 * @param replaces the version that has to count before; absent: any
 */
record ApplyPolicy(
        String project, UUID eventId, Instant now, String by, String text, @Nullable Integer replaces)
        implements
            Command {

    @Override
    public StreamId stream() {
        return new StreamId.Project(project);
    }
}
