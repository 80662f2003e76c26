package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which names of types mean the same. Who renames an enum renames it in all columns, also in those that another branch speaks of; so
 * names that one enum ever had are not distinguished in columns: the enum itself says which it has.
 */
final class TypeNames {

    private static final Pattern QUALIFIER = Pattern.compile("^(?:\"(?:[^\"]|\"\")*\"|[^\".]+)\\.");

    private final Map<String, String> earlier = new HashMap<>();
    private final EnumLabels labels = new EnumLabels();

    /** What their labels are called. */
    EnumLabels labels() {
        return labels;
    }

    void renamed(ObjectName from, ObjectName to) {
        String one = first(from.name());
        String other = first(to.name());
        if (!one.equals(other)) {
            earlier.put(other, one);
        }
    }

    private String first(String name) {
        String first = name;
        for (String before = earlier.get(first); before != null; before = earlier.get(first)) {
            first = before;
        }
        return first;
    }

    boolean same(String type, String other) {
        if (type.equals(other)) {
            return true;
        }
        String one = plain(type);
        String two = plain(other);
        return one.equals(two) || (!earlier.isEmpty() && canonical(one).equals(canonical(two)));
    }

    private String canonical(String plain) {
        return plain.endsWith("[]") ? first(plain.substring(0, plain.length() - 2)) + "[]" : first(plain);
    }

    /** The enums that a column's type may be, by all names that they ever had. */
    List<ObjectName> enums(@Nullable String schema, String type) {
        String name = plain(type.replace("[]", ""));
        if (earlier.isEmpty()) {
            return List.of(new ObjectName(ObjectKind.ENUM, schema, null, name));
        }
        String first = first(name);
        return Stream.concat(Stream.of(name, first), earlier.keySet().stream().filter(one -> first(one).equals(first)))
                .distinct()
                .map(one -> new ObjectName(ObjectKind.ENUM, schema, null, one))
                .toList();
    }

    /** The enum of a column that never had another name. */
    Stream<ObjectName> enumOf(ObjectName object, Definition definition) {
        String type = definition instanceof Definition.Column column ? column.type() : null;
        List<ObjectName> enums = type == null ? List.of() : enums(object.schema(), type);
        return enums.size() == 1 ? enums.stream() : Stream.empty();
    }

    /** Without its schema: a type of an extension has one in the snapshot and none in a script. */
    private static String plain(String type) {
        if (type.indexOf('.') < 0 && type.indexOf(' ') < 0 && type.indexOf('"') < 0) {
            return type;
        }
        return QUALIFIER.matcher(type).replaceFirst("").replace(" ", "").replace("\"", "");
    }
}
