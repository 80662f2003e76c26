package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.GapReason.DatabaseNotSeen;
import dev.migrationledger.contracts.event.GapReason.DatabaseNotSeen.Failure;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.event.VersionTable.State;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.Gap;
import dev.migrationledger.core.situation.Observations.Heartbeats;
import dev.migrationledger.core.situation.Observations.OtherVersionTable;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.Silence;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.core.situation.Observations.UnattributedChange;
import dev.migrationledger.core.situation.Observations.VersionTables;
import dev.migrationledger.core.situation.Observations.Watched;
import dev.migrationledger.core.situation.SeenChange;
import dev.migrationledger.core.situation.ToolCalls;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Observations as tests write them. Each part begins with its name at the start of a line; a missing part was not observed.
 *
 * <pre>
 * history                          as drawn
 *   a <- b <- c
 * footprints                       one effect a line; a revision without any cannot be read
 *   a + table users                creates; with columns: + table users (id integer, name text)
 *   a ~ column users.name varchar  alters the type
 *   a > column users.name title    renames
 *   a - column users.title         drops; in one statement: - table users, events; at the end: cascade
 *   a ! users                      writes rows
 *   a ? 12 load(): callee-elsewhere  does what cannot be known
 *   a nothing
 *   a maybe + index ix users       under a condition; if-there: only where it is there
 * problem error config-invalid alembic.ini:3 What is wrong.
 * rows a b                         rows missing, rows none
 * width 64                         of the version table; unlimited
 * other ops.alembic_version a b    another version table with its rows
 * chosen                           the configuration names the version table's schema
 * written ops.alembic_version      the version table that the tool writes
 * schema                           the live one, with definitions; made-by a b: what these would leave
 *   table users
 *   column users.id integer
 *   view names reads users.name    table t inherits users; domain label text; type pair (a label, b integer)
 * evidence                        statuses, changes, gaps, silence
 *   stamped a 2026-11-20T10:00:00Z
 * tool alembic -c deploy/alembic.ini
 * </pre>
 */
final class Observed {

    private final List<String> history = new ArrayList<>();
    private final Scenery scenery = new Scenery();
    private final List<Finding> problems = new ArrayList<>();
    private final Map<String, RevisionStatus> statuses = new HashMap<>();
    private final List<UnattributedChange> changes = new ArrayList<>();
    private @Nullable Gap gap;
    private @Nullable Silence silence;
    private @Nullable VersionTable table;
    private ToolCall tool = ToolCalls.WITHOUT_SCRIPTS;
    private final List<OtherVersionTable> others = new ArrayList<>();
    private @Nullable Integer width;
    private boolean chosen;
    private @Nullable String written;
    private boolean hasHistory;
    private boolean hasSchema;
    private boolean hasEvidence;

    private Observed() {}

    static Observations of(String text) {
        Observed observed = new Observed();
        String part = "";
        for (String line : text.lines().map(line -> line.replaceFirst("\\s*(^|\\s)#.*$", "")).toList()) {
            if (line.isBlank()) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0))) {
                observed.within(part, line.strip());
            } else {
                part = line.split(" ", 2)[0];
                observed.begin(part, line.substring(part.length()).strip());
            }
        }
        return observed.observations();
    }

    private void begin(String part, String rest) {
        switch (part) {
            case "history" -> hasHistory = true;
            case "footprints" -> {
            }
            case "problem" -> problems.add(problem(rest));
            case "rows" -> table = table(rest);
            case "width" -> width = rest.equals("unlimited") ? VersionTables.UNLIMITED : Integer.valueOf(rest);
            case "other" -> {
                String[] words = rest.split(" +", -1);
                others.add(new OtherVersionTable(words[0].split("[.]", -1)[0], words[0].split("[.]", -1)[1],
                        List.of(words).subList(1, words.length)));
            }
            case "chosen" -> chosen = true;
            case "written" -> written = rest;
            case "schema" -> hasSchema = true;
            case "evidence" -> hasEvidence = true;
            case "tool" -> tool = new ToolCall(rest, "", rest.contains("…")
                    ? "Replace '-x …' with the options that choose this database's tenant."
                    : "");
            default -> throw new IllegalArgumentException("no part of observations is called " + part);
        }
    }

    private void within(String part, String line) {
        switch (part) {
            case "history" -> history.add(line);
            case "footprints" -> scenery.footprint(line);
            case "schema" -> scenery.object(line);
            case "evidence" -> evidence(line);
            default -> throw new IllegalArgumentException(part + " has no lines of its own: " + line);
        }
    }

    private static VersionTable table(String rows) {
        return switch (rows) {
            case "missing" -> new VersionTable("public.alembic_version", State.MISSING, List.of());
            case "none" -> new VersionTable("public.alembic_version", State.EMPTY, List.of());
            default -> new VersionTable("public.alembic_version", State.PRESENT, List.of(rows.split(" +", -1)));
        };
    }

    private static Finding problem(String text) {
        String[] words = text.split(" ", 4);
        String[] place = words[2].split(":", -1);
        return new Finding(
                DivergenceCode.valueOf(words[1].toUpperCase(Locale.ROOT).replace('-', '_')),
                Severity.valueOf(words[0].toUpperCase(Locale.ROOT)),
                place[0], words[3],
                List.of(place.length == 1
                        ? Exhibit.file(place[0])
                        : Exhibit.file(place[0], Integer.parseInt(place[1]))),
                List.of());
    }

    private void evidence(String line) {
        String[] words = line.split(" ", 4);
        switch (words[0]) {
            case "applied", "stamped", "implied" -> statuses.put(words[1], new RevisionStatus(
                    words[1], RevisionStatus.Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), false,
                    words.length == 2 ? null : Occurrence.exactly(Instant.parse(words[2])), null));
            case "change" -> {
                String[] by = line.split(" ", 3)[2].split(" by ", -1);
                changes.add(new UnattributedChange(Instant.parse(words[1]),
                        Stream.of(by[0].split("; ", -1)).map(Observed::seen).toList(),
                        by.length == 1
                                ? null
                                : new Attribution(new Attribution.Actor(by[1], "psql", "10.0.0.7", 4711, "751"),
                                        by.length == 2 ? null : by[2], List.of())));
            }
            case "gap" -> gap = new Gap(Instant.parse(words[1]), Instant.parse(words[2]),
                    new DatabaseNotSeen(Failure.valueOf(words[3].toUpperCase(Locale.ROOT))));
            case "silence" -> silence = new Silence(words[1], Instant.parse(words[2]), Instant.parse(words[3]));
            default -> throw new IllegalArgumentException("not a line of evidence: " + line);
        }
    }

    /** Such as {@code column public.users.email was dropped}. */
    private static SeenChange seen(String text) {
        String[] words = text.split(" ", 4);
        String[] parts = words[1].split("\\.", -1);
        ObjectName object = new ObjectName(ObjectKind.valueOf(words[0].toUpperCase(Locale.ROOT)), parts[0],
                parts.length == 3 ? parts[1] : null, parts[parts.length - 1]);
        return switch (words[3]) {
            case "dropped" -> new SeenChange.ObjectDropped(object);
            case "created or changed" -> new SeenChange.ObjectWritten(object);
            default -> throw new IllegalArgumentException("no change is: " + text);
        };
    }

    private Observations observations() {
        ScriptsSeen scripts = null;
        if (hasHistory) {
            RevisionGraph graph = RevisionGraph.of(DrawnHistory.revisions(String.join("\n", history)));
            List<Finding> all = new ArrayList<>(problems);
            all.addAll(ScriptFindings.of(graph.problems()));
            Map<String, Footprint> footprints = scenery.footprints();
            scripts = new ScriptsSeen("alembic.ini", graph, all, footprints);
        }
        SchemaSnapshot snapshot = scenery.snapshot();
        VersionTables tables = width == null && others.isEmpty() ? null : new VersionTables(width, chosen, others);
        return new Observations(scripts, table == null ? null : table.besides(written), tables,
                hasSchema ? new SchemaSeen(snapshot, "public") : null,
                hasEvidence ? new Watched(statuses, changes, gap, new Heartbeats(silence)) : null, tool);
    }
}
