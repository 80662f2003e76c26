/**
 * Fills the audit: {@code AuditFollower} reads the log in order and stores an entry for each event, with what it can be found by. Start with {@link
 * dev.migrationledger.ledger.audit.index.EntryFactory}. To find other things, or to say other things, raise {@code AuditFollower.FORM}.
 */
@NullMarked
package dev.migrationledger.ledger.audit.index;

import org.jspecify.annotations.NullMarked;
