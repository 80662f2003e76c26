package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Certainty;
import dev.migrationledger.contracts.footprint.Effects;
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

/** What a schema must look like after footprints have happened in order, so that it can be held against a real one. */
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
        effects.effects().forEach(this::add);
    }

    private void add(Effect effect) {
        boolean certain = effect.certainty() == Certainty.CERTAIN;
        ObjectName object = publicly(effect.object());
        ObjectName to = effect.renamedTo() == null ? null : publicly(effect.renamedTo());
        switch (effect.action()) {
            case CREATE -> {
                Expected before = objects.get(object);
                objects.put(object, new Expected(effect.properties(), certain || (before != null && before.certain())));
            }
            case ALTER -> objects.computeIfPresent(object, (name, expected) -> {
                Map<String, String> properties = new TreeMap<>(expected.properties());
                if (certain) {
                    properties.putAll(effect.properties());
                } else {
                    properties.keySet().removeAll(effect.properties().keySet());
                }
                return new Expected(properties, expected.certain());
            });
            case DROP -> drop(object, certain);
            case RENAME -> {
                if (to != null) {
                    rename(object, to);
                }
            }
            case WRITE -> {
                // Rows are no part of a schema.
            }
        }
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
