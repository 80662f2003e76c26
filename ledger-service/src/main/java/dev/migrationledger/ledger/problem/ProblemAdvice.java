package dev.migrationledger.ledger.problem;

import dev.migrationledger.contracts.envelope.InvalidName;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.recording.view.OtherViewForms;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import org.springframework.web.util.UriUtils;

/** The one place where exceptions become answers. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ObjectProvider<ProblemPages> pages;

    ProblemAdvice(ObjectProvider<ProblemPages> pages) {
        this.pages = pages;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> refused(Refusal refusal, ServletWebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        Duration retryAfter = refusal.retryAfter();
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
        }
        return answer(refusal.problem(), headers, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> invalidName(InvalidName e, ServletWebRequest request) {
        return refused(Refusal.invalid("name", String.valueOf(e.getMessage())), request);
    }

    /** Tomcat reads parameters when they are first asked for, and refuses those with a lone percent sign or bytes that are no text. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unreadableParameter(InvalidParameterException e, ServletWebRequest request) {
        return refused(new Refusal(Refusal.problem(HttpStatus.BAD_REQUEST, "invalid-parameter",
                "A parameter of the address cannot be read. Write '%25' for a percent sign, and other characters in UTF-8.",
                null)), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> takenOver(OtherViewForms e, ServletWebRequest request) {
        log.atWarn().log("{}", e.getMessage());
        return refused(Refusal.unavailable(String.valueOf(e.getMessage()), Duration.ofSeconds(5), e), request);
    }

    /** What nobody foresaw: the log has all of it, the answer nothing of it. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unforeseen(Exception e, ServletWebRequest request) {
        if (DatabaseUnavailable.causes(e)) {
            log.atWarn().addKeyValue("reason", DatabaseUnavailable.reason(e)).log("{}", DatabaseUnavailable.words(e));
            return refused(Refusal.unavailable(
                    DatabaseUnavailable.words(e) + "; acknowledged events are safe. Try again.",
                    Duration.ofSeconds(5),
                    e), request);
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            log.debug("The client is gone.", e);
            return null;
        }
        log.error("A request failed.", e);
        return answer(internal(), new HttpHeaders(), request);
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
        ServletWebRequest asked = (ServletWebRequest) request;
        HttpStatus status = HttpStatus.valueOf(code.value());
        if (status.is5xxServerError()) {
            return unforeseen(e, asked);
        }
        return answer(Refusal.problem(status, code(status), detail(e, status, asked.getRequest()), field(e)), headers,
                asked);
    }

    /** Where Spring's words speak of its own inner life, others. */
    private static String detail(Exception e, HttpStatus status, HttpServletRequest request) {
        boolean page = ProblemPages.areFor(request);
        if (e instanceof NoResourceFoundException missing) {
            return "Nothing exists at /%s%s".formatted(decoded(missing.getResourcePath()).replaceFirst("^/+", ""), page
                    ? ". Check the address, or start at the overview."
                    : "; /api/v1/openapi lists all addresses.");
        }
        if (e instanceof HttpRequestMethodNotSupportedException unsupported && page) {
            return "%s does not take %s. Go back, and use the form or the link of the page before.".formatted(
                    decoded(request.getRequestURI()), unsupported.getMethod());
        }
        if (e instanceof HttpMediaTypeNotSupportedException unsupported && unsupported.getContentType() == null) {
            return "The request has no Content-Type; use application/json.";
        }
        if (e instanceof MethodArgumentTypeMismatchException mismatch) {
            return "'%s' is not a valid %s; use %s.".formatted(mismatch.getValue(), mismatch.getName(),
                    required(mismatch.getRequiredType()));
        }
        String detail = e instanceof ErrorResponse response ? response.getBody().getDetail() : null;
        return detail == null ? status.getReasonPhrase() : detail;
    }

    private static String required(@Nullable Class<?> type) {
        return type == boolean.class
                ? "true or false"
                : type == UUID.class ? "the id that the page or the answer before has" : "a whole number";
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

    /** Absent where the answer is written already: as a page, or as a part of another one that cannot be taken back. */
    private @Nullable ResponseEntity<Object> answer(Problem problem, HttpHeaders headers, ServletWebRequest request) {
        HttpServletResponse response = Objects.requireNonNull(request.getResponse());
        if (response.isCommitted()) {
            return null;
        }
        if (ProblemPages.areFor(request.getRequest())) {
            headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            try {
                pages.getObject().write(request.getRequest(), response, problem);
            } catch (IOException e) {
                log.debug("The client is gone.", e);
            }
            return null;
        }
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
