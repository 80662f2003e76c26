package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.contracts.text.ListText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What libpq fills in for what a connection string leaves out: first the entries of a service, then environment variables. */
final class LibpqDefaults {

    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("PGHOST", "host"),
            Map.entry("PGPORT", "port"),
            Map.entry("PGDATABASE", "dbname"),
            Map.entry("PGUSER", "user"),
            Map.entry("PGPASSWORD", "password"),
            Map.entry("PGOPTIONS", "options"),
            Map.entry("PGSSLMODE", "sslmode"),
            Map.entry("PGSSLROOTCERT", "sslrootcert"),
            Map.entry("PGSSLCERT", "sslcert"),
            Map.entry("PGSSLKEY", "sslkey"),
            Map.entry("PGCHANNELBINDING", "channel_binding"),
            Map.entry("PGGSSENCMODE", "gssencmode"),
            Map.entry("PGKRBSRVNAME", "krbsrvname"),
            Map.entry("PGREQUIREAUTH", "require_auth"),
            Map.entry("PGTARGETSESSIONATTRS", "target_session_attrs"));

    private LibpqDefaults() {}

    /**
     * All that is given, and the defaults for the rest.
     *
     * @param given by libpq's names
     * @param origin where it was given, for messages
     */
    static Map<String, String> behind(Map<String, String> given, String origin, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(given);
        String service = given.getOrDefault("service", environment.getOrDefault("PGSERVICE", ""));
        if (!service.isEmpty()) {
            service(service, origin, environment).forEach(all::putIfAbsent);
        }
        VARIABLES.forEach((variable, name) -> {
            String value = environment.getOrDefault(variable, "");
            // asyncpg calls libpq's sslmode ssl.
            if (!value.isEmpty() && !(name.equals("sslmode") && all.containsKey("ssl"))) {
                all.putIfAbsent(name, value);
            }
        });
        return all;
    }

    private static Map<String, String> service(String name, String origin, Map<String, String> environment) {
        List<Path> files = files(environment);
        for (Path file : files) {
            Map<String, String> entries = entries(file, name);
            if (entries != null) {
                return entries;
            }
        }
        throw CommandFailure
                .usage("%s names the service '%s', which is not in %s; add it there, or write host and database."
                        .formatted(origin, name, ListText.or(files.stream().map(Path::toString).toList())));
    }

    private static List<Path> files(Map<String, String> environment) {
        List<Path> files = new ArrayList<>();
        try {
            String file = environment.getOrDefault("PGSERVICEFILE", "");
            files.add(file.isEmpty()
                    ? Path.of(System.getProperty("user.home", "."), ".pg_service.conf")
                    : Path.of(file));
            files.add(Path.of(environment.getOrDefault("PGSYSCONFDIR", "/etc/postgresql-common"), "pg_service.conf"));
        } catch (InvalidPathException e) {
            // Then there is no such file.
        }
        return files;
    }

    private static @Nullable Map<String, String> entries(Path file, String service) {
        Map<String, String> entries = null;
        try {
            for (String line : Files.readAllLines(file)) {
                String text = line.strip();
                int equals = text.indexOf('=');
                if (text.startsWith("[")) {
                    if (entries != null) {
                        return entries;
                    }
                    entries = text.equals("[" + service + "]") ? new TreeMap<>() : null;
                } else if (entries != null && equals > 0 && !text.startsWith("#")) {
                    entries.putIfAbsent(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
                }
            }
        } catch (IOException e) {
            return null;
        }
        return entries;
    }
}
