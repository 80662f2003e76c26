package dev.migrationledger.agent.run;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.DeployLock;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.gate.DeployGate;
import dev.migrationledger.agent.gate.DeployReport;
import dev.migrationledger.agent.gate.GateDecision;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsSource;
import dev.migrationledger.agent.watch.FirstObservation;
import dev.migrationledger.agent.watch.OneRound;
import dev.migrationledger.contracts.gate.DeployProgress;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A deploy that is allowed: as long as this says that it runs, the ledger allows no other one of the environment. A lock in the database keeps
 * others away also while the ledger does not answer. A run that is killed says nothing any more, and its lock ends with it.
 */
final class GatedDeploy implements AutoCloseable {

    /** The ledger waits for four of them. */
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Target target;
    private final DeployGate gate;
    private final DeployReport report;
    private final DeployLock lock;
    private final Clock clock;
    private final Consumer<String> log;
    private @Nullable Thread heartbeats;
    private @Nullable Integer exitCode;

    /**
     * What is deployed, and where to.
     *
     * @param name project and environment
     */
    record Target(
            String name, DatabaseUrl url, DatabaseObserver database, MigrationTool tool, ScriptsLocation location,
            ScriptsSource source) {

        FirstObservation observe(Clock clock) throws InterruptedException {
            return FirstObservation.of(database, tool, location, source, clock);
        }

        DeployLock lock(FirstObservation first) {
            try {
                return url.lock(database.versionTable(), first.observation().table().name())
                        .orElseThrow(() -> CommandFailure.unknown(
                                "Another 'run --gate' deploys to the version table %s of %s. The command was not started; wait until that ends, and run it again."
                                        .formatted(first.observation().table().name(), url)));
            } catch (ObservationException e) {
                throw CommandFailure.unknown("%s The command was not started.".formatted(e.getMessage()));
            }
        }
    }

    private GatedDeploy(
            Target target, DeployGate gate, DeployReport report, DeployLock lock, Clock clock, Consumer<String> log) {
        this.target = target;
        this.gate = gate;
        this.report = report;
        this.lock = lock;
        this.clock = clock;
        this.log = log;
    }

    /** What came of the question: a deploy, unless it is not allowed. */
    record Answer(DeployReport report, @Nullable GatedDeploy deploy) {}

    /**
     * Asks for the deploy of a run.
     *
     * @param log takes a sentence for people
     */
    static Answer ask(Target target, DeployGate gate, UUID run, Clock clock, Consumer<String> log)
            throws InterruptedException {
        FirstObservation first = target.observe(clock);
        DeployReport report = gate.ask(target.url.toString(), first, run);
        if (report.decision() != GateDecision.ALLOWED) {
            return new Answer(report, null);
        }
        DeployLock lock;
        try {
            lock = target.lock(first);
        } catch (CommandFailure e) {
            end(target, gate, report, null, log);
            throw e;
        }
        GatedDeploy deploy = new GatedDeploy(target, gate, report, lock, clock, log);
        if (!target.observe(clock).isLike(first)) {
            deploy.close();
            throw CommandFailure.unknown(
                    "The scripts, the rows or the schema of %s changed since the answer. The command was not started; run it again."
                            .formatted(target.name));
        }
        if (report.local() == null) {
            deploy.begin();
        }
        return new Answer(report, deploy);
    }

    private static UUID id(DeployReport allowed) {
        return Objects.requireNonNull(allowed.deploy());
    }

    private void begin() {
        heartbeats = Thread.ofVirtual().name("deploy-heartbeat").start(() -> {
            try {
                while (true) {
                    Thread.sleep(PAUSE);
                    gate.ledger().report(new DeployProgress(id(report), false, null));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** After the command: observes what it did, for the spool of the run. */
    void ended(int code, @Nullable Spool spool) throws InterruptedException {
        exitCode = code;
        // The output is the command's.
        System.setProperty("org.slf4j.simpleLogger.log.watch", "warn");
        if (spool == null) {
            return;
        }
        try {
            OneRound.into(spool, target.database, target.tool, target.location, target.source, clock);
        } catch (CommandFailure e) {
            log.accept("what the command did is not observed: %s".formatted(e.getMessage()));
        }
    }

    /** Other deploys may run. */
    @Override
    public void close() {
        Thread running = heartbeats;
        if (running != null) {
            running.interrupt();
        }
        lock.close();
        end(target, gate, report, exitCode, log);
    }

    private static void end(
            Target target, DeployGate gate, DeployReport report, @Nullable Integer exitCode, Consumer<String> log) {
        try {
            if (report.local() != null) {
                gate.deliverDecisions();
            } else if (!gate.ledger().report(new DeployProgress(id(report), true, exitCode))) {
                log.accept("the ledger does not know that this deploy ended; it allows no other one of %s for a minute."
                        .formatted(target.name));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
