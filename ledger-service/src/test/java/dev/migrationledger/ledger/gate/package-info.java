@NullMarked
package dev.migrationledger.ledger.gate;

import org.jspecify.annotations.NullMarked;
