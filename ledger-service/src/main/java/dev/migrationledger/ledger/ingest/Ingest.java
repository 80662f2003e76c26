package dev.migrationledger.ledger.ingest;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordEvents;
import dev.migrationledger.ledger.environment.RecordResult;
import dev.migrationledger.ledger.environment.RecordResult.Recorded;
import dev.migrationledger.ledger.environment.RecordResult.SequenceAhead;
import dev.migrationledger.ledger.environment.RecordResult.SequenceConflict;
import dev.migrationledger.ledger.ingest.IngestResult.Accepted;
import dev.migrationledger.ledger.ingest.IngestResult.Kind;
import dev.migrationledger.ledger.ingest.IngestResult.Rejection;
import dev.migrationledger.ledger.recording.RecordingConflict;
import dev.migrationledger.ledger.recording.StreamBusy;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Records batches of events, however they came. */
public final class Ingest {

    private static final Logger log = LoggerFactory.getLogger(Ingest.class);

    private final EnvironmentCommands environmentCommands;
    private final Clock clock;
    private final RandomGenerator random;

    Ingest(EnvironmentCommands environmentCommands, Clock clock, RandomGenerator random) {
        this.environmentCommands = environmentCommands;
        this.clock = clock;
        this.random = random;
    }

    /** Records all of a batch or nothing. Events that are recorded already count as duplicates. */
    public IngestResult record(EventBatch batch) {
        Optional<Rejection> invalid = BatchRules.firstProblem(batch);
        return invalid.isPresent() ? invalid.get() : decide(batch);
    }

    private IngestResult decide(EventBatch batch) {
        Instant now = clock.instant();
        AgentEnvelope first = batch.events().getFirst();
        try {
            Decision<RecordResult> decision = environmentCommands
                    .record(new RecordEvents(batch.events(), now, EventIds.next(now, random), batch.sentAt()));
            return switch (decision.result()) {
                case Recorded(Receipt receipt) -> {
                    log(first, receipt, decision.events().isEmpty() ? Level.DEBUG : Level.INFO);
                    yield new Accepted(receipt);
                }
                case SequenceAhead ahead -> rejection(ahead);
                case SequenceConflict conflict -> rejection(conflict);
            };
        } catch (StreamBusy e) {
            return retryLater(e.getMessage() + "; try again.");
        } catch (RecordingConflict e) {
            log.atDebug().setCause(e).log("other ledgers recorded first");
            return retryLater("Another ledger is recording events of %s/%s at the same time; try again."
                    .formatted(first.project(), first.environment()));
        }
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
