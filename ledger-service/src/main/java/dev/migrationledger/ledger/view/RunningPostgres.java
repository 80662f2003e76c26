package dev.migrationledger.ledger.view;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets a command join the embedded PostgreSQL of a ledger that runs: only one process can have its folder, and the ledger
 * keeps it. Where none runs, the command starts it as the ledger does; where a database is named, that one is used.
 */
final class RunningPostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String URL = "spring.datasource.url";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var settings = context.getEnvironment();
        String folder = settings.getProperty("ledger.embedded.data-dir", "");
        if (settings.getProperty(URL, "").isBlank() && !folder.isBlank()) {
            running(Path.of(folder).resolve("connection.properties")).ifPresent(it -> settings.getPropertySources()
                    .addFirst(new MapPropertySource("running ledger", it)));
        }
    }

    /** How to reach it, if it answers. */
    private static Optional<Map<String, Object>> running(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            return Optional.empty();
        }
        String url = properties.getProperty("url", "");
        String user = properties.getProperty("user", "");
        String password = properties.getProperty("password", "");
        try (var connection = DriverManager.getConnection(url, user, password)) {
            return connection.isValid(2)
                    ? Optional.of(Map.of(
                            URL, url, "spring.datasource.username", user, "spring.datasource.password", password))
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
