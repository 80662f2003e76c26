package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.ingest.Ingest;
import dev.migrationledger.ledger.ingest.IngestResult;
import dev.migrationledger.ledger.ingest.IngestResult.Rejection;
import dev.migrationledger.ledger.ingest.http.IngestRefusals;
import dev.migrationledger.ledger.ingest.kafka.ParkedRecords.Parked;
import dev.migrationledger.ledger.ingest.kafka.ParkedRecords.Place;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
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
    Outcome redrive(Place place) {
        int recorded = 0;
        for (Parked one : parked.of(place)) {
            Problem problem = refused(one);
            if (problem != null) {
                parked.refused(one.id(), problem);
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

    private @Nullable Problem refused(Parked one) {
        try {
            EventBatch batch = RequestFields.readLarge(one.body(), EventBatch.class);
            IngestResult result = ingest.recordChecked(batch, one.body(), one.signature());
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
