package dev.migrationledger.ledger.problem;

import dev.migrationledger.contracts.envelope.InvalidName;
import dev.migrationledger.contracts.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.UriUtils;

/** The one place where exceptions become answers. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> refused(Refusal refusal) {
        HttpHeaders headers = new HttpHeaders();
        Duration retryAfter = refusal.retryAfter();
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
        }
        return answer(refusal.problem(), headers);
    }

    @ExceptionHandler
    ResponseEntity<Object> invalidName(InvalidName e) {
        return refused(Refusal.invalid("name", String.valueOf(e.getMessage())));
    }

    /** What nobody foresaw: the log has all of it, the answer nothing of it. */
    @ExceptionHandler
    ResponseEntity<Object> unforeseen(Exception e) {
        if (DatabaseUnavailable.causes(e)) {
            log.atWarn().addKeyValue("reason", DatabaseUnavailable.reason(e)).log("{}", DatabaseUnavailable.words(e));
            return refused(Refusal.unavailable(
                    DatabaseUnavailable.words(e) + "; acknowledged events are safe. Try again.",
                    Duration.ofSeconds(5),
                    e));
        }
        log.error("A request failed.", e);
        return answer(internal(), new HttpHeaders());
    }

    static Problem internal() {
        return Refusal.problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal",
                "The ledger failed to answer; its log says why. Acknowledged events are safe.",
                null);
    }

    /** Spring's own refusals: no such address, wrong method, wrong media type … */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode code, WebRequest request) {
        HttpStatus status = HttpStatus.valueOf(code.value());
        if (status.is5xxServerError()) {
            return unforeseen(e);
        }
        return answer(Refusal.problem(status, code(status), detail(e, status), field(e)), headers);
    }

    /** Where Spring's words speak of its own inner life, others. */
    private static String detail(Exception e, HttpStatus status) {
        if (e instanceof NoResourceFoundException missing) {
            return "Nothing exists at /%s; /api/v1/openapi lists all addresses.".formatted(
                    decoded(missing.getResourcePath()).replaceFirst("^/+", ""));
        }
        if (e instanceof HttpMediaTypeNotSupportedException unsupported && unsupported.getContentType() == null) {
            return "The request has no Content-Type; use application/json.";
        }
        if (e instanceof MethodArgumentTypeMismatchException mismatch) {
            return "'%s' is not a valid %s; use %s.".formatted(mismatch.getValue(), mismatch.getName(),
                    mismatch.getRequiredType() == boolean.class ? "true or false" : "a whole number");
        }
        String detail = e instanceof ErrorResponse response ? response.getBody().getDetail() : null;
        return detail == null ? status.getReasonPhrase() : detail;
    }

    /** As it was typed: what is encoded does not look like the secret that it may be. */
    private static String decoded(String path) {
        try {
            return UriUtils.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return path;
        }
    }

    /** {@code method-not-allowed} for 405, and so on. */
    static String code(HttpStatus status) {
        return status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static @Nullable String field(Exception e) {
        return switch (e) {
            case MethodArgumentTypeMismatchException mismatch -> mismatch.getName();
            case MissingServletRequestParameterException missing -> missing.getParameterName();
            default -> null;
        };
    }

    private static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
