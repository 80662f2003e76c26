/**
 * Every revision file that any source of a project ever had, for good: start with {@link
 * dev.migrationledger.ledger.history.HistoryFold}, which adds up what scans say, and {@code ProjectHistories}, which keeps it in
 * PostgreSQL beside the environments' views and answers from it. What more is to be remembered of a revision goes into
 * {@code RevisionContent}.
 */
@NullMarked
package dev.migrationledger.ledger.history;

import org.jspecify.annotations.NullMarked;
