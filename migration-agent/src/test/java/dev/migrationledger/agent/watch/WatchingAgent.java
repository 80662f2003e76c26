package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.testsupport.time.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An agent that looks when it is told to. */
final class WatchingAgent implements AutoCloseable {

    private final Spool spool;
    private final DatabaseObserver database;
    private final Watch watch;

    /** @param project a folder with an {@code alembic.ini} */
    WatchingAgent(String url, Path project, String name) {
        MovableClock clock = new MovableClock();
        ScriptsLocation location = new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project);
        spool = Spool.open(project.resolve("spool-" + name), "navbot", name, null, clock);
        database = Databases.parse(url, "--database", Map.of())
                .observer(new VersionTableName(null, MigrationTools.usualVersionTable()), SchemaScope.ALL);
        watch = new Watch(
                database, new Scripts(MigrationTools.of(location), location, clock), spool, clock,
                Watch.Mode.watch(Duration.ofSeconds(5)), Map.of());
    }

    /** What it says of what happened since the round before. */
    List<AgentEvent> round() throws ObservationException {
        return watch.round().stream().map(envelope -> envelope.event()).toList();
    }

    @Override
    public void close() {
        database.close();
        spool.close();
    }
}
