/**
 * The one JSON form of everything in these contracts, and the only package here that knows a JSON library: start with
 * {@link ContractJson}. Both sides use it, so that what the golden files prove holds on the wire and in the event store.
 */
@NullMarked
package dev.migrationledger.contracts.wire;

import org.jspecify.annotations.NullMarked;
