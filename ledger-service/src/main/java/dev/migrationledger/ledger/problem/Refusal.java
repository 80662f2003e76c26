package dev.migrationledger.ledger.problem;

import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.WireException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request is refused; the answer is the problem it carries. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    public Refusal(Problem problem) {
        this(problem, null, null);
    }

    private Refusal(Problem problem, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        // No stack trace: a refusal is an answer, and nobody looks for where it came from.
        super(problem.detail(), cause, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** What was asked for does not exist. */
    public static Refusal notFound(String detail) {
        return new Refusal(problem(HttpStatus.NOT_FOUND, "not-found", detail, null));
    }

    /** A parameter or a field has a value that it cannot have. */
    public static Refusal invalid(String field, String detail) {
        return new Refusal(problem(HttpStatus.UNPROCESSABLE_CONTENT, "invalid-field", detail, field));
    }

    /** What was asked for contradicts what is so already. */
    public static Refusal conflict(String code, String detail) {
        return new Refusal(problem(HttpStatus.CONFLICT, code, detail, null));
    }

    /** The ledger cannot answer now; the same request may succeed later. */
    public static Refusal unavailable(String detail, Duration retryAfter, @Nullable Throwable cause) {
        return new Refusal(
                problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", detail, null), retryAfter, cause);
    }

    /** A body is not what the contracts say. */
    public static Refusal of(WireException e) {
        String detail = String.valueOf(e.getMessage());
        return new Refusal(
                switch (e.kind()) {
                    case MALFORMED -> problem(HttpStatus.BAD_REQUEST, "malformed", detail, null);
                    case INVALID_FIELD ->
                        problem(HttpStatus.UNPROCESSABLE_CONTENT, "invalid-field", detail, e.field());
                    case UNKNOWN_EVENT_TYPE ->
                        problem(HttpStatus.UNPROCESSABLE_CONTENT, "unknown-event-type", detail, e.field());
                    case OUT_OF_BOUNDS ->
                        problem(HttpStatus.UNPROCESSABLE_CONTENT, "out-of-bounds", detail, e.field());
                });
    }

    /**
     * A problem of no type of its own: its title is the status in words.
     *
     * @param code for programs
     * @param detail what is wrong with the actual value and what to do next
     * @param field the JSON path or the parameter that is wrong; null where it is not one value
     */
    public static Problem problem(HttpStatus status, String code, String detail, @Nullable String field) {
        return new Problem(
                "about:blank", status.getReasonPhrase(), status.value(), detail, code, field, null);
    }

    public Problem problem() {
        return problem;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
