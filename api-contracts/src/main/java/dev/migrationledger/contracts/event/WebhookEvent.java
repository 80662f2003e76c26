package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.webhook.WebhookFormat;
import dev.migrationledger.contracts.webhook.WebhookKind;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where the ledger sends messages to. About a project, or about several. */
public sealed interface WebhookEvent extends LedgerEvent {

    UUID webhook();

    /**
     * Messages are sent there from now on. The rest of the address and the key that signs are secrets, and in no event.
     *
     * @param name what the administrator calls it
     * @param origin scheme, host and port of the address
     * @param project whose events it is about; {@code *} stands for any text
     * @param environment likewise
     * @param labels that an environment must have
     * @param kinds in their order
     * @param severity of divergences: this one or a worse one
     * @param by the administrator who added it
     */
    record WebhookAdded(
            UUID webhook, String name, String origin, String project, String environment, Map<String, String> labels,
            List<WebhookKind> kinds, Severity severity, WebhookFormat format, String by) implements WebhookEvent {
        public WebhookAdded {
            labels = Map.copyOf(labels);
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * Nothing is sent there any more.
     *
     * @param by the administrator who removed it
     */
    record WebhookRemoved(UUID webhook, String by) implements WebhookEvent {}
}
