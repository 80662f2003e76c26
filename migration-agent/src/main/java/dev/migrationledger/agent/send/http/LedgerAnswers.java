package dev.migrationledger.agent.send.http;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.send.LedgerReplies;
import dev.migrationledger.agent.send.LedgerResponse;
import dev.migrationledger.agent.send.Reply;
import dev.migrationledger.agent.send.signed.SignInException;
import dev.migrationledger.contracts.problem.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of a server over HTTP mean.
 *
 * @param base address of the ledger
 * @param patience how long an exchange may take
 */
record LedgerAnswers(URI base, Duration patience) {

    private static final Pattern LOST = Pattern.compile(
            "received no bytes|EOF reached|connection reset|broken pipe|connection closed", Pattern.CASE_INSENSITIVE);

    LedgerReplies replies() {
        return new LedgerReplies(base.toString(), "--ledger and any proxy in between");
    }

    static Reply reply(HttpResponse<byte[]> response) {
        return new Reply(response.statusCode(), response.body(), retryAfter(response));
    }

    LedgerResponse.RetryLater notALedger(int status) {
        return replies().notALedger(status);
    }

    /** Why a question was not answered, or a change not made. */
    CommandFailure failure(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String words = problem(response).map(Problem::detail).orElse(null);
        if (words == null) {
            return CommandFailure.unknown(notALedger(status).reason());
        }
        return status == 400 || status == 404 || status == 409 || status == 422
                ? CommandFailure.usage(words)
                : CommandFailure.unknown("The ledger at %s answers %d: %s".formatted(base, status, words));
    }

    String unreachable(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "The host name of the ledger at %s cannot be resolved; check --ledger.".formatted(base);
            }
        }
        return switch (e) {
            case SignInException signIn -> String.valueOf(signIn.getMessage());
            case HttpTimeoutException _ ->
                "The ledger at %s did not answer within %d s.".formatted(base, patience.toSeconds());
            case ConnectException _ ->
                "No ledger answers at %s; check that it is running, and check --ledger.".formatted(base);
            // Java has many words for an end without an answer, and none says what to do.
            default -> LOST.matcher(String.valueOf(e.getMessage())).find()
                    ? "The connection to the ledger at %s broke before its answer. Check that it runs, and try again."
                            .formatted(base)
                    : "The connection to the ledger at %s broke: %s.".formatted(base,
                            Paint.plain(String.valueOf(e.getMessage())));
        };
    }

    static Optional<Problem> problem(HttpResponse<byte[]> response) {
        return LedgerReplies.problem(response.body());
    }

    private static @Nullable Duration retryAfter(HttpResponse<byte[]> response) {
        String value = response.headers().firstValue("Retry-After").orElse("");
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            return value.isEmpty()
                    ? null
                    : Duration.between(
                            Instant.now(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
