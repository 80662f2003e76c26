package dev.migrationledger.ledger.backup;

import dev.migrationledger.ledger.backup.BackupManifest.Content;
import dev.migrationledger.ledger.backup.BackupManifest.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The tables of a ledger's database in a transaction. */
final class LedgerTables {

    static final String EVENTS = "event";

    private final Connection connection;

    /** Of this transaction: rows as text that does not depend on the server's settings. */
    LedgerTables(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            for (String setting : List.of("datestyle = 'ISO, MDY'", "intervalstyle = 'postgres'", "timezone = 'UTC'",
                    "extra_float_digits = 1", "bytea_output = 'hex'",
                    "statement_timeout = 0")) {
                statement.execute("set local " + setting);
            }
        }
    }

    static String quoted(String table) {
        return "ledger.\"" + table + '"';
    }

    /** The version of the tables' form. */
    String schema() throws SQLException {
        return strings("""
                select version from ledger.flyway_schema_history where success and version is not null
                order by installed_rank desc limit 1""").getFirst();
    }

    /** By name. */
    List<Table> tables() throws SQLException {
        Map<String, List<String>> columns = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        """
                                select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
                                where c.relnamespace = 'ledger'::regnamespace and c.relkind = 'r' and c.relname <> 'flyway_schema_history'
                                and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum""")) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>()).add(rows.getString(2));
            }
        }
        return columns.entrySet().stream().map(one -> new Table(one.getKey(), one.getValue())).toList();
    }

    Map<String, Long> sequences() throws SQLException {
        Map<String, Long> sequences = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select sequencename, last_value from pg_sequences
                        where schemaname = 'ledger' and last_value is not null""")) {
            while (rows.next()) {
                sequences.put(rows.getString(1), rows.getLong(2));
            }
        }
        return sequences;
    }

    void set(Map<String, Long> sequences) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select setval(?::regclass, ?)")) {
            for (Map.Entry<String, Long> one : sequences.entrySet()) {
                set.setString(1, quoted(one.getKey()));
                set.setLong(2, one.getValue());
                set.execute();
            }
        }
    }

    /** Tables that have rows. */
    List<String> filled() throws SQLException {
        List<String> filled = new ArrayList<>();
        for (Table table : tables()) {
            if (!strings("select 'any' from " + quoted(table.name()) + " limit 1").isEmpty()) {
                filled.add(table.name());
            }
        }
        return filled;
    }

    /** Programs that use the database now, but this one. */
    List<String> otherPrograms(String own) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Otherwise a transaction sees them as they were when it asked first.
            statement.execute("select pg_stat_clear_snapshot()");
        }
        try (PreparedStatement query = connection.prepareStatement("""
                select distinct coalesce(nullif(application_name, ''), 'process ' || pid) from pg_stat_activity
                where datname = current_database() and backend_type = 'client backend' and application_name <> ?
                order by 1""")) {
            query.setString(1, own);
            return strings(query.executeQuery());
        }
    }

    void empty(List<String> tables) throws SQLException {
        if (!tables.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("truncate " + String.join(", ", tables.stream().map(LedgerTables::quoted).toList()));
            }
        }
    }

    /** Writes the rows of a table, and returns what they are. */
    Content write(Table table, OutputStream to) throws SQLException, IOException {
        RowsDigest digest = new RowsDigest(to);
        long rows = copies().copyOut(table.copy("to stdout"), digest);
        return new Content(table, rows, digest.hex());
    }

    CopyManager copies() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private List<String> strings(String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return strings(statement.executeQuery(query));
        }
    }

    private static List<String> strings(ResultSet result) throws SQLException {
        try (result) {
            List<String> strings = new ArrayList<>();
            while (result.next()) {
                strings.add(result.getString(1));
            }
            return strings;
        }
    }
}
