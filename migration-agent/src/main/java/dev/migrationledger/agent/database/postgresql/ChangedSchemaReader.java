package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.agent.database.postgresql.schema.CatalogFingerprint;
import dev.migrationledger.agent.database.postgresql.schema.SchemaReader;
import dev.migrationledger.agent.database.postgresql.session.PinnedTransaction;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Fingerprint;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads the schema of an observed database, unless the fingerprint of its catalogs is known. */
final class ChangedSchemaReader {

    private final String database;
    private final SchemaScope scope;
    private final ConnectionErrors errors;
    private @Nullable Marked marked;

    /** @param snapshot of the connection's last observation, as the server writes it */
    private record Marked(String snapshot, Fingerprint mark) {}

    /** @param database its name, for messages */
    ChangedSchemaReader(String database, SchemaScope scope, ConnectionErrors errors) {
        this.database = database;
        this.scope = scope;
        this.errors = errors;
    }

    /** @param snapshot of the transaction: in the same one the catalogs cannot have changed */
    Fingerprint mark(Connection open, String snapshot) throws SQLException {
        Marked last = marked;
        if (last != null && last.snapshot.equals(snapshot)) {
            return last.mark;
        }
        Fingerprint mark = CatalogFingerprint.read(open);
        marked = new Marked(snapshot, mark);
        return mark;
    }

    /** Another connection may lead to another server. */
    void disconnected() {
        marked = null;
    }

    /**
     * Ends the transaction of an observation, after reading the schema if it has to. A failure must not cost the rest of the observation.
     *
     * @param otherwise what is known without reading: {@code AsKnown} means that nothing is read
     * @param versionTable its oid, 0 for none: it is left out
     */
    SchemaObservation read(Connection open, SchemaObservation otherwise, long versionTable) throws SQLException {
        if (otherwise instanceof SchemaObservation.AsKnown) {
            PinnedTransaction.commit(open);
            return otherwise;
        }
        try {
            SchemaSnapshot snapshot = SchemaReader.read(open, scope, versionTable);
            PinnedTransaction.commit(open);
            return new SchemaObservation.Read(snapshot);
        } catch (SQLException e) {
            if (open.isClosed()) {
                throw e;
            }
            PinnedTransaction.rollBack(open);
            return new SchemaObservation.Unread(errors.aboutSchema(e));
        } catch (RuntimeException e) {
            // Catalogs of an untested server: the rest of the observation does not depend on them.
            PinnedTransaction.rollBack(open);
            return new SchemaObservation.Unread("The schema of database '%s' cannot be understood, please report it: %s"
                    .formatted(database, e));
        }
    }
}
