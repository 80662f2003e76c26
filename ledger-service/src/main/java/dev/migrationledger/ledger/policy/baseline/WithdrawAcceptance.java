package dev.migrationledger.ledger.policy.baseline;

import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.UUID;

/** Asks to take an acceptance back. */
public record WithdrawAcceptance(String project, UUID acceptance, UUID eventId, Instant now, String by)
        implements
            Command {

    @Override
    public StreamId stream() {
        return new StreamId.Project(project);
    }
}
