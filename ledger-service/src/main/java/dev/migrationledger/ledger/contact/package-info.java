/**
 * Which agents are still there. {@code HeartbeatController} takes their word, {@link dev.migrationledger.ledger.contact.Contacts} keeps the
 * last one of each, {@link dev.migrationledger.ledger.contact.Listening} says who is missed. A heartbeat is no event: of all that an
 * agent has to say for years, only the last one is ever asked for.
 */
@NullMarked
package dev.migrationledger.ledger.contact;

import org.jspecify.annotations.NullMarked;
