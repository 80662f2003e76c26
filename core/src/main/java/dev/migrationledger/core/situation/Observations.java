package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.SchemaEvidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one environment at one moment. What is absent was not looked at: a rule that needs it says nothing.
 *
 * @param scripts absent: nobody could read any
 * @param versionTable absent: nobody could read it
 * @param versionTables absent: nobody looked beyond the rows of the version table
 * @param schema absent: nobody read it
 * @param watch absent: nobody watches, as where somebody asks on a laptop
 * @param tool how this project's migration tool is called
 */
public record Observations(
        @Nullable ScriptsSeen scripts,
        @Nullable VersionTable versionTable,
        @Nullable VersionTables versionTables,
        @Nullable SchemaSeen schema,
        @Nullable Watched watch,
        ToolCall tool) {

    /** The version table is no object of the history, whatever a revision does with it, and a computed schema is an assumption. */
    public Observations {
        if (scripts != null && versionTable != null) {
            VersionTableEffects effects = VersionTableEffects.of(scripts, versionTable.name());
            scripts = effects.others();
            if (versionTables != null && versionTables.width() != null) {
                versionTables = versionTables.with(effects.fitting(versionTable, versionTables.width()));
            }
        }
        scripts = scripts == null || schema == null ? scripts : ComputedSchemas.refuted(scripts, schema);
    }

    /**
     * Scripts as one source has them.
     *
     * @param source as the operator named it
     * @param problems everything wrong with the configuration, the files and the graph
     * @param footprints by revision, of those whose file could be read
     * @param rivals by file, of files that declare an id which another file declares, too; none where nobody asked
     * @param others what other scripts of the same configuration declare
     * @param leftOut by revision that changes objects of schemas which were not looked at, and no others: these schemas
     */
    public record ScriptsSeen(
            String source,
            RevisionGraph graph,
            List<Finding> problems,
            Map<String, Footprint> footprints,
            Map<String, Footprint> rivals,
            OtherScripts others,
            Map<String, Set<String>> leftOut) {
        public ScriptsSeen {
            problems = List.copyOf(problems);
            footprints = Map.copyOf(footprints);
            rivals = Map.copyOf(rivals);
            leftOut = Map.copyOf(leftOut);
        }

        /** The problems of one kind. */
        public List<Finding> problems(DivergenceCode code) {
            return problems.stream().filter(problem -> problem.code() == code).toList();
        }

        /** The same scripts with other footprints. */
        public ScriptsSeen with(Map<String, Footprint> other) {
            return new ScriptsSeen(source, graph, problems, other, rivals, others, leftOut);
        }

        /** The same scripts where only some schemas were looked at. */
        public ScriptsSeen without(Map<String, Set<String>> unlooked) {
            return new ScriptsSeen(source, graph, problems, footprints, rivals, others, unlooked);
        }

        public ScriptsSeen(
                String source, RevisionGraph graph, List<Finding> problems, Map<String, Footprint> footprints,
                Map<String, Footprint> rivals, OtherScripts others) {
            this(source, graph, problems, footprints, rivals, others, Map.of());
        }

        public ScriptsSeen(
                String source, RevisionGraph graph, List<Finding> problems, Map<String, Footprint> footprints) {
            this(source, graph, problems, footprints, Map.of(), OtherScripts.NONE, Map.of());
        }
    }

    /**
     * What other scripts of the same configuration declare, such as those of another section of an ini.
     *
     * @param revisions by id: which scripts have it, such as {@code section 'orders' of alembic.ini}
     * @param objects that they create; one without a schema is in that of its version table
     */
    public record OtherScripts(Map<String, String> revisions, Set<ObjectName> objects) {

        public static final OtherScripts NONE = new OtherScripts(Map.of(), Set.of());

        public OtherScripts {
            revisions = Map.copyOf(revisions);
            objects = Set.copyOf(objects);
        }
    }

    /**
     * What the catalogs say of version tables.
     *
     * @param width how many characters the version table holds or will hold; absent where nobody can tell, {@link #UNLIMITED} where nothing
     *     limits it
     * @param chosen whether somebody named the version table's schema, so that no search path found it
     * @param fitting longer ids, before which a revision that has still to run changes the column
     */
    public record VersionTables(
            @Nullable Integer width, boolean chosen, List<OtherVersionTable> others, Set<String> fitting) {

        public static final int UNLIMITED = Integer.MAX_VALUE;

        public VersionTables {
            others = List.copyOf(others);
            fitting = Set.copyOf(fitting);
        }

        public VersionTables(@Nullable Integer width, boolean chosen, List<OtherVersionTable> others) {
            this(width, chosen, others, Set.of());
        }

        VersionTables with(Set<String> fit) {
            return new VersionTables(width, chosen, others, fit);
        }
    }

    /**
     * Another table of the database with the one column of a version table.
     *
     * @param rows sorted, the first of them; absent where the role cannot read them
     */
    public record OtherVersionTable(
            String schema, String table, @Nullable List<String> rows) {
        public OtherVersionTable {
            rows = rows == null ? null : List.copyOf(rows);
        }

        /** With its schema. */
        public String name() {
            return schema + "." + table;
        }
    }

    /**
     * A live schema.
     *
     * @param defaultSchema where an object goes that names no schema; absent where the search path leads nowhere
     * @param whole whether all schemas were looked at, as far as that is known
     * @param searchPath that another session than the tool's has to set so that names without a schema lead to the same objects; empty: it is
     *     not known. Absent: it need not set any
     */
    public record SchemaSeen(
            SchemaSnapshot snapshot, @Nullable String defaultSchema, boolean whole,
            @Nullable List<String> searchPath) {

        public SchemaSeen {
            searchPath = searchPath == null ? null : List.copyOf(searchPath);
        }

        /** For a search path that was not looked at: PostgreSQL's default is assumed, {@code public}. */
        public SchemaSeen(SchemaSnapshot snapshot, @Nullable String defaultSchema) {
            this(snapshot, defaultSchema, false,
                    defaultSchema == null || defaultSchema.equals("public") ? null : List.of(defaultSchema));
        }
    }

    /**
     * What agents saw happen.
     *
     * @param statuses of each revision that counts as applied, by its id
     * @param changes of the schema or the version table that no migration command that was observed explains, oldest first
     * @param gap the last time in which nothing could be seen and after which something had changed; absent: there is none
     * @param heartbeats absent: it is not known whether agents report as often as they should
     */
    public record Watched(
            Map<String, RevisionStatus> statuses,
            List<UnattributedChange> changes,
            @Nullable Gap gap,
            @Nullable Heartbeats heartbeats) {
        public Watched {
            statuses = Map.copyOf(statuses);
            changes = List.copyOf(changes);
        }
    }

    /**
     * A change that nobody owns up to.
     *
     * @param what a few of the objects, and how many more there are
     * @param by absent where nobody saw who it was
     */
    public record UnattributedChange(
            Instant at, List<SeenChange> what, @Nullable Attribution by) {
        public UnattributedChange {
            what = List.copyOf(what);
        }
    }

    /** A time in which nothing could be seen. */
    public record Gap(Instant from, Instant until, GapReason reason) {}

    /**
     * Whether agents report as often as they should.
     *
     * @param silence absent: they do
     */
    public record Heartbeats(@Nullable Silence silence) {}

    /**
     * An agent that should have spoken and did not.
     *
     * @param since when it was heard last
     * @param asOf when it was missed
     */
    public record Silence(String agent, Instant since, Instant asOf) {}

    /**
     * How a plan's commands call the migration tool, as a shell takes them; {@link ToolCalls} makes it.
     *
     * @param before what stands before the tool's own command, such as {@code alembic -c deploy/alembic.ini -n tenant}
     * @param after what stands after it; empty: nothing
     * @param note what a person has to know before typing a command, in whole sentences; empty: nothing
     */
    public record ToolCall(String before, String after, String note) {

        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@][A-Za-z0-9_./:@%+=,-]*");

        /** One of the tool's commands, to be followed by its own arguments. */
        public String command(String name) {
            return before + " " + name + after;
        }

        /** What a person has to know before typing this command; none: nothing. */
        public List<String> notesOn(String command) {
            return command.startsWith(before) && !note.isEmpty() ? List.of(note) : List.of();
        }

        /** One argument as a shell takes it: quoted where a shell would make something else of it. */
        public static String word(String text) {
            return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
        }
    }

    /** What the schema says about the history; absent unless both were seen. Worked out again by each call. */
    public @Nullable SchemaEvidence evidence() {
        return scripts == null || schema == null
                ? null
                : SchemaEvidence.of(scripts.graph, scripts.footprints, schema.snapshot, schema.defaultSchema,
                        stamped(scripts.graph), scripts.leftOut);
    }

    /** Absent where the version table says nothing of this history. */
    private @Nullable List<String> stamped(RevisionGraph graph) {
        List<String> resolved = versionTable == null ? List.of() : ResolvedRows.of(versionTable, graph).resolved();
        return resolved.isEmpty() ? null : resolved;
    }
}
