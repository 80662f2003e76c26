package dev.migrationledger.ledger.ingest;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.identity.PipelineRun;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordEvents;
import dev.migrationledger.ledger.environment.RecordEvents.Proof;
import dev.migrationledger.ledger.environment.RecordResult;
import dev.migrationledger.ledger.environment.RecordResult.Recorded;
import dev.migrationledger.ledger.environment.RecordResult.SequenceAhead;
import dev.migrationledger.ledger.environment.RecordResult.SequenceConflict;
import dev.migrationledger.ledger.identity.AgentKeys.Check.Refused;
import dev.migrationledger.ledger.identity.AgentKeys.Check.Trusted;
import dev.migrationledger.ledger.ingest.IngestResult.Accepted;
import dev.migrationledger.ledger.ingest.IngestResult.Kind;
import dev.migrationledger.ledger.ingest.IngestResult.Rejection;
import dev.migrationledger.ledger.recording.RecordingConflict;
import dev.migrationledger.ledger.recording.StreamBusy;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.dao.DataAccessException;

/** Records batches of events, however they came. */
public final class Ingest {

    private static final Logger log = LoggerFactory.getLogger(Ingest.class);

    private final EnvironmentCommands environmentCommands;
    private final SignedBatches signedBatches;
    private final Clock clock;
    private final RandomGenerator random;

    Ingest(EnvironmentCommands environmentCommands, SignedBatches signedBatches, Clock clock, RandomGenerator random) {
        this.environmentCommands = environmentCommands;
        this.signedBatches = signedBatches;
        this.clock = clock;
        this.random = random;
    }

    /** Records all of a batch or nothing. Events that are recorded already count as duplicates. */
    public IngestResult record(EventBatch batch) {
        return record(batch, null);
    }

    /**
     * Likewise, from a pipeline. What its issuer proved is recorded with each run that starts in the batch.
     *
     * @param pipeline absent: nothing is proved
     */
    public IngestResult record(EventBatch batch, @Nullable PipelineRun pipeline) {
        Optional<Rejection> invalid = BatchRules.firstProblem(batch);
        return invalid.isPresent() ? invalid.get() : decide(batch, pipeline);
    }

    /** Likewise, if the batch is signed by a key that may send it. The proof is kept with its events. */
    public IngestResult record(SignedBatch signed) {
        Optional<Rejection> invalid = BatchRules.firstProblem(signed.batch());
        if (invalid.isPresent()) {
            return invalid.get();
        }
        return switch (signedBatches.check(signed)) {
            case Refused refused -> SignedBatches.rejection(refused);
            case Trusted _ -> keep(signed);
        };
    }

    /** Likewise; its signature and the state of the key were checked when it came. */
    public IngestResult recordChecked(SignedBatch signed) {
        Optional<Rejection> invalid = BatchRules.firstProblem(signed.batch());
        return invalid.isPresent() ? invalid.get() : keep(signed);
    }

    private IngestResult keep(SignedBatch signed) {
        IngestResult result = decide(signed.batch(), null);
        if (result instanceof Accepted) {
            signedBatches.keep(List.of(signed), clock.instant());
        }
        return result;
    }

    /**
     * Records several batches in one transaction, as if each was recorded alone, in this order.
     *
     * @return an answer for each batch; or absent, if something prevents that they are recorded together: then none is recorded
     */
    public Optional<List<IngestResult>> recordAll(List<SignedBatch> batches) {
        if (batches.stream().anyMatch(it -> BatchRules.firstProblem(it.batch()).isPresent()
                || !(signedBatches.check(it) instanceof Trusted))) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        try {
            List<Decision<RecordResult>> decisions = environmentCommands.recordAll(batches.stream()
                    .map(it -> command(it.batch(), null, now)).toList());
            List<IngestResult> results = new ArrayList<>();
            List<SignedBatch> recorded = new ArrayList<>();
            for (int i = 0; i < batches.size(); i++) {
                IngestResult result = result(batches.get(i).batch(), decisions.get(i));
                results.add(result);
                if (result instanceof Accepted) {
                    recorded.add(batches.get(i));
                }
            }
            signedBatches.keep(recorded, now);
            return Optional.of(results);
        } catch (StreamBusy | RecordingConflict | DataAccessException e) {
            log.atDebug().setCause(e).log("not recorded together");
            return Optional.empty();
        }
    }

    private IngestResult decide(EventBatch batch, @Nullable PipelineRun pipeline) {
        Instant now = clock.instant();
        AgentEnvelope first = batch.events().getFirst();
        try {
            return result(batch, environmentCommands.record(command(batch, pipeline, now)));
        } catch (StreamBusy e) {
            return retryLater(e.getMessage() + "; try again.");
        } catch (RecordingConflict e) {
            log.atDebug().setCause(e).log("other ledgers recorded first");
            return retryLater("Another ledger is recording events of %s/%s at the same time; try again."
                    .formatted(first.project(), first.environment()));
        }
    }

    private RecordEvents command(EventBatch batch, @Nullable PipelineRun pipeline, Instant now) {
        return new RecordEvents(batch.events(), now, EventIds.next(now, random), batch.sentAt(),
                pipeline == null ? null : proof(batch, pipeline, now));
    }

    private static IngestResult result(EventBatch batch, Decision<RecordResult> decision) {
        return switch (decision.result()) {
            case Recorded(Receipt receipt) -> {
                log(batch.events().getFirst(), receipt, decision.events().isEmpty() ? Level.DEBUG : Level.INFO);
                yield new Accepted(receipt);
            }
            case SequenceAhead ahead -> rejection(ahead);
            case SequenceConflict conflict -> rejection(conflict);
        };
    }

    private Proof proof(EventBatch batch, PipelineRun pipeline, Instant now) {
        return new Proof(pipeline, batch.events().stream().filter(it -> it.event() instanceof RunStarted)
                .map(_ -> EventIds.next(now, random)).toList());
    }

    private static void log(AgentEnvelope first, Receipt receipt, Level level) {
        log.atLevel(level)
                .addKeyValue("project", first.project())
                .addKeyValue("environment", first.environment())
                .addKeyValue("agent", first.agent())
                .addKeyValue("events", receipt.recorded())
                .addKeyValue("duplicates", receipt.duplicates())
                .addKeyValue("lastSequence", receipt.lastSequence())
                .log("recorded events");
    }

    private static Rejection retryLater(String detail) {
        return new Rejection(Kind.RETRY_LATER, "unavailable", detail, null);
    }

    private static Rejection rejection(SequenceAhead ahead) {
        return new Rejection(Kind.OUT_OF_SEQUENCE, "sequence-ahead",
                "The batch of agent '%s' (epoch %s) begins with sequence %d, but %d comes next; send events from %d on."
                        .formatted(ahead.agent(), ahead.epoch(), ahead.sequence(), ahead.expected(), ahead.expected()),
                "events[0].sequence", ahead.expected());
    }

    private static Rejection rejection(SequenceConflict conflict) {
        return new Rejection(Kind.OUT_OF_SEQUENCE, "sequence-conflict",
                ("Sequence %d of agent '%s' (epoch %s) is event %s in the ledger and event %s in the batch. Two agents use copies of"
                        + " one spool; give one of them a new spool.")
                        .formatted(conflict.sequence(), conflict.agent(), conflict.epoch(), conflict.known(),
                                conflict.received()),
                null);
    }
}
