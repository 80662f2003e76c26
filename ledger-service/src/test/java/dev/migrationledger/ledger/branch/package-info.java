@NullMarked
package dev.migrationledger.ledger.branch;

import org.jspecify.annotations.NullMarked;
