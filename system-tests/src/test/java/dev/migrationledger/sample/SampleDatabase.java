package dev.migrationledger.sample;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A database of the sample project, migrated as Alembic migrates: each run one transaction, the version row written after
 * each revision's own statements.
 *
 * @param url a JDBC URL with user and password
 */
record SampleDatabase(String url, Map<String, SampleStep> steps) {

    /** The rows of the version table; none where there is no such table. */
    List<String> rows() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            return rows(connection);
        }
    }

    /**
     * Runs what is missing up to a revision.
     *
     * @return the revisions that ran
     */
    List<String> upgrade(String revision) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            createVersionTable(connection);
            List<String> ran = new ArrayList<>();
            List<String> there = implied(rows(connection));
            for (SampleStep step : SampleStep.upTo(revision, steps)) {
                if (!there.contains(step.revision())) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(step.sql());
                    }
                    writeRow(connection, step);
                    ran.add(step.revision());
                }
            }
            connection.commit();
            return ran;
        }
    }

    /** Writes a version that nothing ran for, as {@code alembic stamp --purge} does. */
    void stamp(String revision) throws SQLException {
        SampleStep.upTo(revision, steps);
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            createVersionTable(connection);
            update(connection, "DELETE FROM alembic_version");
            insert(connection, revision);
            connection.commit();
        }
    }

    /** Writes a row beside those that are there, as no migration tool does. */
    void insertByHand(String revision) throws SQLException {
        SampleStep.upTo(revision, steps);
        try (Connection connection = DriverManager.getConnection(url)) {
            update(connection, "insert into alembic_version values (" + literal(revision) + ")");
        }
    }

    private List<String> implied(List<String> rows) {
        return rows.stream()
                .flatMap(row -> SampleStep.upTo(row, steps).stream())
                .map(SampleStep::revision)
                .distinct()
                .toList();
    }

    /** In Alembic's own words, by which an agent distinguishes them from typed ones. */
    private static void writeRow(Connection connection, SampleStep step) throws SQLException {
        String parent = step.parent();
        if (parent == null
                || update(connection, "UPDATE alembic_version SET version_num=%s WHERE alembic_version.version_num = %s"
                        .formatted(literal(step.revision()), literal(parent))) == 0) {
            insert(connection, step.revision());
        }
    }

    private static void insert(Connection connection, String revision) throws SQLException {
        update(connection, "INSERT INTO alembic_version (version_num) VALUES (" + literal(revision) + ")");
    }

    private static String literal(String revision) {
        return "'" + revision.replace("'", "''") + "'";
    }

    private static void createVersionTable(Connection connection) throws SQLException {
        update(connection, """
                CREATE TABLE IF NOT EXISTS alembic_version (
                    version_num VARCHAR(32) NOT NULL,
                    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))""");
    }

    private static List<String> rows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery("SELECT to_regclass('alembic_version') IS NOT NULL")) {
                there.next();
                if (!there.getBoolean(1)) {
                    return List.of();
                }
            }
            try (ResultSet result = statement.executeQuery("SELECT version_num FROM alembic_version ORDER BY 1")) {
                List<String> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(result.getString(1));
                }
                return rows;
            }
        }
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
