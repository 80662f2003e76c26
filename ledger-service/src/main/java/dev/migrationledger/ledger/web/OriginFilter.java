package dev.migrationledger.ledger.web;

import dev.migrationledger.ledger.problem.ProblemWriter;
import dev.migrationledger.ledger.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A page of another site gets nothing from the ledger and changes nothing in it. Browsers name the site that a page is from with everything
 * that changes something ({@code Origin}), and with everything that a page asks for in passing ({@code Sec-Fetch-Site}). Following a link to the ledger is
 * allowed. Programs send neither.
 */
final class OriginFilter extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final ProblemWriter problems;

    OriginFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !isOwn(origin, request.getHeader(HttpHeaders.HOST))) {
            refuse(request, response, origin);
        } else if ("cross-site".equals(request.getHeader("Sec-Fetch-Site")) && !isLink(request)) {
            refuse(request, response, "another site");
        } else {
            next.doFilter(request, response);
        }
    }

    private static boolean isLink(HttpServletRequest request) {
        return READING.contains(request.getMethod()) && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    }

    /** {@code https://host:port}, where the request is for {@code host:port}. */
    private static boolean isOwn(String origin, @Nullable String host) {
        int authority = origin.indexOf("://");
        return authority > 0 && host != null
                && origin.substring(authority + 3).toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String origin) throws IOException {
        problems.write(request, response, Refusal.problem(
                HttpStatus.FORBIDDEN,
                "other-site",
                "The request comes from a page of %s. Only the ledger's own pages may use it from a browser."
                        .formatted(origin.length() > 200 ? "another site" : origin),
                HttpHeaders.ORIGIN));
    }
}
