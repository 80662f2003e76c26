@NullMarked
package dev.migrationledger.ledger.dashboard.action;

import org.jspecify.annotations.NullMarked;
