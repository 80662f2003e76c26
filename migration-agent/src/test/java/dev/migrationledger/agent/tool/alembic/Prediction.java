package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a schema must be after footprints have happened in order, so that it can be held against a real one. */
public final class Prediction {

    /**
     * An object that is there.
     *
     * @param certain whether it must be, or only may be
     */
    public record Expected(Map<String, String> properties, boolean certain) {}

    private final Map<ObjectName, Expected> objects = new HashMap<>();

    public Map<ObjectName, Expected> objects() {
        return objects;
    }

    public void add(Effects effects) {
        effects.changes().forEach(this::add);
    }

    private void add(Change change) {
        boolean certain = change.condition().isAlways();
        ObjectName object = publicly(change.object());
        switch (change) {
            case Create create -> {
                Expected before = objects.get(object);
                objects.put(object, new Expected(
                        properties(create.definition()), certain || (before != null && before.certain())));
            }
            case Alter alter -> objects.computeIfPresent(object, (name, expected) -> {
                Map<String, String> properties = new TreeMap<>(expected.properties());
                Map<String, String> changed = changed(alter.changes());
                if (certain) {
                    properties.putAll(changed);
                } else {
                    properties.keySet().removeAll(changed.keySet());
                }
                return new Expected(properties, expected.certain());
            });
            case Drop _ -> drop(object, certain);
            case Rename rename -> rename(object, publicly(rename.to()));
            case Write _ -> {
                // Rows are no part of a schema.
            }
        }
    }

    private static Map<String, String> properties(Definition definition) {
        Map<String, String> properties = new TreeMap<>();
        switch (definition) {
            case Column column -> {
                put(properties, "type", column.type());
                put(properties, "nullable", column.nullable());
            }
            case Constraint constraint -> put(properties, "columns", joined(constraint.columns()));
            case Index index -> {
                put(properties, "columns", joined(index.columns()));
                put(properties, "table", index.table() == null ? null : index.table().name());
            }
            case Sequence sequence when sequence.owner() != null ->
                put(properties, "ownedBy", sequence.owner().table() + "." + sequence.owner().name());
            default -> {
                // Nothing that is held against the database.
            }
        }
        return properties;
    }

    private static Map<String, String> changed(List<Alteration> changes) {
        Map<String, String> changed = new TreeMap<>();
        for (Alteration change : changes) {
            if (change instanceof Alteration.TypeChanged type) {
                changed.put("type", type.type());
            } else if (change instanceof Alteration.NullableSet nullable) {
                changed.put("nullable", String.valueOf(nullable.nullable()));
            }
        }
        return changed;
    }

    private static void put(Map<String, String> properties, String name, @Nullable Object value) {
        if (value != null) {
            properties.put(name, String.valueOf(value));
        }
    }

    private static @Nullable String joined(@Nullable List<String> columns) {
        return columns == null ? null : String.join(", ", columns);
    }

    private void drop(ObjectName object, boolean certain) {
        Predicate<ObjectName> goes = name -> name.equals(object) || dependsOn(name, object);
        if (certain) {
            objects.keySet().removeIf(goes);
        } else {
            objects.replaceAll((name, expected) -> goes.test(name)
                    ? new Expected(expected.properties(), false)
                    : expected);
        }
    }

    private boolean dependsOn(ObjectName name, ObjectName dropped) {
        Map<String, String> properties = objects.getOrDefault(name, new Expected(Map.of(), true)).properties();
        boolean sameSchema = String.valueOf(name.schema()).equals(dropped.schema());
        return switch (dropped.kind()) {
            case SCHEMA -> dropped.name().equals(name.schema());
            case TABLE -> sameSchema && (dropped.name().equals(name.table())
                    || dropped.name().equals(properties.get("table"))
                    || properties.getOrDefault("ownedBy", "").startsWith(dropped.name() + "."));
            case COLUMN -> sameSchema && String.valueOf(dropped.table()).equals(tableOf(name, properties))
                    && (columns(properties).contains(dropped.name())
                            || (dropped.table() + "." + dropped.name()).equals(properties.get("ownedBy")));
            default -> false;
        };
    }

    private static @Nullable String tableOf(ObjectName name, Map<String, String> properties) {
        String owner = properties.get("ownedBy");
        return name.table() != null
                ? name.table()
                : owner != null ? owner.substring(0, owner.indexOf('.')) : properties.get("table");
    }

    private static List<String> columns(Map<String, String> properties) {
        return Arrays.asList(properties.getOrDefault("columns", "").split(", "));
    }

    private void rename(ObjectName from, ObjectName to) {
        Map<ObjectName, Expected> renamed = new HashMap<>();
        objects.forEach((name, expected) -> renamed.put(
                renamed(name, from, to), new Expected(renamed(name, expected.properties(), from, to),
                        expected.certain())));
        objects.clear();
        objects.putAll(renamed);
    }

    private static ObjectName renamed(ObjectName name, ObjectName from, ObjectName to) {
        if (name.equals(from)) {
            return to;
        }
        boolean sameSchema = String.valueOf(name.schema()).equals(from.schema());
        if (from.kind() == ObjectKind.TABLE && sameSchema && from.name().equals(name.table())) {
            return new ObjectName(name.kind(), to.schema(), to.name(), name.name());
        }
        // PostgreSQL renames a constraint together with its index.
        if (from.kind() == ObjectKind.INDEX && sameSchema && name.kind() == ObjectKind.CONSTRAINT
                && name.name().equals(from.name())) {
            return new ObjectName(name.kind(), name.schema(), name.table(), to.name());
        }
        return name;
    }

    private static Map<String, String> renamed(
            ObjectName name, Map<String, String> properties, ObjectName from, ObjectName to) {
        Map<String, String> renamed = new TreeMap<>(properties);
        if (from.kind() == ObjectKind.ENUM) {
            renamed.computeIfPresent("type", (key, type) -> type.equals(from.name()) ? to.name() : type);
        } else if (from.kind() == ObjectKind.TABLE) {
            renamed.computeIfPresent("table", (key, table) -> table.equals(from.name()) ? to.name() : table);
            renamed.computeIfPresent("ownedBy", (key, owner) -> owner.startsWith(from.name() + ".")
                    ? to.name() + owner.substring(owner.indexOf('.'))
                    : owner);
        } else if (from.kind() == ObjectKind.COLUMN
                && String.valueOf(from.table()).equals(tableOf(name, properties))) {
            UnaryOperator<String> column = one -> one.equals(from.name()) ? to.name() : one;
            renamed.computeIfPresent("columns", (key, columns) -> Arrays.stream(columns.split(", ")).map(column)
                    .collect(Collectors.joining(", ")));
            renamed.computeIfPresent("ownedBy", (key, owner) -> owner.equals(from.table() + "." + from.name())
                    ? to.table() + "." + to.name()
                    : owner);
        }
        return renamed;
    }

    /** A column as {@code CatalogObjects} has it; the type is a question mark where it is not known. */
    public static String column(Expected expected) {
        String type = expected.properties().getOrDefault("type", "?");
        return type + ("false".equals(expected.properties().get("nullable")) ? " not null" : "");
    }

    /** What has no schema is in the first of the search path. */
    private static ObjectName publicly(ObjectName name) {
        boolean without = name.kind() == ObjectKind.SCHEMA || name.kind() == ObjectKind.EXTENSION;
        return name.schema() != null || without
                ? name
                : new ObjectName(name.kind(), "public", name.table(), name.name());
    }
}
