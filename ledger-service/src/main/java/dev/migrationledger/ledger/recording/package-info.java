/**
 * The recording kernel, and the only package that knows Axon. A capability of the ledger adds {@code Decider}s, which decide commands about
 * a stream of events; {@code Recorder} hands them its state and records what they decided. A {@code View} is what events add up to, written
 * in the same transaction; {@code ViewRebuild} compares and rebuilds views. An {@code Automation} works afterwards: when events or the time
 * make it due, or, as an {@code EventFollower}, on every event in the order of their positions. To read
 * what was recorded use {@code EventLog}; to change what an event looks like add an {@code Upcaster} and the next version to the catalogue.
 */
@NullMarked
package dev.migrationledger.ledger.recording;

import org.jspecify.annotations.NullMarked;
