package dev.migrationledger.agent.send;

import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.spool.SpoolFailure;
import dev.migrationledger.contracts.envelope.Heartbeat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the ledger again and again that an agent still watches, so that it is missed when it does not. An agent that cannot see its
 * database keeps quiet: what it would say is that all is as it was. Nothing depends on any one beat, so none is kept or repeated. Each says
 * how far the ledger has acknowledged events, and its answer how far it has them: a ledger that was restored or emptied is found out.
 */
public final class HeartbeatSender {

    private static final Duration USUAL = Duration.ofSeconds(30);

    /** Until the ledger has heard the first one: it takes none before it knows of the environment. */
    private static final Duration UNHEARD = Duration.ofSeconds(5);

    private final LedgerTransport ledger;
    private final Spool spool;
    private final Sender sender;
    private final Clock clock;
    private final Names names;
    private final BooleanSupplier sees;
    private final Backoff backoff;

    /** Whose heartbeats these are. */
    public record Names(String project, String environment) {}

    /**
     * @param sender which is told what the ledger has
     * @param sees whether the last look at the database succeeded
     */
    public HeartbeatSender(
            LedgerTransport ledger, Spool spool, Sender sender, Clock clock, Names names, BooleanSupplier sees,
            Backoff backoff) {
        this.ledger = ledger;
        this.spool = spool;
        this.sender = sender;
        this.clock = clock;
        this.names = names;
        this.sees = sees;
        this.backoff = backoff;
    }

    /** Beats until interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            Duration pause;
            try {
                pause = once();
            } catch (SpoolFailure | OutOfMemoryError e) {
                pause = USUAL; // said where events are recorded and sent
            }
            Thread.sleep(pause);
        }
    }

    /** Beats once, if it may; says how long to wait until the next time. */
    Duration once() throws InterruptedException {
        if (!sees.getAsBoolean()) {
            return UNHEARD;
        }
        Spool.Progress progress = spool.progress();
        LedgerTransport.HeartbeatResult beat = ledger
                .beat(new Heartbeat(names.project(), names.environment(), spool.agent(),
                        progress.epoch(), progress.acknowledged(), seconds(progress.oldestPending())));
        Long lastSequence = beat.lastSequence();
        if (lastSequence != null) {
            sender.compare(progress, lastSequence);
        }
        if (beat.answered()) {
            backoff.reset();
            return USUAL;
        }
        Duration pause = backoff.next();
        return pause.compareTo(UNHEARD) < 0 ? UNHEARD : pause;
    }

    private @Nullable Long seconds(@Nullable Instant oldest) {
        return oldest == null ? null : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
    }
}
