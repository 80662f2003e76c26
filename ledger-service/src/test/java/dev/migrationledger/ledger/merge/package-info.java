@NullMarked
package dev.migrationledger.ledger.merge;

import org.jspecify.annotations.NullMarked;
