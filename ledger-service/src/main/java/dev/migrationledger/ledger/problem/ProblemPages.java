package dev.migrationledger.ledger.problem;

import dev.migrationledger.contracts.problem.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Shows a refusal as a page, to people who asked for one. */
public interface ProblemPages {

    /** Writes the whole answer. */
    void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException;

    /** The same where the servlet container refused, and the ledger knows nothing of the request. */
    void write(HttpServletResponse response, Problem problem) throws IOException;

    /** Whether a browser shows the answer to a person. What the API answers is always for programs. */
    static boolean areFor(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        Object refused = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = refused == null ? request.getRequestURI() : refused.toString();
        return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE)
                && !path.startsWith("/api/") && !path.startsWith("/actuator/");
    }
}
