package dev.migrationledger.ledger.policy.baseline;

import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;

/**
 * Asks to record which acceptances ended by time.
 *
 * @param chance where new ids come from: the same command makes the same ids
 */
public record ExpireAcceptances(String project, Instant now, long chance) implements Command {

    @Override
    public StreamId stream() {
        return new StreamId.Project(project);
    }
}
