/**
 * What the ledger answers about every revision that a project ever had: start with {@link
 * dev.migrationledger.contracts.history.RevisionHistory}.
 */
@NullMarked
package dev.migrationledger.contracts.history;

import org.jspecify.annotations.NullMarked;
