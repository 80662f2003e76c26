package dev.migrationledger.ledger.webhook;

import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.UUID;

/** What an administrator asks about one webhook. The event's id and the time come with it. */
sealed interface WebhookCommand extends Command {

    UUID eventId();

    Instant now();

    UUID id();

    @Override
    default StreamId stream() {
        return new StreamId.Webhook(id());
    }

    /** Messages shall be sent there. */
    record AddWebhook(UUID eventId, Instant now, Webhook webhook) implements WebhookCommand {
        @Override
        public UUID id() {
            return webhook.webhook();
        }
    }

    /** They shall not any more. */
    record RemoveWebhook(UUID eventId, Instant now, UUID id, String project, String by) implements WebhookCommand {}
}
