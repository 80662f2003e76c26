package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.Interval;
import dev.migrationledger.agent.cli.MemoryLimit;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.NotificationListener;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.ObservationException.Kind;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.send.Backoff;
import dev.migrationledger.agent.send.HeartbeatSender;
import dev.migrationledger.agent.send.LedgerTransport;
import dev.migrationledger.agent.send.Sender;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.spool.SpoolFailure;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.agent.tool.SourceOptions;
import dev.migrationledger.agent.tracing.AgentTraces;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code watch}: the daemon. */
@Command(name = "watch", description = "Watches a database and its scripts, and reports changes to the ledger.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Stopped by SIGTERM or SIGINT.",
    "2:Wrong usage.",
    "3:The user cannot log in or cannot read the version table, or the spool folder was deleted."}, footer = {
        "",
        "Waits for an unreachable database or ledger, and for a version table that does not exist yet."})
public final class WatchCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger("watch");

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** How long the ledger may take to acknowledge the agent's last events. Without an answer they stay in the spool. */
    private static final Duration LAST_DELIVERY = Duration.ofSeconds(3);

    @Mixin
    private final ScriptsOptions scripts = new ScriptsOptions();

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final WatchOptions options = new WatchOptions();

    @Option(names = "--interval", paramLabel = "TIME", defaultValue = "5s", converter = Interval.class, description = "Time between two polls, such as 500ms, 5s or 1m (default: ${DEFAULT-VALUE}).")
    private Duration interval = Duration.ofSeconds(5);

    private final PollTimer timer = new PollTimer();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean observed;
    private volatile int exit = ExitCode.OK;
    private String lastWarning = "";

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        try (LedgerTransport ledger = options.transport(clock)) {
            ScriptsLocation location = scripts.location();
            MigrationTool tool = MigrationTools.of(location);
            DatabaseTarget configured = tool.database(location);
            DatabaseUrl url = database.url(configured);
            Scripts read = new Scripts(tool, location, source.source(), clock);
            try (Spool spool = options.open(clock);
                    AgentTraces traces = options.traces();
                    DatabaseObserver watched = url.observer(database.versionTable(configured),
                            options.scope())) {
                LOG.info("watching database={} versionTable={} ledger={} interval={} agent={} pending={}", url,
                        watched.versionTable(), ledger, interval, spool.agent(), spool.pending());
                Watch watch = new Watch(watched, read, spool, clock, Watch.Mode.watch(interval), options.labels,
                        traces);
                HeartbeatSender.Names names = new HeartbeatSender.Names(
                        options.requiredProject(),
                        options.requiredEnvironment());
                Sender sender = new Sender(spool, ledger, new Backoff(new Random()), traces);
                return run(watch, watched::notifications, spool, sender,
                        new HeartbeatSender(ledger, spool, sender, clock, names, () -> observed,
                                new Backoff(new Random())));
            }
        }
    }

    private int run(Watch watch, Supplier<NotificationListener> notifications, Spool spool, Sender sender,
            HeartbeatSender heartbeats)
            throws InterruptedException {
        SmallHeap heap = new SmallHeap();
        Duration pause = firstRound(watch);
        Thread onSignal = new Thread(this::stopInOrder, "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        Thread sending = Thread.ofVirtual().name("send").start(() -> untilInterrupted(sender::run));
        Thread sendingHeartbeats = Thread.ofVirtual().name("heartbeat").start(() -> untilInterrupted(heartbeats::run));
        heap.afterRound();
        boolean hasSpool = true;
        try (PollTimer between = timer) {
            while (hasSpool) {
                if (watch.captures()) {
                    between.listen(notifications);
                }
                if (between.isStoppedAfter(pause)) {
                    break;
                }
                pause = round(watch, pause);
                heap.afterRound();
                hasSpool = spool.isThere();
            }
        }
        try {
            sendingHeartbeats.interrupt();
            watch.stop(hasSpool ? AgentStopped.Reason.ASKED_TO_STOP : AgentStopped.Reason.SPOOL_DELETED);
            sending.interrupt();
            Thread lastDelivery = Thread.ofVirtual().name("last-delivery").start(() -> drain(sender));
            lastDelivery.join(LAST_DELIVERY);
            lastDelivery.interrupt();
            LOG.info("stopped pending={}", spool.pending());
            if (!hasSpool) {
                LOG.error(
                        "The spool folder {} was deleted or replaced while the agent ran; {} events in it are lost. Start the agent again.",
                        spool.path(), spool.pending());
            }
        } catch (SpoolFailure e) {
            LOG.warn("{}", e.getMessage());
        }
        exit = hasSpool ? ExitCode.OK : ExitCode.UNKNOWN;
        finished.countDown();
        return exit;
    }

    /** A mistake that only a person can correct ends the agent while that person still watches it start. */
    private Duration firstRound(Watch watch) {
        try {
            watch.round();
            observed = true;
            return interval;
        } catch (ObservationException e) {
            if (!e.kind().passes()) {
                throw CommandFailure.unknown(String.valueOf(e.getMessage()));
            }
            return after(e, interval);
        } catch (SpoolFailure e) {
            return afterSpool(e, interval);
        } catch (RuntimeException | Error e) {
            return afterInternal(e, interval);
        }
    }

    private Duration round(Watch watch, Duration before) {
        try {
            watch.round();
            observed = true;
            if (!lastWarning.isEmpty()) {
                LOG.info("The database can be read again.");
                lastWarning = "";
            }
            return interval;
        } catch (ObservationException e) {
            return after(e, before);
        } catch (SpoolFailure e) {
            return afterSpool(e, before);
        } catch (RuntimeException | Error e) {
            return afterInternal(e, before);
        }
    }

    /** The memory was not written either, so the next round observes the same changes again. */
    private Duration afterSpool(SpoolFailure e, Duration before) {
        log(String.valueOf(e.getMessage()));
        return longer(before);
    }

    /** The agent goes on: the next round may succeed, and an agent that has ended watches nothing. */
    private Duration afterInternal(Throwable e, Duration before) {
        observed = false;
        log(e instanceof OutOfMemoryError
                ? MemoryLimit.exceededBy("A round") + ". Give it more, such as MIGRATION_AGENT_OPTS=-Xmx512m."
                : "A round failed with an internal error, please report it: " + e + ".");
        LOG.debug("", e);
        return longer(before);
    }

    private Duration after(ObservationException e, Duration before) {
        if (e.kind() == Kind.BUSY) {
            LOG.debug("{}", e.getMessage());
            return interval;
        }
        observed = false;
        log(String.valueOf(e.getMessage()));
        return longer(before);
    }

    private Duration longer(Duration before) {
        Duration twice = before.multipliedBy(2);
        Duration longest = LONGEST_PAUSE.compareTo(interval) > 0 ? LONGEST_PAUSE : interval;
        return twice.compareTo(longest) > 0 ? longest : twice;
    }

    /** Logs the same warning once. */
    private void log(String warning) {
        if (!warning.equals(lastWarning)) {
            lastWarning = warning;
            LOG.warn("{} Trying again.", warning);
        }
    }

    private interface Loop {
        void run() throws InterruptedException;
    }

    /** Restarts a loop that failed: otherwise the agent would silently send nothing more. */
    private static void untilInterrupted(Loop loop) {
        while (true) {
            try {
                loop.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                LOG.warn("Sending failed with an internal error, please report it: {}. Trying again in a minute.",
                        String.valueOf(e));
            }
            try {
                Thread.sleep(LONGEST_PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void drain(Sender sender) {
        try {
            sender.drain(LAST_DELIVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SpoolFailure e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    /**
     * Runs when the process ends. A requested stop is not a failure, so the exit code is 0. If the agent does not finish in time, the
     * exit code is that of the signal.
     */
    private void stopInOrder() {
        timer.stop();
        try {
            if (finished.await(LAST_DELIVERY.multipliedBy(3).toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(exit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
