package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.identity.AgentProof;
import dev.migrationledger.ledger.ingest.Ingest;
import dev.migrationledger.ledger.ingest.IngestResult;
import dev.migrationledger.ledger.ingest.IngestResult.Rejection;
import dev.migrationledger.ledger.ingest.SignedBatch;
import dev.migrationledger.ledger.ingest.http.IngestRefusals;
import dev.migrationledger.ledger.ingest.kafka.ParkedRecords.Parked;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.recording.stream.StreamId.Environment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what is parked, in order. A ledger that was upgraded may accept what an older one refused. */
final class ParkedSequences {

    private static final Logger log = LoggerFactory.getLogger(ParkedSequences.class);

    private final ParkedRecords parked;
    private final Ingest ingest;

    ParkedSequences(ParkedRecords parked, Ingest ingest) {
        this.parked = parked;
        this.ingest = ingest;
    }

    /**
     * What came of an attempt.
     *
     * @param recorded how many batches are recorded now
     * @param problem why the next one is still refused; absent: none is left
     */
    record Outcome(int recorded, @Nullable Problem problem) {}

    /** @throws Refusal with status 503 if nothing can be recorded now */
    Outcome redrive(Environment place) {
        int recorded = 0;
        // One at a time: together they may have more bytes than there is memory.
        for (Parked one = first(place); one != null; one = first(place)) {
            Problem problem = refused(one);
            if (problem != null) {
                parked.refused(one.id(), KafkaRequests.storable(problem));
                return new Outcome(recorded, problem);
            }
            parked.remove(one.id());
            recorded++;
        }
        if (recorded > 0) {
            log.atInfo().addKeyValue("environment", place).addKeyValue("batches", recorded)
                    .log("recorded what was parked");
        }
        return new Outcome(recorded, null);
    }

    private @Nullable Parked first(Environment place) {
        return parked.first(place).orElse(null);
    }

    private @Nullable Problem refused(Parked one) {
        try {
            EventBatch batch = RequestFields.readLarge(one.body(), EventBatch.class);
            IngestResult result = ingest.recordChecked(
                    SignedBatch.of(batch, one.body(), new AgentProof(one.signature(), "")));
            return result instanceof Rejection rejection ? problem(rejection) : null;
        } catch (Refusal e) {
            if (e.retryAfter() != null) {
                throw e;
            }
            return e.problem();
        }
    }

    private static Problem problem(Rejection rejection) {
        Refusal refusal = IngestRefusals.of(rejection);
        if (refusal.retryAfter() != null) {
            throw refusal;
        }
        return refusal.problem();
    }
}
