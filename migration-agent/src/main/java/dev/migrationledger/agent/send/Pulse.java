package dev.migrationledger.agent.send;

import dev.migrationledger.contracts.envelope.Heartbeat;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Tells the ledger again and again that an agent still watches, so that it is missed when it does not. An agent that cannot see its
 * database keeps quiet: what it would say is that all is as it was. Nothing depends on any one beat, so none is kept or repeated.
 */
public final class Pulse {

    private static final Duration USUAL = Duration.ofSeconds(30);

    /** Until the ledger has heard the first one: it takes none before it knows of the environment. */
    private static final Duration UNHEARD = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final Heartbeat heartbeat;
    private final BooleanSupplier sees;

    /** @param sees whether the last look at the database succeeded */
    public Pulse(Ledger ledger, Heartbeat heartbeat, BooleanSupplier sees) {
        this.ledger = ledger;
        this.heartbeat = heartbeat;
        this.sees = sees;
    }

    /** Beats until interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            Thread.sleep(once());
        }
    }

    /** Beats once, if it may; says how long to wait until the next time. */
    Duration once() throws InterruptedException {
        return sees.getAsBoolean() && ledger.beat(heartbeat) ? USUAL : UNHEARD;
    }
}
