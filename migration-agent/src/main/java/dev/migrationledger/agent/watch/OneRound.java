package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.BusyRetry;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsSource;
import dev.migrationledger.agent.tracing.AgentTraces;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import java.time.Clock;
import java.util.Map;

/** What {@code observe} does, for another command: one round into a spool, which somebody else sends. */
public final class OneRound {

    private OneRound() {}

    /** Observes and records; fails if the database cannot be observed. */
    public static void into(
            Spool spool, DatabaseObserver database, MigrationTool tool, ScriptsLocation location, ScriptsSource source,
            Clock clock) throws InterruptedException {
        Watch watch = new Watch(database, new Scripts(tool, location, source, clock), spool, clock, Watch.Mode.OBSERVE,
                Map.of(), AgentTraces.OFF);
        try {
            BusyRetry.of(watch::round);
        } catch (ObservationException e) {
            throw CommandFailure.unknown(String.valueOf(e.getMessage()));
        }
        watch.stop(AgentStopped.Reason.OBSERVED_ONCE);
    }
}
