/**
 * What the ledger does after events were recorded. An {@code Automation} works when events or the time make it due, or, as an {@code EventFollower}, on every
 * event in the order of their positions.
 */
@NullMarked
package dev.migrationledger.ledger.recording.automation;

import org.jspecify.annotations.NullMarked;
