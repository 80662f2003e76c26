package dev.migrationledger.ledger.ingest.http;

import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.ingest.IngestResult.Rejection;
import dev.migrationledger.ledger.problem.Refusal;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** Answers of HTTP to batches that are not recorded. */
public final class IngestRefusals {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private IngestRefusals() {}

    public static Refusal of(Rejection rejection) {
        return switch (rejection.kind()) {
            case INVALID -> refusal(HttpStatus.UNPROCESSABLE_CONTENT, rejection);
            case TOO_LARGE -> refusal(HttpStatus.CONTENT_TOO_LARGE, rejection);
            case OUT_OF_SEQUENCE -> refusal(HttpStatus.CONFLICT, rejection);
            case UNTRUSTED -> refusal(HttpStatus.FORBIDDEN, rejection);
            case RETRY_LATER -> Refusal.unavailable(rejection.detail(), RETRY_AFTER, null);
        };
    }

    private static Refusal refusal(HttpStatus status, Rejection rejection) {
        return new Refusal(new Problem("about:blank", status.getReasonPhrase(), status.value(), rejection.detail(),
                rejection.code(), rejection.field(), rejection.expected()));
    }
}
