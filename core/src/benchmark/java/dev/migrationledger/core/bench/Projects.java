package dev.migrationledger.core.bench;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A large project: the history of {@link LargeHistory}, in which two of five revisions make a table of five columns with a key and an index,
 * and the others add, change, rename and drop columns, make indexes or write data only. One in eight does something that cannot be read.
 */
final class Projects {

    private static final String SCHEMA = "public";
    private static final Location HERE = Location.line(1);

    final LargeHistory history;
    final Map<String, Footprint> footprints = new HashMap<>();
    private final Map<String, List<Change>> done = new HashMap<>();
    private final List<String> tables = new ArrayList<>();
    private final Random random = new Random(5);

    Projects(int size) {
        history = new LargeHistory(size);
        int number = 0;
        for (Revision revision : history.ordered) {
            List<Change> effects = number % 5 < 2 ? table() : change(number);
            done.put(revision.revision(), effects);
            List<Effect> read = new ArrayList<>(effects);
            if (number % 8 == 3) {
                read.add(new Unread("conn.execute(statement)", new UnknownOperation(Part.UNKNOWN_EXECUTION), null, Location.line(9)));
            }
            footprints.put(revision.revision(), new Footprint(new Effects(read), Effects.NONE));
            number++;
        }
    }

    private List<Change> table() {
        String table = "table_" + tables.size();
        tables.add(table);
        List<Change> effects = new ArrayList<>();
        effects.add(create(ObjectName.table(null, table), Definition.Table.UNKNOWN));
        for (int i = 0; i < 5; i++) {
            effects.add(create(ObjectName.column(null, table, "c" + i), Column.of("integer", i != 0)));
        }
        effects.add(create(new ObjectName(ObjectKind.CONSTRAINT, null, table, table + "_pkey"),
                Definition.Constraint.of(Definition.ConstraintType.PRIMARY_KEY, List.of("c0"))));
        effects.add(index("ix_" + table, table));
        return effects;
    }

    /** Of a table that is old enough to be there on every branch. */
    private List<Change> change(int number) {
        if (tables.size() < 30) {
            return List.of();
        }
        String table = tables.get(random.nextInt(tables.size() - 25));
        ObjectName column = ObjectName.column(null, table, "added_" + number);
        return switch (number % 10) {
            case 2 -> List.of(create(column, Column.of("text", true)));
            case 3 -> List.of(index("ix_" + number, table));
            case 4 -> List.of(alter(ObjectName.column(null, table, "c2"), new Alteration.TypeChanged("bigint")));
            case 7 -> List.of(create(column, Column.of("text", true)),
                    new Rename(column, ObjectName.column(null, table, "renamed_" + number), Condition.ALWAYS, HERE));
            case 8 -> List.of(alter(ObjectName.column(null, table, "c3"), new Alteration.NullableSet(false)));
            default -> List.of();
        };
    }

    private static Change create(ObjectName name, Definition definition) {
        return new Create(name, definition, false, Condition.ALWAYS, HERE);
    }

    private static Change index(String name, String table) {
        return create(new ObjectName(ObjectKind.INDEX, null, null, name),
                Definition.Index.of(ObjectName.table(null, table), List.of("c1"), null));
    }

    private static Change alter(ObjectName column, Alteration change) {
        return new Alter(column, List.of(change), Condition.ALWAYS, HERE);
    }

    /** The database when these have run, in this order. */
    SchemaSnapshot at(Collection<String> revisions) {
        TreeMap<ObjectName, Definition> objects = new TreeMap<>();
        revisions.forEach(revision -> run(revision, objects));
        return SchemaSnapshot.of(objects.entrySet().stream()
                .map(one -> new SchemaObject(one.getKey(), one.getValue())).toList());
    }

    void run(String revision, Map<ObjectName, Definition> objects) {
        for (Change effect : done.getOrDefault(revision, List.of())) {
            ObjectName name = here(effect.object());
            switch (effect) {
                case Create create -> objects.put(name, create.definition());
                case Alter alter -> objects.computeIfPresent(name, (object, before) -> altered(before, alter));
                case Drop _ -> objects.remove(name);
                case Rename rename -> {
                    Definition moved = objects.remove(name);
                    if (moved != null) {
                        objects.put(here(rename.to()), moved);
                    }
                }
                case Write _ -> {
                    // Rows are no part of a schema.
                }
            }
        }
    }

    private static Definition altered(Definition before, Alter alter) {
        return before instanceof Column column
                ? switch (alter.changes().getFirst()) {
                    case Alteration.TypeChanged type -> column.withType(type.type());
                    case Alteration.NullableSet nullable -> column.withNullable(nullable.nullable());
                    default -> column;
                }
                : before;
    }

    static ObjectName here(ObjectName name) {
        return new ObjectName(name.kind(), SCHEMA, name.table(), name.name());
    }
}
