package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.BusyRetry;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.SearchPath;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.agent.database.option.VersionTableChoice;
import dev.migrationledger.agent.database.option.WhichVersionTable;
import dev.migrationledger.agent.doctor.MissingInput.What;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.event.VersionTable.State;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.core.situation.Observations.VersionTables;
import dev.migrationledger.core.situation.ToolCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a project's scripts and its database, as often as asked, and says what could not be seen. A look is one read-only
 * transaction; what did not change since the last one is not read again. For one thread at a time.
 */
final class Examiner implements AutoCloseable {

    private final @Nullable ProjectScripts scripts;
    private final @Nullable DatabaseUrl url;
    private final @Nullable String unnamed;
    private final VersionTableChoice choice;
    private @Nullable DatabaseObserver database;
    private final List<MissingInput> unseenAtOnce;
    private final SchemaScope scope;
    private @Nullable SchemaRead last;

    /** The schema as it was when it had this mark. */
    private record SchemaRead(Fingerprint database, Fingerprint mark, SchemaSnapshot snapshot) {}

    /** What one look adds. */
    private record Seen(
            @Nullable VersionTable table, @Nullable VersionTables tables,
            @Nullable SchemaSeen schema) {
        static final Seen NOTHING = new Seen(null, null, null);
    }

    /**
     * Looks at nothing yet.
     *
     * @param scripts absent: there are none to be judged
     * @param url absent: there is no database to be judged
     * @param unnamed why not, where the configuration has one
     * @param unseen what is known already to be out of sight
     */
    Examiner(
            @Nullable ProjectScripts scripts, @Nullable DatabaseUrl url, @Nullable String unnamed,
            VersionTableChoice choice, SchemaScope scope, List<MissingInput> unseen) {
        this.scripts = scripts;
        this.url = url;
        this.unnamed = unnamed;
        this.choice = choice;
        this.database = url == null ? null : url.observer(choice.name(), scope);
        this.scope = scope;
        this.unseenAtOnce = List.copyOf(unseen);
    }

    /** What can be seen now. */
    Examination look() throws InterruptedException {
        List<MissingInput> unseen = new ArrayList<>(unseenAtOnce);
        ScriptsSeen read = read(unseen);
        Seen seen = see(read, unseen);
        SchemaSeen schema = seen.schema;
        ScriptsSeen concerned = read;
        if (schema != null) {
            SchemaFilter within = new SchemaFilter(scope.schemas(), schema.defaultSchema(),
                    seen.table == null ? null : seen.table.name());
            List<String> nowhere = within.unknown(schema.snapshot(), read);
            if (nowhere.isEmpty()) {
                concerned = read == null ? null : within.of(read);
            } else {
                schema = null;
                unseen.add(new MissingInput(What.SCHEMA,
                        "The database has no schema '%s', and no revision creates it. Write the name without quotes, with the same capital letters."
                                .formatted(nowhere.getFirst())));
            }
            if (read != null && concerned != null && makesNothing(concerned) && !makesNothing(read)) {
                schema = null;
                unseen.add(new MissingInput(What.SCHEMA,
                        "The scripts create no object in %s. Set --schema to the schema of the version table, or leave it out."
                                .formatted(String.join(", ", scope.schemas()))));
            }
        }
        ToolCall call = scripts == null ? ToolCalls.WITHOUT_SCRIPTS : scripts.call();
        return new Examination(
                new Observations(concerned, seen.table, seen.tables, schema, null, call),
                url == null ? null : url.toString(),
                unnamed,
                unseen);
    }

    private static boolean makesNothing(ScriptsSeen seen) {
        return seen.footprints().values().stream().allMatch(footprint -> footprint.upgrade().changes().isEmpty());
    }

    private @Nullable ScriptsSeen read(List<MissingInput> unseen) {
        try {
            return scripts == null ? null : scripts.now();
        } catch (CommandFailure e) {
            unseen.add(new MissingInput(What.SCRIPTS, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private Seen see(@Nullable ScriptsSeen read, List<MissingInput> unseen) throws InterruptedException {
        if (database == null || url == null) {
            return Seen.NOTHING;
        }
        try {
            Observation look = patiently(database);
            WhichVersionTable which = which(read, look);
            VersionTableName elsewhere = which.elsewhere();
            if (elsewhere != null) {
                database.close();
                last = null;
                database = url.observer(elsewhere, scope);
                look = patiently(database);
            } else if (which.question() != null) {
                unseen.add(new MissingInput(What.VERSION_TABLE, String.valueOf(which.question())));
                return Seen.NOTHING;
            }
            return new Seen(look.table().besides(which(read, look).written()), tables(look),
                    schema(look, read, unseen));
        } catch (ObservationException e) {
            unseen.add(new MissingInput(What.DATABASE, String.valueOf(e.getMessage())));
            return Seen.NOTHING;
        }
    }

    private WhichVersionTable which(@Nullable ScriptsSeen read, Observation look) {
        return new WhichVersionTable(choice, read == null ? null : read.graph(), look.versionTables());
    }

    private @Nullable String defaultSchema(Observation look, @Nullable ScriptsSeen read, SchemaSnapshot snapshot) {
        String name = look.table().name();
        String own = look.table().state() == State.MISSING
                ? choice.name().schema()
                : name.substring(0, name.length() - choice.name().table().length() - 1);
        String first = look.defaultSchema();
        boolean searched = choice.isBesides() || choice.name().searchPath() != null;
        List<String> candidates = new ArrayList<>();
        Stream.ofNullable(searched ? first : own).forEach(candidates::add);
        Stream.ofNullable(searched ? own : first).forEach(candidates::add);
        if (scope.schemas().size() == 1) {
            candidates.add(scope.schemas().getFirst());
        }
        if (choice.isPathOpen()) {
            Stream.ofNullable(DefaultSchema.only(read, snapshot)).forEach(candidates::add);
        }
        return DefaultSchema.among(candidates, read, snapshot);
    }

    private SchemaSeen seen(Observation look, @Nullable ScriptsSeen read, SchemaSnapshot snapshot) {
        String defaultSchema = defaultSchema(look, read, snapshot);
        return new SchemaSeen(snapshot, defaultSchema, scope.schemas().isEmpty(),
                searchPath(look, read, snapshot, defaultSchema));
    }

    /** The search path that psql has to set, if Alembic's sessions have another one than the role. Empty: it is not known. Absent: psql need not set any. */
    private @Nullable List<String> searchPath(
            Observation look, @Nullable ScriptsSeen read, SchemaSnapshot snapshot, @Nullable String defaultSchema) {
        SearchPath set = choice.name().searchPath();
        if (set != null) {
            return set.schemas();
        }
        if (choice.isPathOpen()) {
            return defaultSchema == null || !DefaultSchema.has(defaultSchema, read, snapshot)
                    ? List.of()
                    : List.of(defaultSchema);
        }
        return defaultSchema == null || defaultSchema.equals(look.defaultSchema())
                ? null
                : Stream.concat(Stream.of(defaultSchema), look.searchPath().stream()).distinct().toList();
    }

    private VersionTables tables(Observation look) {
        Integer width = look.table().state() == State.MISSING
                ? choice.width()
                : look.width() == null ? Integer.valueOf(VersionTables.UNLIMITED) : look.width();
        return new VersionTables(width, choice.isChosen(), look.others());
    }

    private Observation patiently(DatabaseObserver asked) throws ObservationException, InterruptedException {
        return BusyRetry.of(() -> asked.examine(last == null ? null : last.mark));
    }

    private @Nullable SchemaSeen schema(Observation look, @Nullable ScriptsSeen read, List<MissingInput> unseen) {
        return switch (look.schema()) {
            case SchemaObservation.Read(SchemaSnapshot snapshot) -> {
                last = new SchemaRead(look.database(), look.mark(), snapshot);
                yield seen(look, read, snapshot);
            }
            case SchemaObservation.Unread(String reason) -> unseen(unseen, reason);
            case SchemaObservation.AsKnown() -> last == null || !last.database.equals(look.database())
                    ? unseen(unseen, "Another database answers now; the next check reads its schema.")
                    : seen(look, read, last.snapshot);
        };
    }

    private @Nullable SchemaSeen unseen(List<MissingInput> unseen, String reason) {
        last = null;
        unseen.add(new MissingInput(What.SCHEMA, reason));
        return null;
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }
}
