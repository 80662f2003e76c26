package dev.migrationledger.ledger.identity.pipelines;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.IdentityEvent.AboutPipelines;
import dev.migrationledger.contracts.event.IdentityEvent.PipelineTrustWithdrawn;
import dev.migrationledger.contracts.event.IdentityEvent.PipelineTrusted;
import dev.migrationledger.ledger.identity.pipelines.PipelinesCommand.TrustPipeline;
import dev.migrationledger.ledger.identity.pipelines.PipelinesCommand.WithdrawTrust;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.util.List;

/** What may be recorded about pipelines. Pure. */
public final class PipelinesDecisions {

    /** That are trusted at once. */
    public static final int MOST_PIPELINES = 1_000;

    private PipelinesDecisions() {}

    public static Decision<PipelinesResult> decide(Pipelines pipelines, PipelinesCommand command) {
        return switch (command) {
            case TrustPipeline it when isTrusted(pipelines, it) -> refused(PipelinesResult.UNCHANGED);
            case TrustPipeline it -> pipelines.trusted().size() >= MOST_PIPELINES
                    ? refused(PipelinesResult.TOO_MANY)
                    : recorded(it, new PipelineTrusted(it.pipeline(), it.issuer(), it.match(), it.project(),
                            it.environment(), it.by()));
            case WithdrawTrust it -> pipelines.trusted().containsKey(it.pipeline())
                    ? recorded(it, new PipelineTrustWithdrawn(it.pipeline(), it.by()))
                    : refused(PipelinesResult.UNKNOWN);
        };
    }

    private static boolean isTrusted(Pipelines pipelines, TrustPipeline command) {
        return pipelines.trusted().values().stream().anyMatch(one -> one.issuer().equals(command.issuer())
                && one.match().equals(command.match()) && one.project().equals(command.project())
                && one.environment().equals(command.environment()));
    }

    private static Decision<PipelinesResult> refused(PipelinesResult why) {
        return new Decision<>(why, List.of());
    }

    private static Decision<PipelinesResult> recorded(PipelinesCommand command, AboutPipelines event) {
        return new Decision<>(PipelinesResult.DONE, List.of(new RecordedEvent(command.eventId(), null, null, null,
                Occurrence.exactly(command.now()), command.now(), event)));
    }
}
