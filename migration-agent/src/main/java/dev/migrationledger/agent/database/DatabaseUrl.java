package dev.migrationledger.agent.database;

import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.util.Optional;

/** Where one database is, who asks, and what can be done with it. Nothing connects before it has to. */
public interface DatabaseUrl {

    /** The user that connects. */
    String user();

    /** Whether the URL itself sets a search path for its connections. */
    boolean setsSearchPath();

    /** Observes a version table and the schema around it, as often as asked. */
    DatabaseObserver observer(VersionTableName table, SchemaScope scope);

    /**
     * The schema as it is now, read over a connection of its own.
     *
     * @param table left out of the schema, wherever it is found; it need not exist
     */
    SchemaSnapshot schema(VersionTableName table, SchemaScope scope) throws ObservationException;

    /**
     * Keeps other deploys away for as long as the lock is held.
     *
     * @param table the version table
     * @param name of the version table with its schema, as it was observed
     * @return empty where another process holds the lock
     */
    Optional<DeployLock> lock(VersionTableName table, String name) throws ObservationException;

    /** Installs, removes and inspects what captures changes of a version table. */
    CaptureControl capture(VersionTableName table);

    /** For people: without its password. */
    @Override
    String toString();
}
