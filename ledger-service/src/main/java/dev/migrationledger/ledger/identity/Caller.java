package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.problem.Refusal;
import java.io.Serializable;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Who asks the ledger for something. */
public sealed interface Caller extends Principal, Serializable {

    /** How a person is recorded who administers the ledger from its own machine. */
    String LOCAL = "local";

    /** Everyone, where nobody has to sign in: the ledger listens on loopback only. */
    record LocalAdministrator() implements Caller {
        @Override
        public String getName() {
            return LOCAL;
        }

        @Override
        public boolean may(Role role, @Nullable String project) {
            return true;
        }
    }

    /**
     * A person who signed in, or a program with one of their tokens.
     *
     * @param id {@link #LOCAL}, or the issuer and the subject of a sign-in
     * @param role the highest one
     * @param project where they have it; absent: in all projects
     */
    record Person(String id, Role role, @Nullable String project) implements Caller {
        @Override
        public String getName() {
            return id;
        }

        @Override
        public boolean may(Role wanted, @Nullable String where) {
            return role.includes(wanted) && (project == null || project.equals(where));
        }
    }

    /**
     * What an agent sends is about a project that it may send for.
     *
     * @throws Refusal if it may not
     */
    default void sendsFor(String project) {
        if (!may(Role.AGENT, project)) {
            throw new Refusal(Refusal.problem(HttpStatus.FORBIDDEN, "wrong-project",
                    "The access token is for another project than '%s'. Use a token of this project, or send to its own."
                            .formatted(project),
                    "project"));
        }
    }

    /**
     * Whether the caller has at least this role.
     *
     * @param project where; absent: in all projects
     */
    boolean may(Role role, @Nullable String project);
}
