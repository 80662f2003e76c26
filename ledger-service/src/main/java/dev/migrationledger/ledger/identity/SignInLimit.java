package dev.migrationledger.ledger.identity;

import dev.migrationledger.ledger.identity.issuers.SignInProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets no one begin or end a sign-in with an issuer from an address where too many failed: neither the ledger nor the issuer is asked. */
final class SignInLimit extends OncePerRequestFilter {

    private final FailedAttempts failedAttempts;

    SignInLimit(FailedAttempts failedAttempts) {
        this.failedAttempts = failedAttempts;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return !path.startsWith("/login/oauth2/") && !path.startsWith("/oauth2/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (failedAttempts.tooMany(request.getRemoteAddr())) {
            response.sendRedirect("%s/sign-in?problem=%s".formatted(request.getContextPath(),
                    SignInProblem.TOO_MANY_ATTEMPTS.code()));
        } else {
            chain.doFilter(request, response);
        }
    }
}
