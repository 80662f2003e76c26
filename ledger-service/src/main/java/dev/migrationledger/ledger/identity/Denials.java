package dev.migrationledger.ledger.identity;

import dev.migrationledger.ledger.problem.ProblemWriter;
import dev.migrationledger.ledger.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** What callers are told who may not do what they ask for. */
final class Denials implements AuthenticationEntryPoint, AccessDeniedHandler {

    /** Nobody signed in, or what they showed opens nothing. */
    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e) throws IOException {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null && isPage(request)) {
            response.sendRedirect(request.getContextPath() + "/sign-in");
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        ProblemWriter.write(response, Refusal.problem(HttpStatus.UNAUTHORIZED, "not-signed-in",
                authorization == null
                        ? "This ledger asks for sign-in. Set MIGRATION_LEDGER_TOKEN for an agent; other programs send a bearer token, and people open /sign-in."
                        : "The access token is unknown, revoked or expired. Make a new one at /api/v1/access-tokens.",
                HttpHeaders.AUTHORIZATION));
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException e) throws IOException {
        Caller caller = Authorization.caller(SecurityContextHolder.getContext().getAuthentication());
        ProblemWriter.write(response, e instanceof CsrfException
                ? Refusal.problem(HttpStatus.FORBIDDEN, "form-outdated",
                        "The form is outdated or comes from another site. Open the page again, and send the form from there.",
                        null)
                : Refusal.problem(HttpStatus.FORBIDDEN, "role-missing",
                        "%s may not use this address. Ask an administrator of this ledger for a role that may."
                                .formatted(caller instanceof Caller.Person person
                                        ? "'%s' (%s%s)".formatted(person.id(),
                                                person.role().name().toLowerCase(Locale.ROOT),
                                                person.project() == null ? "" : " of " + person.project())
                                        : "The caller"),
                        null));
    }

    private static boolean isPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return HttpMethod.GET.matches(request.getMethod()) && accept != null
                && accept.contains(MediaType.TEXT_HTML_VALUE);
    }
}
