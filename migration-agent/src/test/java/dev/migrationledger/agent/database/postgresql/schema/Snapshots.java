package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Snapshots for tests, as a role that may read nothing but catalogs. */
final class Snapshots {

    private Snapshots() {}

    static SchemaSnapshot of(TestServers server, String database) throws SQLException {
        return of(server, database, SchemaScope.ALL);
    }

    static SchemaSnapshot of(TestServers server, String database, SchemaScope scope) throws SQLException {
        try (Connection connection = server.owner(database); Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION AUTHORIZATION watcher");
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            SchemaSnapshot snapshot = SchemaReader.read(connection, scope, versionTable(connection));
            statement.execute("COMMIT");
            return snapshot;
        }
    }

    static long versionTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT coalesce(to_regclass('public.alembic_version')::oid, 0)")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A file of {@code src/test/resources/schema}, read where it is written when golden files are updated. */
    static String resource(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/schema", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line for each object. */
    static String listed(SchemaSnapshot snapshot) {
        StringBuilder text = new StringBuilder();
        snapshot.objects().forEach(object -> text
                .append("%-18s %s | %s%n".formatted(object.object().kind(), object.object().dotted(),
                        object.text())));
        return text.toString();
    }
}
