/**
 * What a capability of the ledger decides, without framework, clock or database. A {@code Command} is about a stream, which a {@code StreamId} names. A
 * {@code Decider} decides it on the {@code StreamState} that the stream's events add up to.
 */
@NullMarked
package dev.migrationledger.ledger.recording.stream;

import org.jspecify.annotations.NullMarked;
