package dev.migrationledger.agent.send;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.send.LedgerTransport.HeartbeatResult;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.envelope.HeartbeatAnswer;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import java.util.Optional;

/**
 * What the answers to events and heartbeats mean, however they come.
 *
 * @param ledger its name in sentences
 * @param noLedger what to check if the answer is not one of a ledger
 */
public record LedgerReplies(String ledger, String noLedger) {

    /** Of what a ledger says, so much is repeated. */
    private static final int LONGEST_DETAIL = 500;

    /** Of an answer to a batch. */
    public LedgerResponse receipt(Reply reply) {
        int status = reply.status();
        Optional<Problem> problem = problem(reply.body());
        if (status == 200 || status == 201 || status == 202) {
            try {
                return new LedgerResponse.Received(ContractJson.read(reply.body(), Receipt.class));
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
                            "The ledger at %s answers %d%s".formatted(ledger, status,
                                    problem.map(it -> ": " + it.detail()).orElse(".")),
                            reply.retryAfter())
                    : problem.<LedgerResponse>map(it -> new LedgerResponse.RetryLater(
                            "The ledger at %s answers %d: %s".formatted(ledger, status, it.detail()),
                            reply.retryAfter()))
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
                        "The ledger at %s refuses a batch: %s".formatted(ledger, problem.detail()), null);
    }

    public LedgerResponse.RetryLater notALedger(int status) {
        return new LedgerResponse.RetryLater(
                "The server at %s (status %d) is not a ledger; check %s.".formatted(ledger, status, noLedger), null);
    }

    /** Of an answer to a heartbeat. */
    public static HeartbeatResult heartbeat(Reply reply) {
        try {
            return switch (reply.status()) {
                case 200 ->
                    new HeartbeatResult(true, ContractJson.read(reply.body(), HeartbeatAnswer.class).lastSequence());
                case 204 -> new HeartbeatResult(true, null); // an older ledger
                case 404 ->
                    problem(reply.body()).filter(it -> it.code().equals(Heartbeat.UNKNOWN_ENVIRONMENT))
                            .map(_ -> new HeartbeatResult(false, 0L))
                            .orElse(HeartbeatResult.LOST);
                default -> HeartbeatResult.LOST;
            };
        } catch (WireException e) {
            return HeartbeatResult.LOST;
        }
    }

    /** The problem that an answer is, if it is one. Its words are fit for terminals and logs. */
    public static Optional<Problem> problem(byte[] body) {
        try {
            Problem problem = ContractJson.read(body, Problem.class);
            return Optional.of(new Problem(problem.type(), problem.title(), problem.status(), plain(problem.detail()),
                    problem.code(), problem.field(), problem.expected()));
        } catch (WireException e) {
            return Optional.empty();
        }
    }

    public static String plain(String words) {
        return Paint.plain(words.length() <= LONGEST_DETAIL ? words : words.substring(0, LONGEST_DETAIL) + "…");
    }
}
