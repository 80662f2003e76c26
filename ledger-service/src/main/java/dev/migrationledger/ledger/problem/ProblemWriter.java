package dev.migrationledger.ledger.problem;

import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.wire.ContractJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Writes refusals where Spring MVC was not reached: for people as a page, for programs as a problem. */
@Component
public final class ProblemWriter {

    private final ObjectProvider<ProblemPages> pages;

    /** @param pages made when the first one is needed: filters begin before what pages need */
    ProblemWriter(ObjectProvider<ProblemPages> pages) {
        this.pages = pages;
    }

    /** The whole answer to a request that a filter refuses. */
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (ProblemPages.areFor(request)) {
            pages.getObject().write(request, response, redacted(problem));
        } else {
            json(response, problem);
        }
    }

    /** The whole answer to a request that the servlet container refuses. */
    public void writeOutside(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        if (ProblemPages.areFor(request)) {
            pages.getObject().write(response, redacted(problem));
        } else {
            json(response, problem);
        }
    }

    private static void json(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(ContractJson.write(redacted(problem)));
    }

    private static Problem redacted(Problem problem) {
        return new Problem(problem.type(), problem.title(), problem.status(), Redaction.of(problem.detail()),
                problem.code(), problem.field(), problem.expected());
    }

    /** A problem of which nothing is known but the status. */
    public static Problem ofStatus(int number) {
        HttpStatus status = Objects.requireNonNullElse(HttpStatus.resolve(number), HttpStatus.INTERNAL_SERVER_ERROR);
        return status.is5xxServerError()
                ? ProblemAdvice.internal()
                : Refusal.problem(status, ProblemAdvice.code(status), status.getReasonPhrase(), null);
    }
}
