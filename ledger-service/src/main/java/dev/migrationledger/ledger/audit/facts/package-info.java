/**
 * What the audit says of each event: one sentence, who did it, and what it can be found by. Start with {@link
 * dev.migrationledger.ledger.audit.facts.EventFacts}. Pure.
 *
 * <p>A new event gets its line in the class of its family; the compiler asks for it.
 */
@NullMarked
package dev.migrationledger.ledger.audit.facts;

import org.jspecify.annotations.NullMarked;
