package dev.migrationledger.ledger.problem;

import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.wire.ContractJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Problems where Spring MVC was not reached. */
public final class ProblemWriter {

    private ProblemWriter() {}

    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream()
                .write(ContractJson.write(new Problem(problem.type(), problem.title(), problem.status(),
                        Redaction.of(problem.detail()), problem.code(), problem.field(), problem.expected())));
    }

    /** A problem of which nothing is known but the status. */
    public static Problem ofStatus(int number) {
        HttpStatus status = Objects.requireNonNullElse(HttpStatus.resolve(number), HttpStatus.INTERNAL_SERVER_ERROR);
        return status.is5xxServerError()
                ? ProblemAdvice.internal()
                : Refusal.problem(status, ProblemAdvice.code(status), status.getReasonPhrase(), null);
    }
}
