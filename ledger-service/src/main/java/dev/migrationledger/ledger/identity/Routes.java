package dev.migrationledger.ledger.identity;

import static dev.migrationledger.contracts.identity.Role.ADMINISTRATOR;
import static dev.migrationledger.contracts.identity.Role.APPROVER;
import static dev.migrationledger.contracts.identity.Role.VIEWER;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.migrationledger.contracts.identity.Role;
import java.util.List;
import org.springframework.http.HttpMethod;

/** Who may ask for what: every address of the ledger. What has no line here is for administrators alone. */
final class Routes {

    /** Who may ask for something. */
    sealed interface Access {
        /** Whoever reaches the ledger. */
        record Everyone() implements Access {}

        /** Pipelines, and tokens of agents, where sign-in is asked for; and what agents signed, which is checked with what they send. */
        record Agents() implements Access {}

        /** Agents, and whoever has any role in the project that the address names. */
        record Deployers() implements Access {}

        /** Pipelines and programs that may act in the project that the address names, and people with any role in it. */
        record Readers() implements Access {}

        /** People and their tokens, with at least this role in the project that the address names; in all projects where it names none. */
        record AtLeast(Role role) implements Access {}

        /** Likewise, with this role in some project at least: the answer has only what the caller may read. */
        record AtLeastSomewhere(Role role) implements Access {}

        /** People who signed in, with any role or none. */
        record SignedIn() implements Access {}
    }

    /**
     * An address.
     *
     * @param path as Spring writes patterns; {@code {project}} names the project
     */
    record Route(HttpMethod method, String path, Access access) {
        /** Whoever may read may also ask whether there is anything to read. */
        List<HttpMethod> methods() {
            return method.equals(GET) ? List.of(GET, HEAD) : List.of(method);
        }
    }

    private static final Access EVERYONE = new Access.Everyone();
    private static final Access AGENTS = new Access.Agents();
    private static final Access DEPLOYERS = new Access.Deployers();
    private static final Access SIGNED_IN = new Access.SignedIn();

    static final List<Route> ALL = List.of(
            new Route(GET, "/ledger.css", EVERYONE),
            new Route(GET, "/ledger.js", EVERYONE),
            new Route(GET, "/error", EVERYONE),
            new Route(GET, "/actuator/health/**", EVERYONE),
            new Route(GET, "/actuator/**", new Access.AtLeast(VIEWER)),
            new Route(GET, "/api/v1/openapi/**", EVERYONE),
            new Route(GET, "/api/v1/openapi.yaml", EVERYONE),

            new Route(GET, "/api/v1/public-key", EVERYONE),

            new Route(GET, "/api/v1/log/key", EVERYONE),
            new Route(GET, "/api/v1/log/checkpoint", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/api/v1/log/checkpoints", new Access.AtLeastSomewhere(VIEWER)),
            new Route(POST, "/api/v1/log/checkpoints", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/api/v1/log/proof/inclusion", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/api/v1/log/proof/consistency", new Access.AtLeastSomewhere(VIEWER)),
            // Texts of leaves name streams of all projects; hashes name nothing.
            new Route(GET, "/api/v1/log/tile/entries/**", new Access.AtLeast(VIEWER)),
            new Route(GET, "/api/v1/log/tile/**", new Access.AtLeastSomewhere(VIEWER)),

            new Route(GET, "/sign-in", EVERYONE),
            new Route(POST, "/sign-in", EVERYONE),
            // Spring Security's own, where issuers are configured: to the issuer, and back.
            new Route(GET, "/oauth2/authorization/{issuer}", EVERYONE),
            new Route(GET, "/login/oauth2/code/{issuer}", EVERYONE),
            new Route(POST, "/sign-out", EVERYONE),
            new Route(GET, "/api/v1/me", SIGNED_IN),
            new Route(GET, "/api/v1/people", new Access.AtLeastSomewhere(ADMINISTRATOR)),
            new Route(PUT, "/api/v1/roles", new Access.AtLeast(ADMINISTRATOR)),
            new Route(DELETE, "/api/v1/roles", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/api/v1/access-tokens", SIGNED_IN),
            new Route(POST, "/api/v1/access-tokens", SIGNED_IN),
            new Route(DELETE, "/api/v1/access-tokens/{token}", SIGNED_IN),

            new Route(POST, "/api/v1/agents", EVERYONE),
            new Route(GET, "/api/v1/agents", new Access.AtLeastSomewhere(VIEWER)),
            new Route(POST, "/api/v1/agents/enrolment-codes", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/api/v1/agents/{key}/renew", EVERYONE),
            new Route(POST, "/api/v1/agents/{key}/revoke", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/api/v1/agents/{key}/reinstate", new Access.AtLeast(ADMINISTRATOR)),

            new Route(GET, "/api/v1/pipelines", new Access.AtLeastSomewhere(VIEWER)),
            new Route(POST, "/api/v1/pipelines", new Access.AtLeast(ADMINISTRATOR)),
            new Route(DELETE, "/api/v1/pipelines/{pipeline}", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/api/v1/pipeline-sessions", EVERYONE),

            new Route(GET, "/api/v1/webhooks", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/api/v1/webhooks", new Access.AtLeast(ADMINISTRATOR)),
            new Route(DELETE, "/api/v1/webhooks/{webhook}", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/api/v1/webhooks/{webhook}/deliveries", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/api/v1/webhooks/{webhook}/test", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/api/v1/webhooks/{webhook}/replay", new Access.AtLeast(ADMINISTRATOR)),

            new Route(POST, "/api/v1/events", AGENTS),
            new Route(POST, "/api/v1/heartbeat", AGENTS),
            new Route(GET, "/api/v1/parked", new Access.AtLeastSomewhere(VIEWER)),

            new Route(GET, "/", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/projects/{project}", new Access.AtLeast(VIEWER)),
            new Route(GET, "/projects/{project}/revisions", new Access.AtLeast(VIEWER)),
            new Route(GET, "/projects/{project}/revisions/{revision}", new Access.AtLeast(VIEWER)),
            new Route(GET, "/projects/{project}/compare", new Access.AtLeast(VIEWER)),
            new Route(GET, "/projects/{project}/environments/{environment}", new Access.AtLeast(VIEWER)),
            new Route(GET, "/divergences", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/merges", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/deploys", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/agents", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/api/v1/stream", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/projects/{project}/merges/{merge}", new Access.AtLeast(VIEWER)),
            new Route(GET, "/projects/{project}/merges/{merge}/approve", new Access.AtLeast(APPROVER)),
            new Route(POST, "/projects/{project}/merges/{merge}/approve", new Access.AtLeast(APPROVER)),
            new Route(GET, "/projects/{project}/merges/{merge}/reject", new Access.AtLeast(APPROVER)),
            new Route(POST, "/projects/{project}/merges/{merge}/reject", new Access.AtLeast(APPROVER)),
            // Who proposed it withdraws it, with any role.
            new Route(GET, "/projects/{project}/merges/{merge}/withdraw", new Access.AtLeast(VIEWER)),
            new Route(POST, "/projects/{project}/merges/{merge}/withdraw", new Access.AtLeast(VIEWER)),
            new Route(GET, "/projects/{project}/environments/{environment}/overrides/new",
                    new Access.AtLeast(APPROVER)),
            new Route(POST, "/projects/{project}/environments/{environment}/overrides/new",
                    new Access.AtLeast(APPROVER)),
            new Route(GET, "/projects/{project}/environments/{environment}/overrides/{override}/close",
                    new Access.AtLeast(APPROVER)),
            new Route(POST, "/projects/{project}/environments/{environment}/overrides/{override}/close",
                    new Access.AtLeast(APPROVER)),
            new Route(GET, "/projects/{project}/environments/{environment}/overrides/{override}/review",
                    new Access.AtLeast(APPROVER)),
            new Route(POST, "/projects/{project}/environments/{environment}/overrides/{override}/review",
                    new Access.AtLeast(APPROVER)),
            new Route(GET, "/projects/{project}/environments/{environment}/acceptances/new",
                    new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/projects/{project}/environments/{environment}/acceptances/new",
                    new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/projects/{project}/acceptances/{acceptance}/withdraw", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/projects/{project}/acceptances/{acceptance}/withdraw", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/webhooks", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/webhooks/{webhook}", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/webhooks/new", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/webhooks/new", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/webhooks/{webhook}/test", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/webhooks/{webhook}/test", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/webhooks/{webhook}/replay", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/webhooks/{webhook}/replay", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/webhooks/{webhook}/remove", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/webhooks/{webhook}/remove", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/agents/enrolment-codes/new", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/agents/enrolment-codes/new", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/agents/{key}/revoke", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/agents/{key}/revoke", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/agents/{key}/reinstate", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/agents/{key}/reinstate", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/agents/pipelines/github/new", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/agents/pipelines/github/new", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/agents/pipelines/gitlab/new", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/agents/pipelines/gitlab/new", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/agents/pipelines/kubernetes/new", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/agents/pipelines/kubernetes/new", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/agents/pipelines/{pipeline}/withdraw", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/agents/pipelines/{pipeline}/withdraw", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/projects/{project}/environments/{environment}/deploys/{deploy}/approve",
                    new Access.AtLeast(APPROVER)),
            new Route(POST, "/projects/{project}/environments/{environment}/deploys/{deploy}/approve",
                    new Access.AtLeast(APPROVER)),
            new Route(GET, "/projects/{project}/policy", new Access.AtLeast(VIEWER)),
            // Tries a file, and records nothing.
            new Route(POST, "/projects/{project}/policy", new Access.AtLeast(VIEWER)),
            new Route(GET, "/projects/{project}/policy/apply", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/projects/{project}/policy/apply", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/api/v1/divergences", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/events/{position}", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/audit", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/api/v1/audit", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/api/v1/audit/export", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/api/v1/audit/stream", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/api/v1/projects", new Access.AtLeastSomewhere(VIEWER)),
            new Route(GET, "/api/v1/projects/{project}", new Access.AtLeast(VIEWER)),
            new Route(PUT, "/api/v1/projects/{project}/roles", new Access.AtLeast(ADMINISTRATOR)),
            new Route(DELETE, "/api/v1/projects/{project}/roles", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/api/v1/projects/{project}/environments/{environment}/gate", DEPLOYERS),
            new Route(POST, "/api/v1/projects/{project}/environments/{environment}/deploys", DEPLOYERS),
            new Route(POST, "/api/v1/projects/{project}/environments/{environment}/deploys/{deploy}", DEPLOYERS),
            new Route(POST, "/api/v1/projects/{project}/environments/{environment}/deploys/{deploy}/approve",
                    new Access.AtLeast(APPROVER)),
            new Route(POST, "/api/v1/projects/{project}/environments/{environment}/overrides",
                    new Access.AtLeast(APPROVER)),
            new Route(POST, "/api/v1/projects/{project}/environments/{environment}/overrides/{override}/close",
                    new Access.AtLeast(APPROVER)),
            new Route(POST, "/api/v1/projects/{project}/environments/{environment}/overrides/{override}/review",
                    new Access.AtLeast(APPROVER)),
            new Route(GET, "/api/v1/projects/{project}/merges", new Access.Readers()),
            new Route(POST, "/api/v1/projects/{project}/merges", new Access.AtLeast(VIEWER)),
            new Route(GET, "/api/v1/projects/{project}/merges/{merge}", new Access.Readers()),
            new Route(POST, "/api/v1/projects/{project}/merges/{merge}/rehearsals", new Access.Readers()),
            new Route(POST, "/api/v1/projects/{project}/merges/{merge}/approve", new Access.AtLeast(APPROVER)),
            new Route(POST, "/api/v1/projects/{project}/merges/{merge}/reject", new Access.AtLeast(APPROVER)),
            new Route(POST, "/api/v1/projects/{project}/merges/{merge}/withdraw", new Access.AtLeast(VIEWER)),
            new Route(GET, "/api/v1/projects/{project}/branches", new Access.Readers()),
            new Route(POST, "/api/v1/projects/{project}/branches", new Access.Readers()),
            new Route(POST, "/api/v1/projects/{project}/branches/close", new Access.Readers()),
            new Route(POST, "/api/v1/projects/{project}/policy/dry-run", new Access.AtLeast(VIEWER)),
            new Route(PUT, "/api/v1/projects/{project}/policy", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/api/v1/projects/{project}/policy/baseline", new Access.AtLeast(ADMINISTRATOR)),
            new Route(DELETE, "/api/v1/projects/{project}/policy/baseline/{acceptance}",
                    new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/api/v1/projects/{project}/webhooks", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/api/v1/projects/{project}/webhooks", new Access.AtLeast(ADMINISTRATOR)),
            new Route(DELETE, "/api/v1/projects/{project}/webhooks/{webhook}", new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/api/v1/projects/{project}/webhooks/{webhook}/deliveries",
                    new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/api/v1/projects/{project}/webhooks/{webhook}/test", new Access.AtLeast(ADMINISTRATOR)),
            new Route(POST, "/api/v1/projects/{project}/webhooks/{webhook}/replay",
                    new Access.AtLeast(ADMINISTRATOR)),
            new Route(GET, "/api/v1/projects/{project}/**", new Access.AtLeast(VIEWER)));

    /** Of what has no line. */
    static final Access OTHERWISE = new Access.AtLeast(ADMINISTRATOR);

    private Routes() {}
}
