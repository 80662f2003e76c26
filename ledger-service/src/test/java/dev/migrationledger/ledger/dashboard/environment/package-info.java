@NullMarked
package dev.migrationledger.ledger.dashboard.environment;

import org.jspecify.annotations.NullMarked;
