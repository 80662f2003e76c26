@NullMarked
package dev.migrationledger.ledger.dashboard.graph;

import org.jspecify.annotations.NullMarked;
