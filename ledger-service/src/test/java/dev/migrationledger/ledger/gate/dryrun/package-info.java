@NullMarked
package dev.migrationledger.ledger.gate.dryrun;

import org.jspecify.annotations.NullMarked;
