package dev.migrationledger.ledger.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/** The rows that a ledger has recorded, inserted once more: into a table like that of its events, on the same PostgreSQL, by bare statements. */
final class BareInserts {

    private final Properties database;
    private long recorded;

    private BareInserts(Properties database) {
        this.database = database;
    }

    /** @param data folder of the ledger's embedded PostgreSQL, which runs */
    static BareInserts beside(Path data) throws IOException, SQLException {
        Properties database = new Properties();
        try (var file = Files.newBufferedReader(data.resolve("connection.properties"))) {
            database.load(file);
        }
        BareInserts bare = new BareInserts(database);
        try (Connection connection = bare.connect(); Statement statement = connection.createStatement()) {
            statement.execute("create schema bare");
            statement.execute("create table bare.event (like ledger.event including defaults including indexes)");
        }
        return bare;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(database.getProperty("url"), database);
    }

    /** What was recorded since the last time, without what judging recorded. */
    List<Object[]> rows() throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(
                        "select * from ledger.event where global_index > ? and payload_type like 'agent.%' order by global_index")) {
            select.setLong(1, recorded);
            ResultSet found = select.executeQuery();
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                Object[] row = new Object[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = found.getObject(i + 1);
                }
                rows.add(row);
                recorded = found.getLong("global_index");
            }
        }
        return rows;
    }

    static void insert(Connection connection, List<Object[]> rows) throws SQLException {
        String row = "(" + String.join(", ", Collections.nCopies(rows.getFirst().length, "?")) + ")";
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into bare.event values " + String.join(", ", Collections.nCopies(rows.size(), row)))) {
            int parameter = 1;
            for (Object[] values : rows) {
                for (Object value : values) {
                    insert.setObject(parameter++, value);
                }
            }
            insert.executeUpdate();
        }
    }
}
