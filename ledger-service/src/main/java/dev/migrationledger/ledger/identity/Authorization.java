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

    /** What was decided, and what the route asks for. */
    static final class Outcome extends AuthorizationDecision {

        private static final long serialVersionUID = 1L;

        private final transient Access access;
        private final @Nullable String project;

        private Outcome(boolean granted, Access access, @Nullable String project) {
            super(granted);
            this.access = access;
            this.project = project;
        }

        Access access() {
            return access;
        }

        /** Absent: the address names none. */
        @Nullable
        String project() {
            return project;
        }
    }

    @Override
    public Outcome authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        String project = context.getVariables().get("project");
        boolean granted = switch (access) {
            case Access.Everyone _ -> true;
            // For which project, its body says.
            case Access.Agents _ ->
                AgentProof.of(context.getRequest()) != null || switch (caller(authentication.get())) {
                    case Caller.LocalAdministrator _ -> true;
                    case Caller.Person person -> person.roles().includeSomewhere(Role.AGENT);
                    case Caller.Pipeline _ -> true;
                    case null -> false;
                };
            // What is signed is checked with what is asked.
            case Access.Deployers _ -> {
                Caller caller = caller(authentication.get());
                yield AgentProof.of(context.getRequest()) != null || (caller != null
                        && (caller.may(Role.AGENT, project) || caller.may(Role.VIEWER, project)));
            }
            case Access.Readers _ -> {
                Caller caller = caller(authentication.get());
                yield caller != null && (caller.may(Role.AGENT, project) || caller.may(Role.VIEWER, project));
            }
            case Access.SignedIn _ -> switch (caller(authentication.get())) {
                case Caller.LocalAdministrator _,Caller.Person _ -> true;
                case Caller.Pipeline _ -> false;
                case null -> false;
            };
            case Access.AtLeast(var role) -> {
                Caller caller = caller(authentication.get());
                yield caller != null && caller.may(role, project);
            }
            case Access.AtLeastSomewhere(var role) -> {
                Caller caller = caller(authentication.get());
                yield caller != null && caller.roles().includeSomewhere(role);
            }
        };
        return new Outcome(granted, access, project);
    }

    /** Absent: somebody who did not sign in. */
    static @Nullable Caller caller(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof Caller caller ? caller : null;
    }
}
