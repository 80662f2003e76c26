@NullMarked
package dev.migrationledger.ledger.live;

import org.jspecify.annotations.NullMarked;
