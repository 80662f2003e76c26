package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.DatabaseTarget;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which database is meant, the same in every command: use as a picocli mixin. */
public final class DatabaseOptions {

    private static final String VARIABLE = "DATABASE_URL";

    @Option(names = "--database", paramLabel = "URL", description = "The database: a postgresql:// URL, in SQLAlchemy's form or JDBC's (default: sqlalchemy.url of the configuration, then $DATABASE_URL). A password may be left to $PGPASSWORD or ~/.pgpass.")
    private @Nullable String database;

    @Option(names = "--version-table", paramLabel = "NAME", description = "The migration tool's table (default: as the tool has it, alembic_version).")
    private @Nullable String versionTable;

    @Option(names = "--version-table-schema", paramLabel = "SCHEMA", description = "Its schema (default: where the role's search path leads).")
    private @Nullable String versionTableSchema;

    private final Map<String, String> environment;

    public DatabaseOptions() {
        this(System.getenv());
    }

    /** With other environment variables than the process has. */
    public DatabaseOptions(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The database that is meant; fails with wrong usage if that cannot be said. */
    public DatabaseUrl url(DatabaseTarget configured) {
        if (database != null) {
            return DatabaseUrl.parse(database, "--database", environment);
        }
        if (configured.url() != null) {
            return DatabaseUrl.parse(configured.url(), "sqlalchemy.url", environment);
        }
        String variable = environment.get(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return DatabaseUrl.parse(variable, VARIABLE, environment);
        }
        throw CommandFailure.usage(
                "No database is named; give --database URL, or set sqlalchemy.url in the configuration or %s in the environment."
                        .formatted(VARIABLE));
    }

    /** The database that is meant, for commands that do without; absent where nothing names one. */
    public Optional<DatabaseUrl> urlIfAny(DatabaseTarget configured) {
        boolean named = database != null || configured.url() != null
                || !environment.getOrDefault(VARIABLE, "").isBlank();
        return named ? Optional.of(url(configured)) : Optional.empty();
    }

    /** Whether the command itself names the database, whatever a configuration says. */
    public boolean isGiven() {
        return database != null;
    }

    public VersionTableName versionTable(DatabaseTarget configured) {
        String table = versionTable != null ? versionTable : configured.versionTable();
        String schema = versionTableSchema != null ? versionTableSchema : configured.versionTableSchema();
        return new VersionTableName(schema, table == null ? VersionTableName.DEFAULT : table);
    }
}
