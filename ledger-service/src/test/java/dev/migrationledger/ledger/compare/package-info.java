/** The tests of the comparison, on drawn graphs. */
@NullMarked
package dev.migrationledger.ledger.compare;

import org.jspecify.annotations.NullMarked;
