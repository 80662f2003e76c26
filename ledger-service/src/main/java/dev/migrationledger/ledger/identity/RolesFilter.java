package dev.migrationledger.ledger.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Looks up for each request of a session which roles its person has now: a role that was withdrawn opens nothing any more. */
final class RolesFilter extends OncePerRequestFilter {

    private final Identities identities;

    RolesFilter(Identities identities) {
        this.identities = identities;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Authorization.caller(SecurityContextHolder.getContext()
                .getAuthentication()) instanceof Caller.Person person) {
            SecurityContext now = SecurityContextHolder.createEmptyContext();
            now.setAuthentication(SecurityConfig.authenticated(identities.person(person.id())));
            SecurityContextHolder.setContext(now);
        }
        chain.doFilter(request, response);
    }
}
