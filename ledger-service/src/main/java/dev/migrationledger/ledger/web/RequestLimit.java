package dev.migrationledger.ledger.web;

import dev.migrationledger.ledger.problem.ProblemWriter;
import dev.migrationledger.ledger.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * So many requests at once, and a few that wait a moment: while the database hangs, the others are refused at once, agents back off, and
 * threads are left that answer for the ledger's health.
 */
final class RequestLimit extends OncePerRequestFilter {

    private final int most;
    private final Semaphore working;
    private final Semaphore waiting;
    private final ProblemWriter problems;

    /**
     * @param most requests at once
     * @param threads that serve requests, all together
     */
    RequestLimit(int most, int threads, ProblemWriter problems) {
        this.most = most;
        this.working = new Semaphore(most);
        this.waiting = new Semaphore(Math.max(0, (threads - most) * 3 / 4));
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        if (!begins()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "2");
            problems.write(request, response, Refusal.problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "busy",
                    "The ledger is busy with %d requests; try again.".formatted(most),
                    null));
            return;
        }
        try {
            next.doFilter(request, response);
        } finally {
            working.release();
        }
    }

    private boolean begins() throws IOException {
        if (working.tryAcquire()) {
            return true;
        }
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            return working.tryAcquire(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.release();
        }
    }
}
