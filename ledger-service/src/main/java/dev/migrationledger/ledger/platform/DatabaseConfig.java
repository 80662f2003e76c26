package dev.migrationledger.ledger.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The first contact with the database, whichever it is. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfig {

    /** The oldest PostgreSQL that the ledger is meant for. */
    private static final int OLDEST = 13;

    /**
     * Knocks once before the connection pool and Flyway do: they would say "no database" in two hundred lines each. The ledger's own
     * PostgreSQL has answered already.
     *
     * @param named the configured database URL; empty: the embedded PostgreSQL is used
     */
    @Bean
    FlywayMigrationStrategy knockThenMigrate(
            JdbcConnectionDetails database, @Value("${spring.datasource.url:}") String named) {
        return flyway -> {
            if (!named.isBlank()) {
                knock(database);
            }
            migrate(flyway, database);
        };
    }

    private static void migrate(Flyway flyway, JdbcConnectionDetails database) {
        try {
            // On connections of its own: a change of tables may take longer than any request may.
            Flyway own = Flyway.configure()
                    .configuration(flyway.getConfiguration())
                    .dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
                    .load();
            checkNotNewer(own, database);
            own.migrate();
        } catch (FlywayException e) {
            if (DatabaseLost.in(e).isPresent()) {
                throw e;
            }
            String reason = String.valueOf(e.getMessage())
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isBlank() && !line.contains("http") && !line.startsWith("Either revert"))
                    .collect(Collectors.joining("; "));
            throw new StartupFailure(
                    "The ledger cannot upgrade its tables in %s: %s"
                            .formatted(DatabaseAddress.withoutSecrets(database.getJdbcUrl()), reason),
                    "Make its user the owner of the schema 'ledger', or let it create that schema. If a newer ledger has changed"
                            + " the schema, start that newer ledger.");
        }
    }

    /** Flyway would only warn; a ledger that knows less would write what the newer one does not expect. */
    private static void checkNotNewer(Flyway flyway, JdbcConnectionDetails database) {
        MigrationInfo current = flyway.info().current();
        if (current != null && current.getState() == MigrationState.FUTURE_SUCCESS) {
            throw new StartupFailure(
                    "The tables in %s belong to a newer ledger (table version %s)."
                            .formatted(DatabaseAddress.withoutSecrets(database.getJdbcUrl()), current.getVersion()),
                    "Start that newer ledger, or restore the backup from before the upgrade.");
        }
    }

    private static void knock(JdbcConnectionDetails database) {
        String address = DatabaseAddress.withoutSecrets(database.getJdbcUrl());
        try (Connection connection = DriverManager.getConnection(
                database.getJdbcUrl(), database.getUsername(), database.getPassword())) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            if (major < OLDEST) {
                throw new StartupFailure(
                        "The database at %s is PostgreSQL %d, which is too old.".formatted(address, major),
                        "Use PostgreSQL %d or newer.".formatted(OLDEST));
            }
        } catch (SQLException e) {
            throw new StartupFailure(
                    "The ledger cannot use the database at %s (user %s): %s"
                            .formatted(address, user(database), message(e, database)),
                    "Check that the database is running. Then check spring.datasource.url, spring.datasource.username and"
                            + " spring.datasource.password.");
        }
    }

    private static String user(JdbcConnectionDetails database) {
        return Objects.requireNonNullElse(database.getUsername(), "of the address");
    }

    /** Some messages of drivers repeat the address. */
    private static String message(SQLException e, JdbcConnectionDetails database) {
        String url = database.getJdbcUrl();
        return String.valueOf(e.getMessage()).replace(url, DatabaseAddress.withoutSecrets(url)).replace('\n', ' ');
    }
}
