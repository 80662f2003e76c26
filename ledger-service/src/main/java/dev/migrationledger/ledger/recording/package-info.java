/**
 * The recording kernel; it and its {@code store} are the only packages that know Axon. {@code Recorder} is the way into the event store: it hands a
 * {@code Decider} the state of a stream and records what was decided. {@code stream} has what a capability decides, {@code store} the events, {@code view}
 * what they add up to, and {@code automation} what follows from them.
 */
@NullMarked
package dev.migrationledger.ledger.recording;

import org.jspecify.annotations.NullMarked;
