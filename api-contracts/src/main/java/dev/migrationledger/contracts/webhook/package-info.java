/**
 * What the ledger tells other programs of its own accord. {@link dev.migrationledger.contracts.webhook.Webhook} says where it is sent and what,
 * {@link dev.migrationledger.contracts.webhook.WebhookMessage} is what arrives there.
 */
@NullMarked
package dev.migrationledger.contracts.webhook;

import org.jspecify.annotations.NullMarked;
