package dev.migrationledger.ledger.identity;

import dev.migrationledger.ledger.identity.Routes.Access;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Whether a caller has what a route asks for. */
record Authorization(Access access, IdentitySettings settings)
        implements
            AuthorizationManager<RequestAuthorizationContext> {

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        return new AuthorizationDecision(switch (access) {
            case Access.Everyone _ -> true;
            case Access.Agents _ -> !settings.required();
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
