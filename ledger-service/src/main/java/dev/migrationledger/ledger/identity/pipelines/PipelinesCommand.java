package dev.migrationledger.ledger.identity.pipelines;

import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.UUID;

/** What an administrator asks of the organisation about pipelines. The event's id and the time come with it. */
public sealed interface PipelinesCommand extends Command {

    UUID eventId();

    Instant now();

    @Override
    default StreamId stream() {
        return new StreamId.Organisation();
    }

    /** A pipeline shall act for environments. */
    record TrustPipeline(
            UUID eventId, Instant now, UUID pipeline, String issuer, PipelineMatch match, String project,
            String environment, String by) implements PipelinesCommand {}

    /** It shall not any more. */
    record WithdrawTrust(UUID eventId, Instant now, UUID pipeline, String by) implements PipelinesCommand {}
}
