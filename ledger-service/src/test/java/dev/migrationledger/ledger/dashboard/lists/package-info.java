@NullMarked
package dev.migrationledger.ledger.dashboard.lists;

import org.jspecify.annotations.NullMarked;
