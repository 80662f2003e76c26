package dev.migrationledger.agent.database;

import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.VersionTableObservation;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Fingerprint;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Observes one database. Each observation is one short read-only transaction that no migration waits for. For one thread at a
 * time.
 */
public interface DatabaseObserver extends AutoCloseable {

    VersionTableName versionTable();

    SchemaScope scope();

    /**
     * The version table alone.
     *
     * @param known transactions whose traces are known and need not be searched again
     * @param cursor up to where captured changes were read; absent: from their beginning
     */
    Observation observe(Collection<String> known, @Nullable String cursor) throws ObservationException;

    /**
     * The version table, and the schema unless it is still as it was.
     *
     * @param known transactions whose traces are known and need not be searched again
     * @param cursor up to where captured changes were read; absent: from their beginning
     * @param mark that the schema had when it was read; absent: it was never read
     */
    Observation observe(Collection<String> known, @Nullable String cursor, @Nullable Fingerprint mark)
            throws ObservationException;

    /**
     * The version table, other tables that look like one, and the schema unless it is still as it was.
     *
     * @param mark that the schema had when it was read; absent: it was never read
     */
    Observation examine(@Nullable Fingerprint mark) throws ObservationException;

    /**
     * The rows of the version table and nothing else, in the shortest time. Other tables that look like one are searched where it is missing.
     *
     * @param others whether they are searched in any case
     */
    VersionTableObservation versionTable(boolean others) throws ObservationException;

    /**
     * Deletes captured changes that the ledger has. A failure does no harm: the log of captured changes is bounded.
     *
     * @param table the version table that they are of, as an observation named it
     * @param cursor of the last observation whose changes the ledger has
     */
    void forget(VersionTable table, String cursor);

    /** Wakes the agent when something was captured, over a connection of its own. */
    NotificationListener notifications();

    @Override
    void close();
}
