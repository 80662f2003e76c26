package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.identity.Routes.Access;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Whether a caller has what a route asks for. */
record Authorization(Access access)
        implements
            AuthorizationManager<RequestAuthorizationContext> {

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        return new AuthorizationDecision(switch (access) {
            case Access.Everyone _ -> true;
            // For which project, its body says.
            case Access.Agents _ ->
                SignatureHeaders.of(context.getRequest()) != null || switch (caller(authentication.get())) {
                    case Caller.LocalAdministrator _ -> true;
                    case Caller.Person person -> person.role() == Role.AGENT;
                    case null -> false;
                };
            case Access.SignedIn _ -> caller(authentication.get()) != null;
            case Access.AtLeast(var role) -> {
                Caller caller = caller(authentication.get());
                yield caller != null && caller.may(role, context.getVariables().get("project"));
            }
        });
    }

    /** Absent: somebody who did not sign in. */
    static @Nullable Caller caller(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof Caller caller ? caller : null;
    }
}
