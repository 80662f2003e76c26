/** Backs up all that a ledger has stored into one file, and restores it: {@code BackupCommand} and {@code RestoreCommand}. */
@NullMarked
package dev.migrationledger.ledger.backup;

import org.jspecify.annotations.NullMarked;
