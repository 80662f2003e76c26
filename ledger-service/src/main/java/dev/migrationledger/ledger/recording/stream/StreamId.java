package dev.migrationledger.ledger.recording.stream;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.BranchEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.EvidenceEvent;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.IdentityEvent;
import dev.migrationledger.contracts.event.LedgerEvent.*;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.contracts.event.PolicyEvent;
import dev.migrationledger.contracts.event.WebhookEvent;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an event is about. Events of one stream are recorded one after the other; nothing else builds or parses the names of streams. */
public sealed interface StreamId {

    /** One database. */
    record Environment(String project, String environment) implements StreamId {
        @Override
        public String key() {
            return project + SEPARATOR + environment;
        }

        @Override
        public String toString() {
            return key();
        }
    }

    /**
     * What was deployed to one database, and what was asked about it. Apart from what is observed of it: an answer of the gate is nothing that
     * has to be evaluated.
     */
    record Deploys(String project, String environment) implements StreamId {

        private static final String END = "deploys";

        @Override
        public String key() {
            return project + SEPARATOR + environment + SEPARATOR + END;
        }

        @Override
        public String toString() {
            return key();
        }
    }

    /** A project as a whole. */
    record Project(String project) implements StreamId {
        @Override
        public String key() {
            return project + SEPARATOR;
        }

        @Override
        public String toString() {
            return project;
        }
    }

    /** Merges of a project's heads. Apart from its policy: neither needs the other's past. */
    record Merges(String project) implements StreamId {

        private static final String END = "merges";

        @Override
        public String key() {
            return project + SEPARATOR + SEPARATOR + END;
        }

        @Override
        public String toString() {
            return "merges of " + project;
        }
    }

    /** Branches and pull requests of a project. Apart from its merges: many come and go, and few of them become one. */
    record Branches(String project) implements StreamId {

        private static final String END = "branches";

        @Override
        public String key() {
            return project + SEPARATOR + SEPARATOR + END;
        }

        @Override
        public String toString() {
            return "branches of " + project;
        }
    }

    /** One address that messages are sent to. By itself: its messages are delivered side by side with those of others. */
    record Webhook(UUID webhook) implements StreamId {

        private static final String BEGIN = "webhooks";

        @Override
        public String key() {
            return SEPARATOR + SEPARATOR + BEGIN + SEPARATOR + webhook;
        }

        @Override
        public String toString() {
            return "webhook " + webhook;
        }
    }

    /** All projects. */
    record Organisation() implements StreamId {
        @Override
        public String key() {
            return SEPARATOR;
        }

        @Override
        public String toString() {
            return "organisation";
        }
    }

    /** What the ledger found in its own database. Apart from people and keys, whose decisions it does not concern. */
    record Evidence() implements StreamId {

        private static final String END = "evidence";

        @Override
        public String key() {
            return SEPARATOR + SEPARATOR + END;
        }

        @Override
        public String toString() {
            return END;
        }
    }

    /** No name of a project or an environment holds it. */
    String SEPARATOR = "/";

    /** The stream's name in the event store: {@code project/environment}, {@code project/environment/deploys}, {@code project/}, {@code project//merges}, {@code project//branches}, {@code //evidence}, {@code //webhooks/id} or {@code /}. */
    String key();

    /**
     * The stream with this key.
     *
     * @throws IllegalArgumentException if no stream has it
     */
    static StreamId parse(String key) {
        String[] parts = key.split(SEPARATOR, -1);
        if (parts.length == 3 && parts[2].equals(Deploys.END) && !parts[0].isEmpty() && !parts[1].isEmpty()) {
            return new Deploys(parts[0], parts[1]);
        }
        if (parts.length == 3 && parts[2].equals(Merges.END) && !parts[0].isEmpty() && parts[1].isEmpty()) {
            return new Merges(parts[0]);
        }
        if (parts.length == 3 && parts[2].equals(Branches.END) && !parts[0].isEmpty() && parts[1].isEmpty()) {
            return new Branches(parts[0]);
        }
        if (key.equals(new Evidence().key())) {
            return new Evidence();
        }
        if (parts.length == 4 && parts[2].equals(Webhook.BEGIN) && parts[0].isEmpty() && parts[1].isEmpty()) {
            return new Webhook(UUID.fromString(parts[3]));
        }
        if (parts.length != 2 || (parts[0].isEmpty() && !parts[1].isEmpty())) {
            throw new IllegalArgumentException("'" + key + "' is not the name of a stream");
        }
        return parts[0].isEmpty()
                ? new Organisation()
                : parts[1].isEmpty() ? new Project(parts[0]) : new Environment(parts[0], parts[1]);
    }

    /** The project that a stream belongs to; absent for what is about several. */
    static @Nullable String project(StreamId stream) {
        return switch (stream) {
            case Environment environment -> environment.project();
            case Deploys deploys -> deploys.project();
            case Project one -> one.project();
            case Merges merges -> merges.project();
            case Branches branches -> branches.project();
            case Webhook _,Organisation _,Evidence _ -> null;
        };
    }

    static Environment of(String project, String environment) {
        return new Environment(project, environment);
    }

    /** The environment whose stream an event is in; empty for an event about more than one, and for one about deploys. */
    static Optional<Environment> environment(RecordedEvent event) {
        return of(event) instanceof Environment environment ? Optional.of(environment) : Optional.empty();
    }

    static StreamId of(RecordedEvent event) {
        String project = event.project();
        String environment = event.environment();
        if (event.event() instanceof WebhookEvent about) {
            return new Webhook(about.webhook());
        }
        return project == null
                ? event.event() instanceof EvidenceEvent ? new Evidence() : new Organisation()
                : environment == null
                        ? ofProject(project, event.event())
                        : event.event() instanceof GateEvent
                                ? new Deploys(project, environment)
                                : new Environment(project, environment);
    }

    private static StreamId ofProject(String project, Event event) {
        return switch (event) {
            case MergeEvent _ -> new Merges(project);
            case BranchEvent _ -> new Branches(project);
            case AgentEvent _,EnvironmentRegistered _,DivergenceEvent _,EnvironmentRetired _,EnvironmentRevived _,ContentWithdrawn _,RunProved _,EvidenceEvent _,GateEvent _,IdentityEvent _,PolicyEvent _,WebhookEvent _ ->
                new Project(project);
        };
    }
}
