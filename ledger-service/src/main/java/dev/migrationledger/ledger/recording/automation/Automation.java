package dev.migrationledger.ledger.recording.automation;

import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.Set;
import java.util.function.BooleanSupplier;

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
     * Called every few seconds.
     */
    Set<T> due();

    /**
     * The same right after events were committed, about three times a second while events are recorded: what only time makes due may be left out. Cheap,
     * however much is stored.
     */
    default Set<T> dueByEvents() {
        return due();
    }

    /** Whether new events make it due, and not the time alone. Then traces of the events have its runs. */
    default boolean isCausedByEvents() {
        return true;
    }

    /** Does the work of one target. {@link #due} does not name it any more afterwards, unless there is more. */
    void run(T target);

    /**
     * Does the same, and ends early if the ledger stops: what is left is still due, and another ledger does it. Work of many steps asks between two of
     * them; what a step began, it ends.
     *
     * @param stopping whether the ledger stops
     */
    default void run(T target, BooleanSupplier stopping) {
        run(target);
    }
}
