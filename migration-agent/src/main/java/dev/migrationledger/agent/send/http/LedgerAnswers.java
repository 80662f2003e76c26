package dev.migrationledger.agent.send.http;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.send.LedgerResponse;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
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
 * What the answers of a server mean: receipts, failures and their sentences.
 *
 * @param base address of the ledger
 * @param patience how long an exchange may take
 */
record LedgerAnswers(URI base, Duration patience) {

    private static final Pattern LOST = Pattern.compile(
            "received no bytes|EOF reached|connection reset|broken pipe|connection closed", Pattern.CASE_INSENSITIVE);

    /** Of what a ledger says, so much is repeated. */
    private static final int LONGEST_DETAIL = 500;

    /** Of an answer to a batch. */
    LedgerResponse receipt(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        Optional<Problem> problem = problem(response);
        if (status == 200 || status == 201 || status == 202) {
            try {
                return new LedgerResponse.Received(ContractJson.read(response.body(), Receipt.class));
            } catch (WireException e) {
                return notALedger(status);
            }
        }
        return switch (status) {
            case 409 ->
                problem.map(this::outOfSequence).orElseGet(() -> notALedger(status));
            // A proxy before the ledger refuses what is too large in words of its own.
            case 413 -> new LedgerResponse.Refused(problem.map(Problem::detail).orElse("It is too large."));
            case 400, 422 ->
                problem.<LedgerResponse>map(it -> new LedgerResponse.Refused(it.detail()))
                        .orElseGet(() -> notALedger(status));
            default -> status >= 500 || status == 408 || status == 429
                    ? new LedgerResponse.RetryLater(
                            "The ledger at %s answers %d%s".formatted(base, status,
                                    problem.map(it -> ": " + it.detail()).orElse(".")),
                            retryAfter(response))
                    : problem.<LedgerResponse>map(it -> new LedgerResponse.RetryLater(
                            "The ledger at %s answers %d: %s".formatted(base, status, it.detail()),
                            retryAfter(response)))
                            .orElseGet(() -> notALedger(status));
        };
    }

    private LedgerResponse outOfSequence(Problem problem) {
        Long expected = problem.expected();
        if (problem.code().equals("sequence-ahead") && expected != null) {
            return new LedgerResponse.SequenceAhead(expected, problem.detail());
        }
        return problem.code().equals("sequence-conflict")
                ? new LedgerResponse.SequenceConflict(problem.detail())
                : new LedgerResponse.RetryLater(
                        "The ledger at %s refuses a batch: %s".formatted(base, problem.detail()), null);
    }

    LedgerResponse.RetryLater notALedger(int status) {
        return new LedgerResponse.RetryLater(
                "The server at %s (status %d) is not a ledger; check --ledger and any proxy in between.".formatted(
                        base, status),
                null);
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
        try {
            return Optional.of(plain(ContractJson.read(response.body(), Problem.class)));
        } catch (WireException e) {
            return Optional.empty();
        }
    }

    /** Its words go to terminals and logs. */
    private static Problem plain(Problem problem) {
        return new Problem(problem.type(), problem.title(), problem.status(), plain(problem.detail()), problem.code(),
                problem.field(), problem.expected());
    }

    static String plain(String words) {
        return Paint.plain(words.length() <= LONGEST_DETAIL ? words : words.substring(0, LONGEST_DETAIL) + "…");
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
