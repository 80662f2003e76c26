@NullMarked
package dev.migrationledger.ledger.dashboard.policy;

import org.jspecify.annotations.NullMarked;
