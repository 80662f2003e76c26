package dev.migrationledger.ledger.webhook;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of webhooks.
 *
 * @param internalHosts names or addresses of receivers that may have an internal address, and that may be called without TLS; {@code *}
 *     stands for any text
 */
@ConfigurationProperties("ledger.webhooks")
record WebhookSettings(@DefaultValue List<String> internalHosts) {
    WebhookSettings {
        internalHosts = List.copyOf(internalHosts);
    }
}
