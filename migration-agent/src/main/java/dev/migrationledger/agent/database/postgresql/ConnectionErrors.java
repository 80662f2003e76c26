package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.ObservationException.Kind;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.text.Redaction;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/** What went wrong, in a sentence that names the server, the database, the user and the table, never the password. */
final class ConnectionErrors {

    private final PostgresUrl url;
    private final VersionTableName table;

    ConnectionErrors(PostgresUrl url, VersionTableName table) {
        this.url = url;
        this.table = table;
    }

    ObservationException about(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "28P01" -> failure(Kind.REJECTED,
                    "The server at %s does not accept the password of user '%s' for database '%s'; correct user or password in %s."
                            .formatted(url.hosts(), url.user(), url.database(), url.origin()));
            case "28000" -> failure(Kind.REJECTED,
                    "The server at %s refuses user '%s' for database '%s': %s. Correct %s, or allow the role to connect."
                            .formatted(url.hosts(), url.user(), url.database(), words(e), url.origin()));
            case "08004" -> failure(Kind.REJECTED, rejected(e));
            case "3D000" ->
                failure(Kind.NO_DATABASE, "The server at %s has no database '%s'; correct the name in %s, or create it."
                        .formatted(url.hosts(), url.database(), url.origin()));
            case "42501" -> failure(Kind.FORBIDDEN,
                    "User '%s' may not connect to database '%s' on %s: %s. As its owner: GRANT CONNECT ON DATABASE %s TO %s."
                            .formatted(url.user(), url.database(), url.hosts(), words(e),
                                    CanonicalText.inQuotes(url.database()), role()));
            case "55P03" -> failure(Kind.BUSY,
                    "The version table %s of database '%s' is locked, probably by a migration; try again in a moment."
                            .formatted(table, url.database()));
            case "57014" ->
                failure(Kind.BUSY,
                        "The server at %s took longer than 2 s to read database '%s'; try again in a moment."
                                .formatted(url.hosts(), url.database()));
            // Dropped, or changed in shape, between finding it and reading it.
            case "42P01", "42703", "40001" ->
                failure(Kind.BUSY,
                        "The version table %s of database '%s' changed while it was read; try again in a moment."
                                .formatted(table, url.database()));
            default -> failure(Kind.UNREACHABLE, unreachable(e, state));
        };
    }

    /** Why the schema could not be read, while the rest of a poll could. */
    String aboutSchema(SQLException e) {
        return "57014".equals(e.getSQLState())
                ? "A statement that reads the schema of database '%s' took longer than 8 s; the agent tries again later."
                        .formatted(url.database())
                : "The schema of database '%s' cannot be read: %s; the agent tries again later."
                        .formatted(url.database(), words(e));
    }

    /** The driver has one state for a password that is missing and for a server that does not encrypt. */
    private String rejected(SQLException e) {
        return words(e).contains("SSL")
                ? "The server at %s cannot encrypt the connection as the sslmode of %s demands: %s. Correct sslmode there, or the server."
                        .formatted(url.hosts(), url.origin(), words(e))
                : "The server at %s asks for the password of user '%s', and %s has none; add it there, or set PGPASSWORD."
                        .formatted(url.hosts(), url.user(), url.origin());
    }

    private String unreachable(SQLException e, String state) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "The host name in %s cannot be resolved; check the host in %s.".formatted(url.hosts(),
                        url.origin());
            }
        }
        // Without one the driver never came so far as to connect: an option is wrong, or no host has the role that is asked for.
        if (state.equals("08001") && e.getCause() instanceof IOException) {
            return "No PostgreSQL server answers at %s; check that it is running, and check the address in %s."
                    .formatted(
                            url.hosts(), url.origin());
        }
        return "The server at %s failed to answer about database '%s': %s.".formatted(
                url.hosts(), url.database(), words(e));
    }

    ObservationException noUsage(String schema) {
        return failure(Kind.FORBIDDEN,
                "User '%s' may not use schema '%s' of database '%s', where the version table %s is. As its owner: GRANT USAGE ON SCHEMA %s TO %s."
                        .formatted(url.user(), schema, url.database(), table.table(), CanonicalText.inQuotes(schema),
                                role()));
    }

    ObservationException noSelect(String schema) {
        return failure(Kind.FORBIDDEN,
                "User '%s' may not read the version table %s.%s of database '%s'. As its owner: GRANT SELECT ON %s.%s TO %s."
                        .formatted(url.user(), schema, table.table(), url.database(), CanonicalText.inQuotes(schema),
                                CanonicalText.inQuotes(table.table()), role()));
    }

    ObservationException rowsHidden(String schema) {
        return failure(Kind.FORBIDDEN,
                "Row-level security may hide rows of the version table %s.%s of database '%s' from user '%s'. As its owner: ALTER TABLE %s.%s DISABLE ROW LEVEL SECURITY, or watch with a role that bypasses it."
                        .formatted(schema, table.table(), url.database(), url.user(), CanonicalText.inQuotes(schema),
                                CanonicalText.inQuotes(table.table())));
    }

    ObservationException notATable(String schema) {
        return failure(Kind.NOT_A_VERSION_TABLE,
                "%s.%s of database '%s' is a view or a foreign table, so the writers of its rows are unknown; name the table itself with --version-table and --version-table-schema."
                        .formatted(schema, table.table(), url.database()));
    }

    ObservationException noColumn(String schema) {
        return failure(Kind.NOT_A_VERSION_TABLE,
                "%s.%s of database '%s' has no column version_num, so it is not a version table; name the right one with --version-table and --version-table-schema."
                        .formatted(schema, table.table(), url.database()));
    }

    ObservationException noText(String schema) {
        return failure(Kind.NOT_A_VERSION_TABLE,
                "The column version_num of %s.%s in database '%s' is not varchar, text or char, so it is not read. Change its type, or name the right table with --version-table and --version-table-schema."
                        .formatted(schema, table.table(), url.database()));
    }

    ObservationException foreignCode(String schema, String code) {
        return failure(Kind.FORBIDDEN,
                "%s.%s in database '%s' is not read: %s would run code of its owner with the rights of user '%s'. Drop that, or watch as the table's owner."
                        .formatted(schema, table.table(), url.database(), code, url.user()));
    }

    ObservationException tooManyRows(String schema) {
        return failure(Kind.NOT_A_VERSION_TABLE,
                "%s.%s of database '%s' has more than %d rows, so it is not a version table; name the right one with --version-table and --version-table-schema."
                        .formatted(schema, table.table(), url.database(), CatalogQueries.MOST_ROWS));
    }

    private String role() {
        return CanonicalText.inQuotes(url.user());
    }

    /** The server's own words name roles and databases; the driver's are about the connection. Neither holds a password. */
    String words(SQLException e) {
        if (e instanceof PSQLException p
                && p.getServerErrorMessage() != null
                && p.getServerErrorMessage().getMessage() != null) {
            return Redaction.of(p.getServerErrorMessage().getMessage());
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return url.withoutValues(message.lines().findFirst().orElse(message).replaceFirst("[.\\s]+$", ""));
    }

    private static ObservationException failure(Kind kind, String message) {
        return new ObservationException(kind, message);
    }
}
