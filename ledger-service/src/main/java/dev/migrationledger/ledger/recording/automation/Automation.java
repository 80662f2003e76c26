package dev.migrationledger.ledger.recording.automation;

import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.Set;

/**
 * Work that follows from what was recorded, or from time that passes: evaluate, expire, notify. Every bean of this type runs in a loop of its own:
 * after each commit, and every few seconds for what other ledgers recorded and for the time. A target's work runs in one ledger at a
 * time, after the transaction that it follows from. Work that fails, or that a crash interrupts, is still due and runs again: it must not matter
 * that it runs once more.
 *
 * @param <T> whose work runs by itself: targets run side by side, and one that fails or takes long keeps no other
 */
public interface Automation<T extends StreamId> {

    /** In the health answer and, where it follows the log, its cursor's name; for good. */
    String name();

    /**
     * Whose work is due, by what is stored and by the time. Not by what was heard before: only what is stored survives a crash.
     * Cheap; called about three times a second while events are recorded.
     */
    Set<T> due();

    /** Does the work of one target. {@link #due} does not name it any more afterwards, unless there is more. */
    void run(T target);
}
