/**
 * Sends messages. {@code DeliverWebhooks} is the automation; {@code MessageWriter} makes a message of matters, {@code Deliveries} stores it, {@code
 * ReceiverClient} sends it within bounds to an address that {@code ReceiverAddress} allows.
 */
@NullMarked
package dev.migrationledger.ledger.webhook.delivery;

import org.jspecify.annotations.NullMarked;
