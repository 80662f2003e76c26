package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.event.VersionTable.State;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.ToolCalls;
import dev.migrationledger.testsupport.schema.Sketch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A database and its scripts in memory, on which a plan's commands do what the migration tool would do. A revision that cannot run,
 * or changes rows for the second time, fails the test.
 */
final class Bench {

    private final List<Revision> revisions;
    private final Map<String, Footprint> footprints;
    private final Map<String, Footprint> read;
    private final TreeMap<ObjectName, String> objects = new TreeMap<>();
    private final Set<String> ran = new HashSet<>();
    private List<String> rows = List.of();

    Bench(MadeUpHistory history) {
        this.revisions = new ArrayList<>(history.revisions());
        this.footprints = new TreeMap<>(history.footprints());
        this.read = new TreeMap<>(history.read());
    }

    RevisionGraph graph() {
        return RevisionGraph.of(revisions);
    }

    /** Brings a new database to a set of revisions, in an order that the graph allows. */
    void migrate(Collection<String> heads) {
        graph().upgradePath(List.of(), List.copyOf(heads)).forEach(this::run);
    }

    /** The same, but for one revision; false where another cannot run without it. */
    boolean migrateWithout(Collection<String> heads, String left) {
        try {
            graph().upgradePath(List.of(), List.copyOf(heads)).stream()
                    .filter(revision -> !revision.equals(left))
                    .forEach(this::run);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    void write(List<String> versions) {
        rows = versions.stream().sorted().toList();
    }

    List<String> rows() {
        return rows;
    }

    List<ObjectName> objects() {
        return List.copyOf(objects.keySet());
    }

    /** By hand. */
    void drop(ObjectName object) {
        objects.keySet().removeIf(part -> object.holds(part));
    }

    Observations observe() {
        RevisionGraph graph = graph();
        return new Observations(
                new ScriptsSeen("here", graph, ScriptFindings.of(graph.problems()), read),
                new VersionTable("public.alembic_version", rows.isEmpty() ? State.EMPTY : State.PRESENT, rows),
                null,
                new SchemaSeen(SchemaSnapshot.of(objects.entrySet().stream()
                        .map(e -> Sketch.live(e.getKey(), e.getValue())).toList()), "public"),
                null, ToolCalls.WITHOUT_SCRIPTS);
    }

    void execute(String command) {
        List<String> words = Stream.of(command.replaceAll("\"[^\"]*\"|\\|.*", "").split(" +", -1))
                .filter(word -> !word.isEmpty()).toList();
        List<String> arguments = words.subList(2, words.size());
        switch (words.get(1)) {
            case "stamp" -> stamp(arguments);
            case "upgrade" -> upgrade(arguments);
            case "merge" -> revisions.add(new Revision("merge" + revisions.size(),
                    arguments.subList(1, arguments.size()), List.of(), List.of(), null, "merge.py", "0".repeat(64)));
            default -> throw new AssertionError("no plan may run " + command);
        }
        if (words.get(1).equals("merge")) {
            footprints.put(revisions.getLast().revision(), Footprint.NONE);
            read.put(revisions.getLast().revision(), Footprint.NONE);
        }
    }

    /** Plain, it moves along one line or from nothing: on anything else the tool's answer is not what a plan may rely on. */
    private void stamp(List<String> arguments) {
        boolean purge = arguments.getFirst().equals("--purge");
        List<String> target = arguments.stream().filter(word -> !word.equals("--purge") && !word.equals("base"))
                .toList();
        if (!purge && !rows.isEmpty()) {
            RevisionGraph graph = graph();
            if (rows.size() > 1 || target.size() > 1 || !graph.contains(rows.getFirst())
                    || !(graph.implied(rows).containsAll(target) || graph.implied(target).containsAll(rows))) {
                throw new AssertionError("a plain stamp from " + rows + " to " + target);
            }
        }
        write(target);
    }

    private void upgrade(List<String> arguments) {
        RevisionGraph graph = graph();
        if (arguments.contains("--sql")) {
            run(arguments.getFirst().substring(arguments.getFirst().indexOf(':') + 1));
            return;
        }
        if (!graph.overlapping(rows).isEmpty() || !graph.unknown(rows).isEmpty()) {
            throw new AssertionError("an upgrade from " + rows);
        }
        if (arguments.getFirst().equals("head") && graph.heads().size() != 1) {
            throw new AssertionError("upgrade head with " + graph.heads());
        }
        graph.upgradePath(rows, graph.realHeads()).forEach(this::run);
        write(graph.realHeads());
    }

    private void run(String revision) {
        Footprint footprint = Objects.requireNonNull(footprints.get(revision));
        boolean again = !ran.add(revision);
        for (Change effect : footprint.upgrade().changes()) {
            if (again && effect.action() == Action.WRITE) {
                throw new AssertionError(revision + " changes rows for the second time");
            }
            apply(revision, effect);
        }
    }

    private void apply(String revision, Change effect) {
        ObjectName object = effect.object().resolved("public");
        boolean there = objects.containsKey(object);
        String table = object.table();
        if (table != null && !objects.containsKey(ObjectName.table(object.schema(), table))) {
            throw new AssertionError(revision + " finds no table " + table);
        }
        if (there == (effect.action() == Action.CREATE)) {
            throw new AssertionError(revision + " cannot " + effect.action() + " " + object.dotted());
        }
        switch (effect) {
            case Create create -> objects.put(object, create.definition() instanceof Definition.Column column
                    ? String.valueOf(column.type())
                    : "table");
            case Alter alter -> objects.put(object,
                    alter.changes().getFirst() instanceof Alteration.TypeChanged type ? type.type() : "table");
            case Drop _ -> objects.keySet().removeIf(part -> object.holds(part));
            case Rename rename -> objects.put(rename.to().resolved("public"),
                    Objects.requireNonNull(objects.remove(object)));
            case Write _ -> {
            }
        }
    }
}
