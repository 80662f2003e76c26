package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Alteration.NullableSet;
import dev.migrationledger.contracts.footprint.Alteration.TypeChanged;
import dev.migrationledger.contracts.footprint.Alteration.ValueAdded;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.testsupport.schema.Sketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A database as PostgreSQL would keep it: each object stands alone and says what it is about, and what is dropped takes along what
 * is about it. It knows nothing of histories.
 */
final class Simulated {

    /** Of a table, column, constraint, index or enum; what does not apply is empty. */
    record Thing(String table, List<String> columns, String type, boolean notNull, String kind, String references) {

        static Thing of(Definition definition, String table) {
            return switch (definition) {
                case Column column -> new Thing(table, List.of(), String.valueOf(column.type()),
                        Boolean.FALSE.equals(column.nullable()), "", "");
                case Constraint constraint -> new Thing(table, Objects.requireNonNull(constraint.columns()), "", false,
                        Objects.requireNonNull(constraint.type()).words(),
                        constraint.references() == null ? "" : constraint.references().name());
                case Index index -> new Thing(Objects.requireNonNull(index.table()).name(),
                        Objects.requireNonNull(index.columns()), "", false, "", "");
                case EnumType type -> new Thing(table, List.of(),
                        String.join(", ", Objects.requireNonNull(type.values())), false, "", "");
                default -> new Thing(table, List.of(), "", false, "", "");
            };
        }
    }

    final TreeMap<ObjectName, Thing> things = new TreeMap<>();

    Simulated copy() {
        Simulated copy = new Simulated();
        copy.things.putAll(things);
        return copy;
    }

    boolean has(ObjectKind kind, String name) {
        return things.containsKey(Scene.named(kind, name));
    }

    List<ObjectName> all(ObjectKind kind) {
        return things.keySet().stream().filter(one -> one.kind() == kind).toList();
    }

    /** @throws IllegalStateException if the database would refuse it */
    void run(Effect effect) {
        switch (effect) {
            case Create create -> {
                require(!things.containsKey(create.object()), effect);
                things.put(create.object(), Thing.of(create.definition(),
                        Objects.requireNonNullElse(create.object().table(), "")));
            }
            case Alter alter -> {
                require(things.containsKey(alter.object()), effect);
                alter.changes().forEach(
                        change -> things.computeIfPresent(alter.object(), (name, thing) -> altered(thing, change)));
            }
            case Drop drop -> {
                require(things.containsKey(drop.object()), effect);
                drop(drop.object());
            }
            case Rename rename -> {
                require(things.containsKey(rename.object()) && !things.containsKey(rename.to()), effect);
                rename(rename.object(), rename.to());
            }
            case Write _,Unread _ -> {
                // Rows are not kept.
            }
        }
    }

    private static void require(boolean possible, Effect effect) {
        if (!possible) {
            throw new IllegalStateException("cannot run: " + effect);
        }
    }

    private static Thing altered(Thing thing, Alteration change) {
        return switch (change) {
            case TypeChanged type ->
                new Thing(thing.table, thing.columns, type.type(), thing.notNull, thing.kind, thing.references);
            case NullableSet nullable -> new Thing(
                    thing.table, thing.columns, thing.type, !nullable.nullable(), thing.kind, thing.references);
            case ValueAdded added -> new Thing(thing.table, thing.columns, thing.type + ", " + added.value(),
                    thing.notNull, thing.kind, thing.references);
            default -> throw new IllegalStateException("not simulated: " + change);
        };
    }

    void drop(ObjectName object) {
        things.remove(object);
        things.entrySet().removeIf(one -> switch (object.kind()) {
            case TABLE -> one.getValue().table.equals(object.name()) || one.getValue().references.equals(object.name());
            case COLUMN ->
                one.getValue().table.equals(object.table()) && one.getValue().columns.contains(object.name());
            case ENUM -> one.getKey().kind() == ObjectKind.COLUMN && one.getValue().type.equals(object.name());
            default -> false;
        });
        // What was over a column that went with its type.
        if (object.kind() == ObjectKind.ENUM) {
            things.entrySet().removeIf(one -> one.getValue().columns.stream().anyMatch(
                    column -> !has(ObjectKind.COLUMN, one.getValue().table + "." + column)));
        }
    }

    void rename(ObjectName from, ObjectName to) {
        Map<ObjectName, Thing> before = new TreeMap<>(things);
        things.clear();
        before.forEach((name, thing) -> things.put(renamed(name, from, to), switch (from.kind()) {
            case TABLE ->
                new Thing(thing.table.equals(from.name()) ? to.name() : thing.table, thing.columns, thing.type,
                        thing.notNull, thing.kind, thing.references.equals(from.name()) ? to.name() : thing.references);
            case COLUMN -> !thing.table.equals(from.table())
                    ? thing
                    : new Thing(thing.table,
                            thing.columns.stream().map(one -> one.equals(from.name()) ? to.name() : one).toList(),
                            thing.type, thing.notNull, thing.kind, thing.references);
            case ENUM -> new Thing(thing.table, thing.columns,
                    name.kind() == ObjectKind.COLUMN && thing.type.equals(from.name()) ? to.name() : thing.type,
                    thing.notNull, thing.kind, thing.references);
            default -> thing;
        }));
    }

    private static ObjectName renamed(ObjectName name, ObjectName from, ObjectName to) {
        return name.equals(from)
                ? to
                : from.kind() == ObjectKind.TABLE && from.name().equals(name.table())
                        ? new ObjectName(name.kind(), null, to.name(), name.name())
                        : name;
    }

    SchemaSnapshot snapshot() {
        List<SchemaObject> objects = new ArrayList<>();
        things.forEach((name, thing) -> objects.add(Sketch.live(Scene.here(name), definition(name, thing))));
        return SchemaSnapshot.of(objects);
    }

    private String definition(ObjectName name, Thing thing) {
        return switch (name.kind()) {
            case TABLE -> "TABLE";
            case COLUMN -> (has(ObjectKind.ENUM, thing.type) ? "public." : "") + thing.type
                    + (thing.notNull ? " NOT NULL" : "");
            case ENUM ->
                "(" + String.join(", ", Arrays.stream(thing.type.split(", ")).map(one -> "'" + one + "'").toList())
                        + ")";
            case INDEX -> "ON public." + thing.table + " USING btree (" + String.join(", ", thing.columns) + ")";
            default -> thing.kind.toUpperCase(Locale.ROOT) + " (" + String.join(", ", thing.columns) + ")"
                    + (thing.references.isEmpty() ? "" : " REFERENCES " + thing.references);
        };
    }
}
