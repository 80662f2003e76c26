package dev.migrationledger.agent.database.postgresql.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads long answers a few thousand rows at a time, so that no answer has to fit into memory as a whole. */
final class RowStream {

    private static final int ROWS = 5_000;

    private final Connection open;
    private int opened;

    /** @param open in a transaction */
    RowStream(Connection open) {
        this.open = open;
    }

    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    void each(String sql, Row row) throws SQLException {
        String name = "schema_" + ++opened;
        try (Statement statement = open.createStatement()) {
            statement.execute("DECLARE " + name + " NO SCROLL CURSOR FOR " + sql);
            int count;
            do {
                count = 0;
                try (ResultSet rows = statement.executeQuery("FETCH " + ROWS + " FROM " + name)) {
                    while (rows.next()) {
                        row.read(rows);
                        count++;
                    }
                }
            } while (count == ROWS);
            statement.execute("CLOSE " + name);
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(sql);
        }
    }
}
