package dev.migrationledger.agent.database.option;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.database.SearchPath;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.Setting;
import dev.migrationledger.contracts.text.ListText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which database is meant, the same in every command: use as a picocli mixin. */
public final class DatabaseOptions {

    private static final String VARIABLE = "DATABASE_URL";

    @Option(names = "--database", paramLabel = "URL", description = "URL of the database, in SQLAlchemy's form or JDBC's (default: the URL in env.py, else sqlalchemy.url of the ini, else $DATABASE_URL). Keep the password in $PGPASSWORD or ~/.pgpass.")
    private @Nullable String database;

    @Option(names = "--database-file", paramLabel = "FILE", description = "A file with the URL in its first line, which keeps the password out of the process list. No other user may have access to the file.")
    private @Nullable Path databaseFile;

    @Option(names = "--version-table", paramLabel = "NAME", description = "Name of the version table (default: the name in env.py, else alembic_version).")
    private @Nullable String versionTable;

    @Option(names = "--version-table-schema", paramLabel = "SCHEMA", description = "Schema of the version table (default: the schema in env.py, else the first on the search path that has the table).")
    private @Nullable String versionTableSchema;

    private final Map<String, String> environment;

    public DatabaseOptions() {
        this(System.getenv());
    }

    /** With other environment variables than the process has. */
    public DatabaseOptions(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** What other options said, with the same meaning. */
    static DatabaseOptions of(
            @Nullable String versionTable, @Nullable String versionTableSchema, Map<String, String> environment) {
        DatabaseOptions options = new DatabaseOptions(environment);
        options.versionTable = versionTable;
        options.versionTableSchema = versionTableSchema;
        return options;
    }

    /** The database that is meant; fails with wrong usage if that cannot be said. */
    public DatabaseUrl url(DatabaseTarget configured) {
        return urlIfAny(configured).orElseThrow(() -> CommandFailure.usage(unnamed(configured).orElse(
                "No database is named; give --database URL, or set sqlalchemy.url in the configuration or %s in the environment."
                        .formatted(VARIABLE))));
    }

    /** Why a database that the configuration has is not known: a whole sentence; absent where it has none, or it is known. */
    public Optional<String> unnamed(DatabaseTarget configured) {
        return configured.url().in(environment) instanceof Setting.Computed(String where)
                ? Optional.of("env.py computes the URL of the database (%s). Give it with --database URL or in $%s."
                        .formatted(where, VARIABLE))
                : Optional.empty();
    }

    /** The database that is meant, for commands that do without; absent where nothing names one. */
    public Optional<DatabaseUrl> urlIfAny(DatabaseTarget configured) {
        if (database != null && databaseFile != null) {
            throw CommandFailure.usage("Both --database and --database-file are given; give one of them.");
        }
        if (database != null) {
            return Optional.of(Databases.parse(database, "--database", environment));
        }
        if (databaseFile != null) {
            return Optional.of(Databases.parse(UrlFile.read(databaseFile), "--database-file", environment));
        }
        String url = configured.url().in(environment).literal();
        if (url != null) {
            return Optional.of(Databases.parse(url, configured.urlOrigin(), environment));
        }
        String variable = environment.get(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return Optional.of(Databases.parse(variable, VARIABLE, environment));
        }
        if (configured.urlProblem() != null) {
            throw CommandFailure.usage(configured.urlProblem());
        }
        return Optional.empty();
    }

    /** Whether the command itself names the database, whatever a configuration says. */
    public boolean isGiven() {
        return database != null || databaseFile != null;
    }

    /** The version table that is meant, for commands that would record or change another one; fails with wrong usage if it is not known. */
    public VersionTableName versionTable(DatabaseTarget configured) {
        VersionTableChoice choice = versionTableChoice(configured);
        if (choice.isNameOpen()) {
            throw CommandFailure
                    .usage("env.py computes %s, so the version table is not known; name it with --version-table."
                            .formatted(ListText.and(choice.open())));
        }
        return choice.name();
    }

    /** The version table that is meant. The options win over what a configuration says. */
    public VersionTableChoice versionTableChoice(DatabaseTarget configured) {
        Setting table = versionTable == null
                ? configured.versionTable().in(environment)
                : new Setting.Literal(versionTable);
        Setting configuredSchema = configured.versionTableSchema().in(environment);
        Setting schema = versionTableSchema == null ? configuredSchema : new Setting.Literal(versionTableSchema);
        Setting path = configured.searchPath().in(environment);
        SearchPath searchPath = path.literal() == null ? null : SearchPath.parse(path.literal());
        List<String> open = new ArrayList<>();
        computed("version_table", table).ifPresent(open::add);
        computed("version_table_schema", schema).ifPresent(open::add);
        boolean typed = isGiven()
                && url(configured).setsSearchPath();
        if (schema.literal() == null && !typed) {
            computed("search_path", path).ifPresent(open::add);
            if (path.literal() != null && searchPath == null) {
                open.add("search_path");
            }
        }
        String name = table.literal();
        VersionTableName written = versionTable == null && versionTableSchema == null
                ? null
                : configuredName(configured);
        String called = name == null ? MigrationTools.usualVersionTable() : name;
        return new VersionTableChoice(
                new VersionTableName(schema.literal(), called, surely(written, called), searchPath),
                schema.literal() != null || searchPath != null || typed,
                configuredSchema != Setting.Unset.UNSET && (typed || path == Setting.Unset.UNSET || searchPath != null),
                table instanceof Setting.Computed,
                path != Setting.Unset.UNSET && searchPath == null,
                configured.width(),
                written,
                open);
    }

    /** Whatever a search path may say; absent where that would decide. */
    private static @Nullable String surely(@Nullable VersionTableName written, String called) {
        return written == null || (written.schema() == null && written.table().equals(called))
                ? null
                : written.toString();
    }

    /** The version table that the tool writes, whatever the options say; absent where that is not known. */
    private @Nullable VersionTableName configuredName(DatabaseTarget configured) {
        Setting table = configured.versionTable().in(environment);
        Setting schema = configured.versionTableSchema().in(environment);
        Setting path = configured.searchPath().in(environment);
        if (!isKnown(table, configured) || !isKnown(schema, configured)
                || (schema.literal() == null && (path instanceof Setting.Computed || !isAskedAs(configured)))) {
            return null;
        }
        String name = table.literal();
        return new VersionTableName(schema.literal(), name == null ? MigrationTools.usualVersionTable() : name);
    }

    private static boolean isKnown(Setting setting, DatabaseTarget configured) {
        return setting.literal() != null || (setting == Setting.Unset.UNSET && configured.complete());
    }

    /** Whether the role that is asked is the tool's, as far as that is known: another may have another search path. */
    private boolean isAskedAs(DatabaseTarget configured) {
        String url = configured.url().in(environment).literal();
        try {
            return url == null || Databases.parse(url, configured.urlOrigin(), environment).user()
                    .equals(url(configured).user());
        } catch (CommandFailure unreadable) {
            return false;
        }
    }

    private static Optional<String> computed(String what, Setting setting) {
        return setting instanceof Setting.Computed(String where)
                ? Optional.of("%s (%s)".formatted(what, where))
                : Optional.empty();
    }
}
