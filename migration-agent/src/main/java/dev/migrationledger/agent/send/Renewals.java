package dev.migrationledger.agent.send;

import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.core.situation.GapText;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New epochs, and not too many: the first at once, another one only after a pause that doubles. A ledger that refuses every epoch, two
 * ledgers behind one address, or two agents with one name would otherwise have an agent begin one after the other for ever.
 */
final class Renewals {

    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);

    private static final long FIRST_PAUSE = Duration.ofMinutes(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofHours(1).toNanos();

    private final Spool spool;
    private final LongSupplier nanoTime;
    private long pause;
    private long last;

    /** @param nanoTime as {@link System#nanoTime} */
    Renewals(Spool spool, LongSupplier nanoTime) {
        this.spool = spool;
        this.nanoTime = nanoTime;
    }

    /**
     * Begins a new epoch.
     *
     * @param epoch that shall end; nothing is done if it has ended already
     * @param expected the sequence from which on the ledger has nothing
     * @param reason which is sent to the ledger, too
     * @return how long to wait before it may be tried again; zero if it is done
     */
    synchronized Duration begin(UUID epoch, long expected, GapReason reason) {
        if (!spool.epoch().equals(epoch)) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        if (pause > 0 && now - last > 2 * LONGEST_PAUSE) {
            pause = 0;
        }
        long left = pause - (now - last);
        if (pause > 0 && left > 0) {
            return Duration.ofNanos(left);
        }
        LOG.warn("{} Beginning a new epoch.", GapText.of(reason));
        spool.renew(expected, reason);
        last = now;
        pause = pause == 0 ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, 2 * pause);
        return Duration.ZERO;
    }
}
