package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.util.List;
import java.util.Set;

/**
 * A view that is kept beside an environment's own: written in the same transaction, directly after it and under its lock, and
 * made anew together with it. Every bean of this type is called. Like a projection it must not fail on anything that can be
 * recorded.
 */
public interface SideView {

    /**
     * Once per batch.
     *
     * @param scans those of the events that were scans
     */
    void apply(String project, String environment, List<RecordedEvent> newEvents, List<ScanSeen> scans);

    /** Begins to make it anew. */
    Anew anew();

    /** One making of the whole view, of all environments. Nothing is kept of it but what {@link #write} writes. */
    interface Anew {

        /** The next environment; all its events follow. */
        void begin(String project, String environment);

        /** The next event. */
        void add(RecordedEvent event);

        /** What the last event was, where it was a scan. */
        default void scanned(ScanSeen scan) {}

        /** There are no more events of this environment. Says whether what is kept differs. */
        boolean differs();

        /** Puts right what is kept of the environment that ended last. */
        void write();

        /**
         * Names, as {@code project/environment} or as a project, of which something is kept that no event speaks of.
         *
         * @param write whether it is put right, too
         */
        Set<String> strays(boolean write);
    }
}
