@NullMarked
package dev.migrationledger.ledger.audit;

import org.jspecify.annotations.NullMarked;
