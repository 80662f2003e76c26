/** Tests of the memory of revisions. */
@NullMarked
package dev.migrationledger.ledger.history;

import org.jspecify.annotations.NullMarked;
