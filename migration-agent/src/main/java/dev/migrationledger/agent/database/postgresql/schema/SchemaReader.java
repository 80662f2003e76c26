package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Reads a schema in about twenty statements, however many tables there are. No statement locks anything but catalogs, and those
 * in ACCESS SHARE mode: a migration that holds tables is not waited for, and never waits.
 *
 * <p>What is not in a snapshot: owners, rights, comments, tablespaces, statistics, publications, casts, operators, collations,
 * event triggers, values of sequences, versions of extensions and whatever belongs to one.
 */
public final class SchemaReader {

    /**
     * With a search path that leads to its own objects alone the server qualifies every other name that it writes, and values look the same in every
     * session. A statement may take longer than one of a poll: it reads a whole catalog, and only when the schema has changed.
     */
    private static final String SETTINGS = """
            SET LOCAL search_path = pg_catalog, pg_temp; SET LOCAL statement_timeout = '8s'; SET LOCAL timezone = 'UTC';
            SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL extra_float_digits = 1;
            SET LOCAL bytea_output = 'hex'; SET LOCAL quote_all_identifiers = off; SET LOCAL lc_monetary = 'C'""";

    private SchemaReader() {}

    /**
     * The schema as the current transaction sees it. Some of the transaction's settings are others afterwards.
     *
     * @param open in a transaction of one snapshot (REPEATABLE READ), best a READ ONLY one
     * @param versionTable object id of the table that is left out with all that hangs on it; 0: there is none
     */
    public static SchemaSnapshot read(Connection open, SchemaScope scope, long versionTable) throws SQLException {
        int major = open.getMetaData().getDatabaseMajorVersion();
        RowStream cursor = new RowStream(open);
        cursor.execute(SETTINGS);
        ReadingContext reading = new ReadingContext(cursor, major, scope, versionTable);
        try {
            read(reading, versionTable);
        } catch (CatalogNames.Failed e) {
            throw e.reason();
        }
        return SchemaSnapshot.of(reading.objects());
    }

    /** The order is that of needs: names of columns before expressions about them, indexes before the constraints that own them. */
    private static void read(ReadingContext reading, long versionTable) throws SQLException {
        reading.readSchemas();
        reading.relations.read();
        UserTypes types = new UserTypes(reading);
        types.addEnums();
        SequenceReader sequences = new SequenceReader(reading);
        sequences.read();
        Columns columns = new Columns(reading, sequences);
        columns.read();
        sequences.add();
        Indexes indexes = new Indexes(reading, columns);
        indexes.read();
        Constraints constraints = new Constraints(reading, indexes);
        constraints.add();
        indexes.add();
        types.add(columns, constraints);
        Views views = new Views(reading);
        views.read();
        views.add(columns);
        reading.relations.addTables();
        new FunctionReader(reading).add();
        new Triggers(reading).add();
        new Policies(reading).add();
        reading.addSchemas(versionTable);
    }
}
