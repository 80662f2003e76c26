package dev.migrationledger.agent.run;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.send.Backoff;
import dev.migrationledger.agent.send.Sender;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.spool.SpoolFailure;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.RunEnded;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.event.RunClaim;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a run, and sent to the ledger. Nothing here fails: what goes wrong is said, and the command goes on as if
 * nobody recorded anything.
 */
final class Recording implements AutoCloseable {

    /** How long the end of a run may wait for a ledger that does not answer at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final UUID run;
    private final Clock clock;
    private final Consumer<String> log;
    private final RunSpools spools;
    private final @Nullable LedgerClient ledger;
    private @Nullable Spool spool;
    private @Nullable Thread sending;

    private Recording(UUID run, @Nullable LedgerClient ledger, RunSpools spools, Clock clock, Consumer<String> log) {
        this.run = run;
        this.ledger = ledger;
        this.spools = spools;
        this.clock = clock;
        this.log = log;
    }

    /** Records nothing. */
    static Recording none() {
        return new Recording(new UUID(0, 0), null, new RunSpools("", "", Path.of("")), Clock.systemUTC(), _ -> {});
    }

    /**
     * Records into one of these spools.
     *
     * @param log takes a sentence for people
     */
    static Recording of(UUID run, LedgerClient ledger, RunSpools spools, Clock clock, Consumer<String> log) {
        // This command reports once, at its end, what is wrong with the ledger.
        System.setProperty("org.slf4j.simpleLogger.log.dev.migrationledger.agent.send", "off");
        Recording recording = new Recording(run, ledger, spools, clock, log);
        try {
            recording.spool = spools.open(clock);
        } catch (CommandFailure e) {
            log.accept("this run is not recorded: %s".formatted(e.getMessage()));
        }
        return recording;
    }

    /** Absent: nothing is recorded. */
    @Nullable
    Spool spool() {
        return spool;
    }

    /** Before the command starts. It is sent while the command runs. */
    void started(RunClaim claim) {
        record(new RunStarted(run, claim));
        Spool open = spool;
        LedgerClient to = ledger;
        if (open != null && to != null) {
            sending = Thread.ofVirtual().name("send").start(() -> {
                try {
                    new Sender(open, to, new Backoff(new Random())).run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** After the command has ended: sends its events, and those of earlier runs that are still in a spool. */
    void ended(int exitCode) throws InterruptedException {
        record(new RunEnded(run, exitCode));
        Spool open = spool;
        LedgerClient to = ledger;
        if (open == null || to == null) {
            return;
        }
        Thread during = sending;
        if (during != null) {
            during.interrupt();
        }
        Thread last = Thread.ofVirtual().name("send-last").start(() -> deliver(open, to));
        last.join(PATIENCE);
        last.interrupt();
        try {
            long left = open.pending();
            if (left > 0) {
                log.accept(
                        "the ledger at %s does not accept events now; %d events of this run wait in %s for the next run."
                                .formatted(to, left, open.path()));
            }
        } catch (SpoolFailure e) {
            log.accept(String.valueOf(e.getMessage()));
        }
    }

    private void deliver(Spool mine, LedgerClient to) {
        try {
            drain(mine, to);
            if (mine.pending() == 0) {
                for (Path path : spools.others(mine)) {
                    Optional<Spool> other = spools.reopen(path, clock);
                    if (other.isPresent()) {
                        try (Spool left = other.get()) {
                            drain(left, to);
                        }
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SpoolFailure e) {
            // Nothing is lost: the caller reports how much waits, and the next run tries again.
            return;
        }
    }

    private static void drain(Spool spool, LedgerClient to) throws InterruptedException {
        new Sender(spool, to, new Backoff(new Random())).drain(Duration.ZERO);
    }

    private void record(AgentEvent event) {
        Spool open = spool;
        if (open == null) {
            return;
        }
        try {
            // A ledger that was replaced begins a new epoch in between: then once more, for that.
            while (open.record(open.epoch(), List.of(ObservedFact.now(clock.instant(), event)), Map.of()).isEmpty()) {
                Thread.onSpinWait();
            }
        } catch (SpoolFailure e) {
            log.accept("this run is not recorded: %s".formatted(e.getMessage()));
        }
    }

    @Override
    public void close() {
        try {
            if (spool != null) {
                spool.close();
            }
        } catch (SpoolFailure e) {
            log.accept(String.valueOf(e.getMessage()));
        }
    }
}
