@NullMarked
package dev.migrationledger.ledger.dashboard.comparison;

import org.jspecify.annotations.NullMarked;
