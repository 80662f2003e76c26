/**
 * Messages to other programs and to chats about what was recorded. Read {@code Webhooks} first: it adds and removes addresses.
 * {@code matter} finds out what has to be reported, quietly; {@code delivery} sends it, in order and again until it is accepted. A new kind of
 * message is a constant in {@code WebhookKind} and its events in {@code EventReports}.
 */
@NullMarked
package dev.migrationledger.ledger.webhook;

import org.jspecify.annotations.NullMarked;
