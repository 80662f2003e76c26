package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.environment.Projection;
import java.util.Set;

/**
 * A view that is kept beside an environment's own, and is made anew together with it. Where its events are applied, the
 * environment's own view has been written already, and is locked until the commit.
 */
public interface SideView extends Projection {

    /** Begins to make it anew. */
    Anew anew();

    /** One making of the whole view, of all environments. Nothing is kept of it but what {@link #write} writes. */
    interface Anew {

        /** The next environment; all its events follow. */
        void begin(String project, String environment);

        void add(RecordedEvent event);

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
