@NullMarked
package dev.migrationledger.ledger.metrics;

import org.jspecify.annotations.NullMarked;
