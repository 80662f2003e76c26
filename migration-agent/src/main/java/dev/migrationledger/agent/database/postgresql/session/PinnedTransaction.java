package dev.migrationledger.agent.database.postgresql.session;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Begins every transaction of the agent. The owner of a database may set its {@code search_path}, and a function or operator of
 * theirs that an unqualified name leads to would run with the rights of whoever asks. So names are looked up in {@code
 * pg_catalog} alone, from the first statement on that uses any. Only for the transaction: a pooler hands the session on.
 */
public final class PinnedTransaction {

    /** Temporary objects come last: where they are not named they come first. */
    public static final String PIN = "SET LOCAL search_path = pg_catalog, pg_temp";

    /** Nothing in it is looked up on the search path that it asks for. */
    private static final String PATH = "SELECT pg_catalog.unnest(pg_catalog.current_schemas(false))";

    private PinnedTransaction() {}

    /**
     * Begins a transaction.
     *
     * @param begin {@code BEGIN …} with settings of the transaction; it names no object
     */
    public static void begin(Connection open, String begin) throws SQLException {
        begin(open, begin, null);
    }

    /**
     * Begins a transaction.
     *
     * @param begin {@code BEGIN …} with settings of the transaction; it names no object
     * @param path quoted names that the path is to have instead of what the role and the database set; absent: as they set it
     * @return the schemas that this path leads to and the role may use, in order, before names were pinned
     */
    public static List<String> begin(Connection open, String begin, @Nullable String path) throws SQLException {
        String set = path == null ? "" : "; SET LOCAL search_path = " + path;
        List<String> schemas = new ArrayList<>();
        try (Statement statement = open.createStatement()) {
            boolean isRows = statement.execute(begin + set + "; " + PATH + "; " + PIN);
            while (isRows || statement.getUpdateCount() != -1) {
                if (isRows) {
                    try (ResultSet row = statement.getResultSet()) {
                        while (row.next()) {
                            schemas.add(row.getString(1));
                        }
                    }
                }
                isRows = statement.getMoreResults();
            }
        }
        return schemas;
    }

    public static void commit(Connection open) throws SQLException {
        end(open, "COMMIT");
    }

    public static void rollBack(Connection open) throws SQLException {
        end(open, "ROLLBACK");
    }

    private static void end(Connection open, String how) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(how);
        }
    }
}
