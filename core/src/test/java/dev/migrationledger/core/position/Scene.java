package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.testsupport.schema.Sketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A history and a schema, drawn by hand. Names have no schema in scripts and are in {@code public} in the database. */
final class Scene {

    final List<Revision> revisions = new ArrayList<>();
    final Map<String, Footprint> footprints = new HashMap<>();
    final Map<ObjectName, String> schema = new TreeMap<>();

    /** @param parents separated by blanks */
    Scene revision(String id, String parents, Effect... effects) {
        return add(id, parents, "", effects);
    }

    Scene add(String id, String parents, String dependsOn, Effect... effects) {
        revisions.add(new Revision(id, words(parents), words(dependsOn), List.of(), null, id + ".py", "0".repeat(64)));
        footprints.put(id, new Footprint(new Effects(List.of(effects)), Effects.NONE));
        return this;
    }

    /** With places that cannot be read. */
    Scene opaque(String id, String parents, Effect... effects) {
        return reaching(Reach.ANYTHING, id, parents, effects);
    }

    /** With a place that cannot be read and can have changed no more than this. */
    Scene reaching(Reach reach, String id, String parents, Effect... effects) {
        revision(id, parents, effects);
        List<Effect> all = new ArrayList<>(List.of(effects));
        all.add(new Unread("conn.execute(sql)", new UnknownOperation(Part.UNKNOWN_EXECUTION), reach, Location.line(7)));
        footprints.put(id, new Footprint(new Effects(all), Effects.NONE));
        return this;
    }

    private static List<String> words(String words) {
        return words.isBlank() ? List.of() : List.of(words.split(" "));
    }

    /** Puts a table with these columns, each as {@code name type}, into the database. */
    Scene table(String table, String... columns) {
        schema.put(ObjectName.table("public", table), "TABLE");
        for (String column : columns) {
            column(table + "." + column);
        }
        return this;
    }

    /** {@code table.name type}. */
    Scene column(String column) {
        int dot = column.indexOf('.');
        int blank = column.indexOf(' ');
        schema.put(ObjectName.column("public", column.substring(0, dot), column.substring(dot + 1, blank)),
                column.substring(blank + 1));
        return this;
    }

    Scene there(ObjectKind kind, String name, String definition) {
        schema.put(here(named(kind, name)), definition);
        return this;
    }

    Scene without(ObjectKind kind, String name) {
        ObjectName object = here(named(kind, name));
        schema.keySet().removeIf(one -> one.equals(object)
                || (kind == ObjectKind.TABLE && object.name().equals(one.table())));
        return this;
    }

    static ObjectName here(ObjectName name) {
        return name.resolved("public");
    }

    /** {@code table.name} for what belongs to a table. */
    static ObjectName named(ObjectKind kind, String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? new ObjectName(kind, null, null, name)
                : new ObjectName(kind, null, name.substring(0, dot), name.substring(dot + 1));
    }

    SchemaEvidence evidence() {
        return SchemaEvidence.of(RevisionGraph.of(revisions), footprints, snapshot(), null, null, Map.of());
    }

    /** With these rows in the version table. */
    SchemaEvidence stamped(String... rows) {
        return SchemaEvidence.of(RevisionGraph.of(revisions), footprints, snapshot(), null, List.of(rows), Map.of());
    }

    SchemaSnapshot snapshot() {
        return SchemaSnapshot.of(schema.entrySet().stream()
                .map(one -> Sketch.live(one.getKey(), one.getValue())).toList());
    }

    PhysicalState physical() {
        return evidence().physical();
    }

    static Effect[] together(Effect[]... effects) {
        return Arrays.stream(effects).flatMap(Arrays::stream).toArray(Effect[]::new);
    }

    /** A new table with these columns, each as {@code name type}. */
    static Effect[] creates(String table, String... columns) {
        List<Effect> effects = new ArrayList<>();
        effects.add(makes(ObjectKind.TABLE, table));
        for (String column : columns) {
            effects.add(adds(table + "." + column));
        }
        return effects.toArray(Effect[]::new);
    }

    /** A column, as {@code table.name type} with {@code NOT NULL} if it is. */
    static Change adds(String column) {
        int blank = column.indexOf(' ');
        String type = column.substring(blank + 1);
        boolean notNull = type.endsWith(" NOT NULL");
        return makes(ObjectKind.COLUMN, column.substring(0, blank),
                "type", notNull ? type.substring(0, type.length() - " NOT NULL".length()) : type,
                "nullable", String.valueOf(!notNull));
    }

    static Change makes(ObjectKind kind, String name, String... properties) {
        return Sketch.create(named(kind, name), pairs(properties));
    }

    static Change alters(ObjectKind kind, String name, String... properties) {
        return Sketch.alter(named(kind, name), pairs(properties));
    }

    static Change drops(ObjectKind kind, String name) {
        return Sketch.drop(named(kind, name));
    }

    static Change renames(ObjectKind kind, String name, String to) {
        return Sketch.rename(named(kind, name), named(kind, to));
    }

    static Change sometimes(Change change) {
        return change.when(Condition.PERHAPS);
    }

    private static Map<String, String> pairs(String... properties) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            pairs.put(properties[i], properties[i + 1]);
        }
        return pairs;
    }
}
