package dev.migrationledger.ledger.policy.baseline;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Asks to accept findings of an environment.
 *
 * @param findings that are open, each with the id of its acceptance
 */
public record AcceptFindings(
        String project, String environment, Map<UUID, Finding> findings, String reason, String owner, Instant until,
        Instant now, String by) implements Command {

    public AcceptFindings {
        findings = Map.copyOf(findings);
    }

    @Override
    public StreamId stream() {
        return new StreamId.Project(project);
    }
}
