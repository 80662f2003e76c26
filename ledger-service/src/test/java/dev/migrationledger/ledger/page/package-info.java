@NullMarked
package dev.migrationledger.ledger.page;

import org.jspecify.annotations.NullMarked;
