package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.PipelineRun;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.ledger.identity.people.People;
import dev.migrationledger.ledger.identity.people.Roles;
import dev.migrationledger.ledger.problem.Refusal;
import java.io.Serializable;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Who asks the ledger for something. */
public sealed interface Caller extends Principal, Serializable {

    /** How a person is recorded who administers the ledger from its own machine. */
    String LOCAL = People.LOCAL;

    /** Everyone, where nobody has to sign in: the ledger listens on loopback only. */
    record LocalAdministrator() implements Caller {
        @Override
        public String getName() {
            return LOCAL;
        }

        @Override
        public Roles roles() {
            return Roles.ADMINISTRATOR;
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
     * @param name what their issuer calls them, for people to read; absent: it is not known
     * @param roles that they have at the time of the request
     */
    record Person(String id, @Nullable String name, Roles roles) implements Caller {
        @Override
        public String getName() {
            return id;
        }

        /** For a page. */
        public String shown() {
            return name == null ? id : name;
        }
    }

    /**
     * A run of a pipeline that is trusted.
     *
     * @param run what its issuer proved of it
     * @param trusted where it may act at the time of the request
     */
    record Pipeline(PipelineRun run, List<TrustedPipeline> trusted) implements Caller {
        public Pipeline {
            trusted = List.copyOf(trusted);
        }

        @Override
        public String getName() {
            return "%s %s".formatted(run.issuer(), run.name());
        }

        @Override
        public Roles roles() {
            return Roles.NONE;
        }

        /** What an agent may, in its projects; for which environments, {@link #sendsFor} says. */
        @Override
        public boolean may(Role role, @Nullable String project) {
            return role == Role.AGENT && project != null
                    && trusted.stream().anyMatch(one -> AgentKey.covers(one.project(), project));
        }

        @Override
        public void sendsFor(String project, String environment) {
            if (trusted.stream().noneMatch(one -> one.covers(project, environment))) {
                throw new Refusal(Refusal.problem(HttpStatus.FORBIDDEN, "wrong-environment",
                        "The pipeline %s is trusted for %s, not for %s/%s. Ask an administrator to trust it there."
                                .formatted(run.name(), ListText.and(trusted.stream()
                                        .map(one -> one.project() + "/" + one.environment()).distinct().toList(), 3),
                                        project, environment),
                        "environment"));
            }
        }
    }

    /**
     * What an agent sends is about an environment that it may send for.
     *
     * @throws Refusal if it may not
     */
    default void sendsFor(String project, String environment) {
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
    default boolean may(Role role, @Nullable String project) {
        return roles().include(role, project);
    }

    /** Which roles the caller has. */
    Roles roles();

    /** The projects that the caller may read. */
    default ProjectScope scope() {
        return may(Role.VIEWER, null)
                ? ProjectScope.ALL
                : ProjectScope.of(roles().inProjects().entrySet().stream()
                        .filter(one -> one.getValue().includes(Role.VIEWER)).map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }
}
