package dev.migrationledger.contracts.bench;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Certainty;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Effects.Unknown;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A large project: the history of {@link MadeUp}, in which two of five revisions make a table of five columns with a key and an index,
 * and the others add, change, rename and drop columns, make indexes or write data only. One in eight does something that cannot be read.
 */
final class Projects {

    private static final String SCHEMA = "public";

    final MadeUp history;
    final Map<String, Footprint> footprints = new HashMap<>();
    private final Map<String, List<Effect>> done = new HashMap<>();
    private final List<String> tables = new ArrayList<>();
    private final Random random = new Random(5);

    Projects(int size) {
        history = new MadeUp(size);
        int number = 0;
        for (Revision revision : history.ordered) {
            List<Effect> effects = number % 5 < 2 ? table() : change(number);
            done.put(revision.revision(), effects);
            List<Unknown> unknowns = number % 8 == 3
                    ? List.of(new Unknown(9, "conn.execute(statement)", "what it runs is computed"))
                    : List.of();
            footprints.put(revision.revision(), new Footprint(new Effects(effects, unknowns), Effects.NONE));
            number++;
        }
    }

    private List<Effect> table() {
        String table = "table_" + tables.size();
        tables.add(table);
        List<Effect> effects = new ArrayList<>();
        effects.add(effect(Action.CREATE, ObjectName.table(null, table), Map.of()));
        for (int i = 0; i < 5; i++) {
            effects.add(effect(Action.CREATE, ObjectName.column(null, table, "c" + i),
                    Map.of("type", "integer", "nullable", i == 0 ? "false" : "true")));
        }
        effects.add(effect(Action.CREATE, new ObjectName(ObjectKind.CONSTRAINT, null, table, table + "_pkey"),
                Map.of("kind", "primary key", "columns", "c0")));
        effects.add(effect(Action.CREATE, new ObjectName(ObjectKind.INDEX, null, null, "ix_" + table),
                Map.of("table", table, "columns", "c1")));
        return effects;
    }

    /** Of a table that is old enough to be there on every branch. */
    private List<Effect> change(int number) {
        if (tables.size() < 30) {
            return List.of();
        }
        String table = tables.get(random.nextInt(tables.size() - 25));
        ObjectName column = ObjectName.column(null, table, "added_" + number);
        return switch (number % 10) {
            case 2 -> List.of(effect(Action.CREATE, column, Map.of("type", "text", "nullable", "true")));
            case 3 -> List.of(effect(Action.CREATE, new ObjectName(ObjectKind.INDEX, null, null, "ix_" + number),
                    Map.of("table", table, "columns", "c1")));
            case 4 -> List.of(effect(Action.ALTER, ObjectName.column(null, table, "c2"), Map.of("type", "bigint")));
            case 7 -> List.of(
                    effect(Action.CREATE, column, Map.of("type", "text", "nullable", "true")),
                    new Effect(Action.RENAME, column, ObjectName.column(null, table, "renamed_" + number), Map.of(),
                            Certainty.CERTAIN, 1));
            case 8 -> List.of(effect(Action.ALTER, ObjectName.column(null, table, "c3"), Map.of("nullable", "false")));
            default -> List.of();
        };
    }

    private static Effect effect(Action action, ObjectName name, Map<String, String> properties) {
        return new Effect(action, name, null, properties, Certainty.CERTAIN, 1);
    }

    /** The database when these have run, in this order. */
    SchemaSnapshot at(Collection<String> revisions) {
        TreeMap<ObjectName, Map<String, String>> objects = new TreeMap<>();
        revisions.forEach(revision -> run(revision, objects));
        return SchemaSnapshot.of(objects.entrySet().stream()
                .map(one -> new SchemaObject(one.getKey(), definition(one.getValue()))).toList());
    }

    void run(String revision, Map<ObjectName, Map<String, String>> objects) {
        for (Effect effect : done.getOrDefault(revision, List.of())) {
            ObjectName name = here(effect.object());
            switch (effect.action()) {
                case CREATE -> objects.put(name, effect.properties());
                case ALTER -> objects.computeIfPresent(name, (object, before) -> {
                    Map<String, String> after = new HashMap<>(before);
                    after.putAll(effect.properties());
                    return after;
                });
                case DROP -> objects.remove(name);
                case RENAME -> {
                    Map<String, String> moved = objects.remove(name);
                    if (moved != null) {
                        objects.put(here(Objects.requireNonNull(effect.renamedTo())), moved);
                    }
                }
                case WRITE -> {
                    // Rows are no part of a schema.
                }
            }
        }
    }

    static String definition(Map<String, String> properties) {
        return properties.getOrDefault("type", "") + ("false".equals(properties.get("nullable")) ? " NOT NULL" : "");
    }

    static ObjectName here(ObjectName name) {
        return new ObjectName(name.kind(), SCHEMA, name.table(), name.name());
    }
}
