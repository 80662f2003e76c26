@NullMarked
package dev.migrationledger.ledger.dashboard.overview;

import org.jspecify.annotations.NullMarked;
