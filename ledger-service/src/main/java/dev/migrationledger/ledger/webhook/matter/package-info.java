/**
 * What webhooks have to report. {@code EventReports} says what an event means for them, {@code Matter} whether that is news, {@code Matters}
 * stores it. {@code MatterFollower} follows the log.
 */
@NullMarked
package dev.migrationledger.ledger.webhook.matter;

import org.jspecify.annotations.NullMarked;
