package dev.migrationledger.ledger.webhook.delivery;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Addresses and signing keys, in {@code ledger.webhook_secret}: in no event, because events are kept for good and shown to many. */
public final class WebhookSecrets {

    private final JdbcClient database;

    public WebhookSecrets(JdbcClient database) {
        this.database = database;
    }

    /**
     * Where a webhook's messages go, and what signs them.
     *
     * @param url whoever knows it may be able to write there
     */
    record Secret(URI url, StandardSignature.Key key) {
        @Override
        public String toString() {
            return "Secret[***]";
        }
    }

    public void keep(UUID webhook, URI url, StandardSignature.Key key) {
        database.sql("insert into ledger.webhook_secret (webhook, url, secret) values (?, ?, ?)")
                .params(webhook, url.toString(), key.text()).update();
    }

    Optional<Secret> find(UUID webhook) {
        return database.sql("select url, secret from ledger.webhook_secret where webhook = ?").param(webhook)
                .query((row, _) -> new Secret(URI.create(row.getString(1)),
                        StandardSignature.Key.of(row.getString(2)).orElseThrow()))
                .optional();
    }
}
