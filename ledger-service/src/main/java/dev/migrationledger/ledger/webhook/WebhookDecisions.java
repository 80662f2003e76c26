package dev.migrationledger.ledger.webhook;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.WebhookEvent;
import dev.migrationledger.contracts.event.WebhookEvent.WebhookAdded;
import dev.migrationledger.contracts.event.WebhookEvent.WebhookRemoved;
import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import dev.migrationledger.ledger.recording.stream.StreamState;
import dev.migrationledger.ledger.webhook.WebhookCommand.AddWebhook;
import dev.migrationledger.ledger.webhook.WebhookCommand.RemoveWebhook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be recorded about one webhook. Pure. */
final class WebhookDecisions {

    /** Whether messages are sent there now. */
    record State(boolean exists) {}

    private static final StreamState<State> STATE = new StreamState<>() {
        @Override
        public Class<State> type() {
            return State.class;
        }

        @Override
        public int form() {
            return 1;
        }

        @Override
        public State initial() {
            return new State(false);
        }

        @Override
        public State evolve(State state, RecordedEvent event) {
            return event.event() instanceof WebhookEvent about ? new State(about instanceof WebhookAdded) : state;
        }

        @Override
        public int weight(State state) {
            return 100;
        }
    };

    /** The answer is whether it was recorded. */
    static final Decider<WebhookCommand, State, Boolean> DECIDER = Decider.of(STATE, WebhookDecisions::decide);

    private WebhookDecisions() {}

    static Decision<Boolean> decide(State state, WebhookCommand command) {
        return switch (command) {
            case AddWebhook it -> state.exists()
                    ? new Decision<>(false, List.of())
                    : recorded(it, it.webhook().project(), added(it.webhook()));
            case RemoveWebhook it -> state.exists()
                    ? recorded(it, it.project(), new WebhookRemoved(it.id(), it.by()))
                    : new Decision<>(false, List.of());
        };
    }

    private static WebhookAdded added(Webhook it) {
        return new WebhookAdded(it.webhook(), it.name(), it.origin(), it.project(), it.environment(), it.labels(),
                List.copyOf(it.kinds()), it.severity(), it.format(), it.by());
    }

    private static Decision<Boolean> recorded(WebhookCommand command, String project, WebhookEvent event) {
        // About one project, whoever may read that project reads it; about several, who may read all.
        @Nullable
        String only = project.contains("*") ? null : project;
        return new Decision<>(true, List.of(new RecordedEvent(command.eventId(), only, null, null,
                Occurrence.exactly(command.now()), command.now(), event)));
    }
}
