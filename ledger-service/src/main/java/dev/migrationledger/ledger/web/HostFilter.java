package dev.migrationledger.ledger.web;

import dev.migrationledger.ledger.problem.ProblemWriter;
import dev.migrationledger.ledger.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers only to the ledger's own names. A request that names no host comes from no browser. */
final class HostFilter extends OncePerRequestFilter {

    private final HostNames names;
    private final ProblemWriter problems;

    HostFilter(HostNames names, ProblemWriter problems) {
        this.names = names;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        String host = request.getServerName();
        if (request.getHeader(HttpHeaders.HOST) == null || names.serves(host, request.getLocalAddr())) {
            next.doFilter(request, response);
        } else {
            problems.write(request, response, Refusal.problem(
                    HttpStatus.MISDIRECTED_REQUEST,
                    "host-not-served",
                    "The ledger does not accept the host name '%s'; to allow it, add it to the setting ledger.hosts."
                            .formatted(host),
                    "Host"));
        }
    }
}
