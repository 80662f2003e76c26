/** Divergences from the events that make them to the answer that lists them. */
@NullMarked
package dev.migrationledger.ledger.divergence;

import org.jspecify.annotations.NullMarked;
