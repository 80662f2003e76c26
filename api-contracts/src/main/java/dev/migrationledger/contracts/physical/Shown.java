package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a snapshot shows, and whether it is as a revision leaves it. */
final class Shown {

    /** What can follow a column's type in its definition. */
    private static final Pattern BEHIND_TYPE = Pattern.compile(" (COLLATE|NOT NULL|GENERATED|DEFAULT) ?");

    private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*)'");
    private static final Pattern WORD = Pattern.compile("[^\\s(),.\"':=<>!+*/|&-]+");

    private final Map<ObjectName, String> objects;
    private final Map<ObjectName, Timeline> timelines;
    private final TypeNames types;
    private final List<ObjectName> strangeChecks;

    Shown(SchemaSnapshot schema, Fold fold) {
        timelines = fold.timelines();
        types = fold.types();
        objects = HashMap.newHashMap(schema.objects().size());
        schema.objects().forEach(one -> objects.put(one.object(), one.definition()));
        strangeChecks = objects.keySet().stream()
                .filter(one -> one.kind() == ObjectKind.CONSTRAINT && !timelines.containsKey(one)
                        && objects.getOrDefault(one, "").startsWith("CHECK"))
                .toList();
    }

    Map<ObjectName, String> objects() {
        return objects;
    }

    boolean has(ObjectName object) {
        return objects.containsKey(object);
    }

    /** What is wrong if an object should be as this mark leaves it; absent: nothing, or nothing that can be known. */
    Discrepancy.@Nullable Kind contradiction(ObjectName object, Mark mark) {
        String definition = objects.get(object);
        return switch (mark.presence()) {
            case EITHER -> null;
            case ABSENT -> definition == null ? null : Discrepancy.Kind.UNEXPECTED;
            case PRESENT -> definition == null
                    ? "implied".equals(mark.properties().get("name")) || lacksFoundation(object, mark.properties())
                            || hasConventionalName(object, mark.properties())
                                    ? null
                                    : Discrepancy.Kind.MISSING
                    : matches(object.kind(), mark.properties(), definition) || lacksEnum(object, mark.properties())
                            ? null
                            : Discrepancy.Kind.DIFFERENT;
        };
    }

    /** A naming convention of the project may put something in front of the name that a check is given. */
    private boolean hasConventionalName(ObjectName object, Map<String, String> properties) {
        return "check".equals(properties.get("kind"))
                && strangeChecks.stream().anyMatch(one -> isConventionalNameOf(object, one));
    }

    static boolean isConventionalNameOf(ObjectName check, ObjectName other) {
        return check.kind() == ObjectKind.CONSTRAINT && other.kind() == ObjectKind.CONSTRAINT
                && Objects.equals(check.table(), other.table()) && Objects.equals(check.schema(), other.schema())
                && other.name().endsWith("_" + check.name());
    }

    /** Whether what it stands on is not there, which is to be accused instead. */
    private boolean lacksFoundation(ObjectName object, Map<String, String> properties) {
        boolean schemaLess = object.kind() == ObjectKind.SCHEMA || object.kind() == ObjectKind.EXTENSION;
        if (!schemaLess && object.schema() != null && missing(
                new ObjectName(ObjectKind.SCHEMA, null, null, object.schema()))) {
            return true;
        }
        ObjectName table = Known.table(object, properties);
        if (table == null) {
            return false;
        }
        if (!has(table) && !has(new ObjectName(ObjectKind.VIEW, table.schema(), null, table.name()))
                && !has(new ObjectName(ObjectKind.MATERIALIZED_VIEW, table.schema(), null, table.name()))) {
            return true;
        }
        if (object.kind() == ObjectKind.COLUMN) {
            return lacksEnum(object, properties);
        }
        return words(properties).anyMatch(word -> missing(ObjectName.column(table.schema(), table.name(), word)))
                || lacksReferenced(object, properties);
    }

    private boolean lacksEnum(ObjectName object, Map<String, String> properties) {
        String type = properties.get(Known.TYPE);
        if (type == null || object.kind() != ObjectKind.COLUMN) {
            return false;
        }
        List<ObjectName> enums = types.enums(object.schema(), type);
        return enums.stream().anyMatch(timelines::containsKey) && enums.stream().noneMatch(this::has);
    }

    /** All words of expressions, names of columns among them. */
    private static Stream<String> words(Map<String, String> properties) {
        return properties.entrySet().stream()
                .filter(one -> !one.getKey().equals("references"))
                .flatMap(one -> WORD.matcher(one.getValue()).results())
                .map(MatchResult::group);
    }

    private boolean lacksReferenced(ObjectName object, Map<String, String> properties) {
        ObjectName table = Known.referenced(object, properties);
        return table != null && missing(table);
    }

    /** Whether something makes it and it is not there. */
    private boolean missing(ObjectName object) {
        return !has(object) && timelines.containsKey(object);
    }

    private boolean matches(ObjectKind kind, Map<String, String> properties, String definition) {
        return switch (kind) {
            case COLUMN -> matchesColumn(properties, definition);
            case ENUM -> matchesEnum(properties, definition);
            default -> true;
        };
    }

    private boolean matchesColumn(Map<String, String> properties, String definition) {
        Matcher behind = BEHIND_TYPE.matcher(definition);
        int end = behind.find() ? behind.start() : definition.length();
        String type = properties.get(Known.TYPE);
        if (type != null && !types.same(type, definition.substring(0, end))) {
            return false;
        }
        String nullable = properties.get(Known.NULLABLE);
        int value = definition.indexOf(" DEFAULT ", end);
        String constraints = definition.substring(end, value < 0 ? definition.length() : value);
        return nullable == null || nullable.equals(String.valueOf(!constraints.contains(" NOT NULL")));
    }

    private static boolean matchesEnum(Map<String, String> properties, String definition) {
        if (!properties.containsKey(Known.VALUES)) {
            return true;
        }
        // A value with a comma in it is several here, on both sides.
        Set<String> actual = new HashSet<>();
        LITERAL.matcher(definition).results().map(found -> found.group(1).replace("''", "'"))
                .forEach(value -> actual.addAll(Arrays.asList(value.split(", "))));
        List<String> must = Known.values(properties, Known.VALUES);
        Set<String> may = new HashSet<>(must);
        may.addAll(Known.values(properties, Known.MAYBE));
        return actual.containsAll(must) && (properties.containsKey(Known.MORE) || may.containsAll(actual));
    }

    /** How an object should be, as people say it; absent: nothing is known. */
    static @Nullable String words(ObjectKind kind, Map<String, String> properties) {
        return switch (kind) {
            case COLUMN -> {
                String type = properties.get(Known.TYPE);
                boolean notNull = "false".equals(properties.get(Known.NULLABLE));
                yield type == null
                        ? properties.containsKey(Known.NULLABLE) ? notNull ? "NOT NULL" : "NULL" : null
                        : notNull ? type + " NOT NULL" : type;
            }
            case ENUM -> properties.get(Known.VALUES) == null ? null : "(" + properties.get(Known.VALUES) + ")";
            case CONSTRAINT, INDEX -> properties.get("columns") == null
                    ? null
                    : (properties.getOrDefault("kind", "") + " (" + properties.get("columns") + ")").strip();
            default -> null;
        };
    }
}
