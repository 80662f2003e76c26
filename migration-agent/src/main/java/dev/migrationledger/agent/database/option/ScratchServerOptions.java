package dev.migrationledger.agent.database.option;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.database.ScratchServer;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.tool.DatabaseTarget;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say on which server scratch databases are made: use as a picocli mixin. A database that a configuration names is never
 * taken: it may be in use.
 */
public final class ScratchServerOptions {

    @Option(names = "--database", paramLabel = "URL", description = "URL of an empty database on a server where scratch databases may be made, in the form that the project reads. Nothing is changed in it. Keep the password in $PGPASSWORD or ~/.pgpass.")
    private @Nullable String database;

    @Option(names = "--database-file", paramLabel = "FILE", description = "A file with the URL in its first line, which keeps the password out of the process list. No other user may have access to the file.")
    private @Nullable Path databaseFile;

    @Option(names = "--version-table", paramLabel = "NAME", description = "Name of the version table (default: the name in env.py, else alembic_version).")
    private @Nullable String versionTable;

    @Option(names = "--version-table-schema", paramLabel = "SCHEMA", description = "Schema of the version table (default: the schema in env.py, else the first on the search path).")
    private @Nullable String versionTableSchema;

    private final Map<String, String> environment = System.getenv();

    /** Opens the server; fails with wrong usage if none is named. */
    public ScratchServer open() {
        if ((database == null) == (databaseFile == null)) {
            throw CommandFailure.usage(database == null
                    ? "No database is named. Give --database URL, an empty database beside which scratch databases may be made."
                    : "Both --database and --database-file are given; give one of them.");
        }
        return databaseFile == null
                ? Databases.scratchServer(String.valueOf(database), "--database", environment)
                : Databases.scratchServer(UrlFile.read(databaseFile), "--database-file", environment);
    }

    /** The version table that the project's tool writes; fails with wrong usage if it is not known. */
    public VersionTableName versionTable(DatabaseTarget configured) {
        return DatabaseOptions.of(versionTable, versionTableSchema, environment).versionTable(configured);
    }
}
