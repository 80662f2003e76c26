package dev.migrationledger.agent.send.http;

import dev.migrationledger.agent.send.signed.SignInException;
import dev.migrationledger.contracts.gate.DeployProgress;
import dev.migrationledger.contracts.gate.GateAnswer;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.contracts.gate.LocalDecision;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.EventTruncation;
import dev.migrationledger.contracts.wire.WireException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ledger's gate, as an agent uses it. */
public final class GateClient {

    private final LedgerClient ledger;
    private final String path;

    /** The gate of one environment; the names are valid ones, which need no escape. */
    public GateClient(LedgerClient ledger, String project, String environment) {
        this.ledger = ledger;
        this.path = "/api/v1/projects/%s/environments/%s".formatted(project, environment);
    }

    /** What came of a question. */
    public sealed interface Response {

        record Answered(GateAnswer answer) implements Response {}

        /** The ledger wants everything that was observed. */
        record ObservationNeeded() implements Response {}

        /** No ledger answers; a later question may be answered. */
        record Unreachable(String reason) implements Response {}

        /** The ledger does not answer this question. */
        record Refused(String reason) implements Response {}
    }

    public Response ask(GateQuestion question) throws InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = ledger.post(path + "/gate", Purpose.GATE,
                    EventTruncation.fitted(ContractJson.write(question)), LedgerClient.MOST_BYTES);
            if (response.statusCode() == 200) {
                return new Response.Answered(ContractJson.read(response.body(), GateAnswer.class));
            }
        } catch (SignInException e) {
            return e.isRefused()
                    ? new Response.Refused(String.valueOf(e.getMessage()))
                    : new Response.Unreachable(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Response.Unreachable(ledger.answers().unreachable(e));
        } catch (WireException e) {
            return new Response.Unreachable("What answers at %s is not a ledger of this version: %s.".formatted(ledger,
                    e.getMessage()));
        }
        int status = response.statusCode();
        Optional<Problem> problem = LedgerAnswers.problem(response);
        if (isTemporary(status) || problem.isEmpty()) {
            return new Response.Unreachable("The ledger at %s answers %d%s".formatted(ledger, status,
                    problem.map(it -> ": " + it.detail()).orElse(".")));
        }
        return problem.get().code().equals(GateQuestion.OBSERVATION_NEEDED)
                ? new Response.ObservationNeeded()
                : new Response.Refused(problem.get().detail());
    }

    /**
     * Delivers what was decided without the ledger.
     *
     * @return why it does not take it; absent: it has it
     * @throws IOException if it does not answer; its message is a sentence
     */
    public @Nullable String deliver(LocalDecision decision) throws IOException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = ledger.post(path + "/deploys", Purpose.GATE, ContractJson.write(decision),
                    LedgerClient.MOST_BYTES_OF_RECEIPT);
        } catch (IOException e) {
            throw new IOException(ledger.answers().unreachable(e), e);
        }
        int status = response.statusCode();
        if (status == 204) {
            return null;
        }
        Optional<Problem> problem = LedgerAnswers.problem(response);
        if (isTemporary(status) || problem.isEmpty()) {
            throw new IOException("The ledger at %s answers %d.".formatted(ledger, status));
        }
        return problem.get().detail();
    }

    private static boolean isTemporary(int status) {
        return status >= 500 || status == 408 || status == 429;
    }

    /** Says how a deploy goes; whether the ledger took note of it. */
    public boolean report(DeployProgress progress) throws InterruptedException {
        try {
            return ledger.post(path + "/deploys/" + progress.deploy(), Purpose.GATE, ContractJson.write(progress),
                    LedgerClient.MOST_BYTES_OF_RECEIPT).statusCode() == 204;
        } catch (IOException e) {
            return false;
        }
    }
}
