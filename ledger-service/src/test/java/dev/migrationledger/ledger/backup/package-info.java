@NullMarked
package dev.migrationledger.ledger.backup;

import org.jspecify.annotations.NullMarked;
