package dev.migrationledger.contracts.webhook;

import dev.migrationledger.contracts.diagnosis.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address that the ledger sends messages to.
 *
 * @param origin scheme, host and port of the address; the rest of it may be a secret and is never shown
 * @param project whose events it is about; {@code *} stands for any text
 * @param environment likewise
 * @param labels that an environment must have
 * @param severity of divergences that it is about: this one or a worse one
 * @param by the administrator who added it
 */
public record Webhook(
        UUID webhook, String name, String origin, String project, String environment, Map<String, String> labels,
        Set<WebhookKind> kinds, Severity severity, WebhookFormat format, String by, Instant since) {

    public Webhook {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        kinds = Collections.unmodifiableSet(new TreeSet<>(kinds));
    }

    /**
     * Asks to add one.
     *
     * @param url absolute, with {@code https}; {@code http} only where the ledger's settings name the host
     * @param project absent: all projects, or the one of the address of the request
     * @param environment absent: all environments
     * @param labels absent: whatever labels an environment has
     * @param kinds absent: all of them
     * @param severity absent: warnings and errors
     * @param format absent: JSON
     * @param secret with which messages are signed; absent: the ledger makes one
     */
    public record Wanted(
            String name, String url, @Nullable String project, @Nullable String environment,
            @Nullable Map<String, String> labels, @Nullable Set<WebhookKind> kinds, @Nullable Severity severity,
            @Nullable WebhookFormat format, @Nullable String secret) {}

    /**
     * A webhook that was added just now.
     *
     * @param secret with which its messages are signed: {@code whsec_} and base 64; it is not shown again
     */
    public record Added(Webhook webhook, String secret) {}
}
