/**
 * Every revision file that any source of a project ever had, for good: start with {@link
 * dev.migrationledger.ledger.history.HistoryFold}, which adds up what scans say, and {@code StoredHistories}, which
 * answers from what is kept of it in PostgreSQL. {@code ContentFootprints} keeps what each content of a file does. What more is to be remembered of a revision goes into
 * {@code RevisionContent}.
 */
@NullMarked
package dev.migrationledger.ledger.history;

import org.jspecify.annotations.NullMarked;
