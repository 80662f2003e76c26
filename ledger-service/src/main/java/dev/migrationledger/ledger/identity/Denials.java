package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.GrantedRole;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.identity.Routes.Access;
import dev.migrationledger.ledger.identity.people.Roles;
import dev.migrationledger.ledger.problem.ProblemWriter;
import dev.migrationledger.ledger.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** What callers are told who may not do what they ask for. */
final class Denials implements AuthenticationEntryPoint, AccessDeniedHandler {

    /** So many roles of a caller are named. */
    private static final int SHOWN = 3;

    private final ProblemWriter problems;

    Denials(ProblemWriter problems) {
        this.problems = problems;
    }

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
        problems.write(request, response, Refusal.problem(HttpStatus.UNAUTHORIZED, "not-signed-in",
                authorization == null
                        ? "This ledger asks for sign-in. Set MIGRATION_LEDGER_TOKEN for an agent; other programs send a bearer token, and people open /sign-in."
                        : wrong(authorization),
                HttpHeaders.AUTHORIZATION));
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException e) throws IOException {
        Caller caller = Authorization.caller(SecurityContextHolder.getContext().getAuthentication());
        if (isPage(request) && caller instanceof Caller.Person person && person.roles().equals(Roles.NONE)) {
            // The page says who they are and whom to ask.
            response.sendRedirect(request.getContextPath() + "/sign-in");
            return;
        }
        problems.write(request, response, e instanceof CsrfException
                ? Refusal.problem(HttpStatus.FORBIDDEN, "form-outdated",
                        "The form is outdated or comes from another site. Open the page again, and send the form from there.",
                        null)
                : Refusal.problem(HttpStatus.FORBIDDEN, "role-missing",
                        "%s needs %s. Ask an administrator for it.".formatted(
                                who(caller),
                                e instanceof AuthorizationDeniedException denied
                                        && denied.getAuthorizationResult() instanceof Authorization.Outcome outcome
                                                ? needed(outcome)
                                                : "another role"),
                        null));
    }

    private static String wrong(String authorization) {
        return authorization.contains(TrustedPipelines.TOKEN)
                ? "The session of the pipeline has ended or is not known, or the pipeline is not trusted any more. Sign in again at /api/v1/pipeline-sessions."
                : "The access token is unknown, revoked or expired. Make a new one at /api/v1/access-tokens.";
    }

    private static String who(@Nullable Caller caller) {
        return switch (caller) {
            case Caller.Person person -> "'%s' (%s)".formatted(person.id(), roles(person.roles().list()));
            case Caller.Pipeline pipeline -> "The pipeline '%s'".formatted(pipeline.run().name());
            case Caller.LocalAdministrator local -> "'%s'".formatted(local.getName());
            case null -> "The caller";
        };
    }

    private static String roles(List<GrantedRole> roles) {
        return roles.isEmpty()
                ? "no role"
                : ListText.and(roles.stream()
                        .map(one -> one.project() == null
                                ? word(one.role())
                                : word(one.role()) + " of " + one.project())
                        .toList(), SHOWN);
    }

    private static String needed(Authorization.Outcome outcome) {
        return switch (outcome.access()) {
            case Access.AtLeast(Role role) when outcome.project() == null ->
                "the role %s in all projects".formatted(word(role));
            case Access.AtLeast(Role role) -> "the role %s in the project '%s'".formatted(word(role),
                    Redaction.of(String.valueOf(outcome.project())));
            case Access.AtLeastSomewhere(Role role) -> "the role %s in a project".formatted(word(role));
            case Access.Agents _ -> "the key of an agent, or an access token with the role agent";
            case Access.Deployers _ -> "the key of an agent, or any role in the project '%s'".formatted(
                    Redaction.of(String.valueOf(outcome.project())));
            case Access.Readers _ -> "any role in the project '%s'".formatted(
                    Redaction.of(String.valueOf(outcome.project())));
            case Access.SignedIn _ -> "the sign-in of a person";
            case Access.Everyone _ -> "another role";
        };
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return HttpMethod.GET.matches(request.getMethod()) && accept != null
                && accept.contains(MediaType.TEXT_HTML_VALUE);
    }
}
