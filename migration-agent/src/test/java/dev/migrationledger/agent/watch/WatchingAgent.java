package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tracing.AgentTraces;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.testsupport.time.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An agent that polls when a test asks it to. It can be stopped and started again, with the same spool. */
final class WatchingAgent implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    private final MovableClock clock = new MovableClock();
    private final String url;
    private final ScriptsLocation scripts;
    private final Path spoolFolder;
    private Spool spool;
    private DatabaseObserver database;
    private Watch watch;

    private WatchingAgent(String url, ScriptsLocation scripts, Path spoolFolder) {
        this.url = url;
        this.scripts = scripts;
        this.spoolFolder = spoolFolder;
        open();
    }

    /** Reads the scripts in {@code versions} of a folder, which has the spool too. */
    static WatchingAgent ofScripts(String url, Path folder) {
        return new WatchingAgent(url, new ScriptsLocation.Folder(folder.resolve("versions"), folder),
                folder.resolve("spool"));
    }

    /**
     * Reads a folder with an {@code alembic.ini}.
     *
     * @param name of its spool, which lies in the folder
     */
    static WatchingAgent ofProject(String url, Path project, String name) {
        return new WatchingAgent(url, new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project),
                project.resolve("spool-" + name));
    }

    private void open() {
        spool = Spool.open(spoolFolder, "navbot", "staging", null, clock);
        database = Databases.parse(url, "--database", Map.of())
                .observer(new VersionTableName(null, MigrationTools.usualVersionTable()), SchemaScope.ALL);
        watch = new Watch(database, new Scripts(MigrationTools.of(scripts), scripts, clock), spool, clock,
                Watch.Mode.watch(INTERVAL), Map.of("tier", "test"), AgentTraces.OFF);
    }

    /** After {@link #close}, as the same installation. */
    void start() {
        open();
    }

    /** What it publishes of what happened since the round before. */
    List<AgentEnvelope> round() throws ObservationException {
        return watch.round();
    }

    /** Likewise, without the envelopes. */
    List<AgentEvent> events() throws ObservationException {
        return round().stream().map(AgentEnvelope::event).toList();
    }

    MovableClock clock() {
        return clock;
    }

    Spool spool() {
        return spool;
    }

    DatabaseObserver database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
        spool.close();
    }
}
