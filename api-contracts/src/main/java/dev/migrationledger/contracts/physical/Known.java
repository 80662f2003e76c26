package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of an object, property by property, and what changes do to it. */
final class Known {

    static final String TYPE = "type";
    static final String NULLABLE = "nullable";
    static final String VALUES = "values";
    /** Values of an enum that it may have besides. */
    static final String MAYBE = "maybeValues";

    /** There may be any other values. */
    static final String MORE = "moreValues";

    private static final String SEPARATOR = ", ";

    private Known() {}

    /** After a change that is certain to have happened, or not. */
    static Map<String, String> altered(Map<String, String> before, Map<String, String> change, boolean certain) {
        Map<String, String> after = new HashMap<>(before);
        change.forEach((name, value) -> {
            switch (name) {
                case "changed" -> forget(after, value);
                case "addedValue" -> add(after, value, certain);
                case "renamedValue" -> renameValue(after, value, change.get("renamedValueTo"), certain);
                case "renamedValueTo", "before", "after" -> {
                    // These say more of the others.
                }
                case VALUES -> {
                    after.remove(MAYBE);
                    after.remove(MORE);
                    set(after, name, value, certain);
                }
                default -> set(after, name, value, certain);
            }
        });
        return after;
    }

    /** What can still be said of an object to which something was done that cannot be known. */
    static Map<String, String> doubted(Map<String, String> properties) {
        Map<String, String> doubted = new HashMap<>(properties);
        doubted.remove(TYPE);
        doubted.remove(NULLABLE);
        if (doubted.containsKey(VALUES)) {
            doubted.put(MORE, "true");
        }
        return doubted;
    }

    private static void set(Map<String, String> after, String name, String value, boolean certain) {
        if (certain) {
            after.put(name, value);
        } else if (!value.equals(after.get(name))) {
            after.remove(name);
        }
    }

    /** @param what {@code type}, {@code nullable}, {@code default}, or any text */
    private static void forget(Map<String, String> after, String what) {
        switch (what) {
            case TYPE, NULLABLE, "default" -> after.remove(what);
            default -> List.of(TYPE, NULLABLE, "default", VALUES, MAYBE).forEach(after::remove);
        }
    }

    private static void add(Map<String, String> after, String value, boolean certain) {
        if (!after.containsKey(VALUES) || values(after, VALUES).contains(value)) {
            return;
        }
        String where = certain ? VALUES : MAYBE;
        Set<String> values = new LinkedHashSet<>(values(after, where));
        values.add(value);
        after.put(where, String.join(SEPARATOR, values));
    }

    private static void renameValue(Map<String, String> after, String from, @Nullable String to, boolean certain) {
        if (!certain || to == null) {
            after.remove(VALUES);
        } else {
            for (String where : List.of(VALUES, MAYBE)) {
                after.computeIfPresent(where, (name, values) -> mapped(values, from, to));
            }
        }
    }

    static List<String> values(Map<String, String> properties, String name) {
        String values = properties.get(name);
        return values == null || values.isEmpty() ? List.of() : Arrays.asList(values.split(SEPARATOR));
    }

    /** The columns that an index or constraint is over, expressions in brackets among them; the column that owns a sequence. */
    static List<String> columns(Map<String, String> properties) {
        List<String> columns = new ArrayList<>(values(properties, "columns"));
        String owner = properties.get("ownedBy");
        if (owner != null) {
            columns.add(owner.substring(owner.indexOf('.') + 1));
        }
        return columns;
    }

    /** Absent: it belongs to none, or it is not known to which. */
    static @Nullable ObjectName table(ObjectName object, Map<String, String> properties) {
        if (object.table() != null) {
            return ObjectName.table(object.schema(), object.table());
        }
        String owner = properties.get("ownedBy");
        String table = owner != null && owner.indexOf('.') > 0
                ? owner.substring(0, owner.indexOf('.'))
                : object.kind() == ObjectKind.INDEX ? properties.get("table") : null;
        return table == null ? null : ObjectName.table(object.schema(), table);
    }

    /** What an object comes into being with at the earliest: its table, and the columns that it is over. */
    static List<ObjectName> containers(ObjectName object, Map<String, String> properties) {
        ObjectName table = table(object, properties);
        if (table == null) {
            return List.of();
        }
        List<ObjectName> containers = new ArrayList<>(List.of(table));
        columns(properties).forEach(
                column -> containers.add(ObjectName.column(table.schema(), table.name(), column)));
        return containers;
    }

    /** The table that a foreign key points to; absent: it is none, or it is not known. */
    static @Nullable ObjectName referenced(ObjectName object, Map<String, String> properties) {
        String references = properties.get("references");
        if (references == null || references.isEmpty()) {
            return null;
        }
        String written = references.replace("\"", "");
        int dot = written.indexOf('.');
        return dot < 0
                ? ObjectName.table(object.schema(), written)
                : ObjectName.table(written.substring(0, dot), written.substring(dot + 1));
    }

    /** Whether it goes where the object goes, given that it is near it. */
    static boolean belongs(ObjectName name, Map<String, String> properties, ObjectName object) {
        return switch (object.kind()) {
            case TABLE -> object.equals(table(name, properties));
            case COLUMN -> columns(properties).contains(object.name());
            default -> true;
        };
    }

    /** What it says of another object that is renamed. */
    static Map<String, String> afterRenaming(Map<String, String> properties, ObjectName from, ObjectName to) {
        Map<String, String> after = new HashMap<>(properties);
        if (from.kind() == ObjectKind.TABLE) {
            after.computeIfPresent("table", (key, table) -> table.equals(from.name()) ? to.name() : table);
            after.computeIfPresent("ownedBy", (key, owner) -> owner.startsWith(from.name() + ".")
                    ? to.name() + owner.substring(owner.indexOf('.'))
                    : owner);
        } else if (from.kind() == ObjectKind.COLUMN) {
            after.computeIfPresent("columns", (key, columns) -> mapped(columns, from.name(), to.name()));
            after.computeIfPresent("ownedBy", (key, owner) -> owner.equals(from.table() + "." + from.name())
                    ? to.table() + "." + to.name()
                    : owner);
        }
        return after;
    }

    private static String mapped(String list, String from, String to) {
        return Arrays.stream(list.split(SEPARATOR))
                .map(one -> one.equals(from) ? to : one)
                .collect(Collectors.joining(SEPARATOR));
    }
}
