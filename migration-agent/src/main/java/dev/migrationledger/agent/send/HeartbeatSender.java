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
 * Sends heartbeats, so the ledger notices when an agent stops watching. An agent that cannot observe its database sends none, because a
 * heartbeat claims that the known state is current. No single heartbeat matters, so none is stored or repeated. Each carries the last
 * sequence that the ledger acknowledged, and the answer carries the last one that the ledger has. If the ledger has less, it was restored
 * or emptied.
 */
public final class HeartbeatSender {

    private static final Duration INTERVAL = Duration.ofSeconds(30);

    /** Until the ledger accepts the first one: it accepts none before it knows the environment. */
    private static final Duration UNTIL_ACCEPTED = Duration.ofSeconds(5);

    private final LedgerTransport ledger;
    private final Spool spool;
    private final Sender sender;
    private final Clock clock;
    private final Names names;
    private final BooleanSupplier observes;
    private final Backoff backoff;

    /** Whose heartbeats these are. */
    public record Names(String project, String environment) {}

    /**
     * @param sender compares its progress with what the ledger has
     * @param observes whether the last observation of the database succeeded
     */
    public HeartbeatSender(
            LedgerTransport ledger, Spool spool, Sender sender, Clock clock, Names names, BooleanSupplier observes,
            Backoff backoff) {
        this.ledger = ledger;
        this.spool = spool;
        this.sender = sender;
        this.clock = clock;
        this.names = names;
        this.observes = observes;
        this.backoff = backoff;
    }

    /** Sends heartbeats until interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            Duration pause;
            try {
                pause = sendOnce();
            } catch (SpoolFailure | OutOfMemoryError e) {
                pause = INTERVAL; // logged where events are recorded and sent
            }
            Thread.sleep(pause);
        }
    }

    /** Sends one heartbeat if the database can be observed, and returns the pause before the next one. */
    Duration sendOnce() throws InterruptedException {
        if (!observes.getAsBoolean()) {
            return UNTIL_ACCEPTED;
        }
        Spool.Progress progress = spool.progress();
        LedgerTransport.HeartbeatResult result = ledger
                .send(new Heartbeat(names.project(), names.environment(), spool.agent(),
                        progress.epoch(), progress.acknowledged(), seconds(progress.oldestPending())));
        Long lastSequence = result.lastSequence();
        if (lastSequence != null) {
            sender.compare(progress, lastSequence);
        }
        if (result.accepted()) {
            backoff.reset();
            return INTERVAL;
        }
        Duration pause = backoff.next();
        return pause.compareTo(UNTIL_ACCEPTED) < 0 ? UNTIL_ACCEPTED : pause;
    }

    private @Nullable Long seconds(@Nullable Instant oldest) {
        return oldest == null ? null : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
    }
}
