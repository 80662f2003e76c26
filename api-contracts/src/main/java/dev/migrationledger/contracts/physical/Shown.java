package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
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
                    ? mark.shape().impliedName() || lacksFoundation(object, mark.definition())
                            || hasConventionalName(object, mark.definition())
                                    ? null
                                    : Discrepancy.Kind.MISSING
                    : matches(mark.definition(), definition) || lacksEnum(object, mark.definition())
                            ? null
                            : Discrepancy.Kind.DIFFERENT;
        };
    }

    /** A naming convention of the project may put something in front of the name that a check is given. */
    private boolean hasConventionalName(ObjectName object, Definition definition) {
        return definition instanceof Constraint constraint && constraint.type() == ConstraintType.CHECK
                && strangeChecks.stream().anyMatch(one -> isConventionalNameOf(object, one));
    }

    static boolean isConventionalNameOf(ObjectName check, ObjectName other) {
        return check.kind() == ObjectKind.CONSTRAINT && other.kind() == ObjectKind.CONSTRAINT
                && Objects.equals(check.table(), other.table()) && Objects.equals(check.schema(), other.schema())
                && other.name().endsWith("_" + check.name());
    }

    /** Whether what it stands on is not there, which is to be accused instead. */
    private boolean lacksFoundation(ObjectName object, Definition definition) {
        boolean schemaLess = object.kind() == ObjectKind.SCHEMA || object.kind() == ObjectKind.EXTENSION;
        if (!schemaLess && object.schema() != null && missing(
                new ObjectName(ObjectKind.SCHEMA, null, null, object.schema()))) {
            return true;
        }
        ObjectName table = PostgresRules.table(object, definition);
        if (table == null) {
            return false;
        }
        if (!has(table) && !has(new ObjectName(ObjectKind.VIEW, table.schema(), null, table.name()))
                && !has(new ObjectName(ObjectKind.MATERIALIZED_VIEW, table.schema(), null, table.name()))) {
            return true;
        }
        if (object.kind() == ObjectKind.COLUMN) {
            return lacksEnum(object, definition);
        }
        return words(definition).anyMatch(word -> missing(ObjectName.column(table.schema(), table.name(), word)))
                || lacksReferenced(definition);
    }

    private boolean lacksEnum(ObjectName object, Definition definition) {
        String type = definition instanceof Column column ? column.type() : null;
        if (type == null) {
            return false;
        }
        List<ObjectName> enums = types.enums(object.schema(), type);
        return enums.stream().anyMatch(timelines::containsKey) && enums.stream().noneMatch(this::has);
    }

    /** All words of expressions, names of columns among them. */
    private static Stream<String> words(Definition definition) {
        return ObjectProperties.expressions(definition)
                .flatMap(expression -> WORD.matcher(expression).results())
                .map(MatchResult::group);
    }

    private boolean lacksReferenced(Definition definition) {
        ObjectName table = PostgresRules.referenced(definition);
        return table != null && missing(table);
    }

    /** Whether something makes it and it is not there. */
    private boolean missing(ObjectName object) {
        return !has(object) && timelines.containsKey(object);
    }

    private boolean matches(Definition expected, String actual) {
        return switch (expected) {
            case Column column -> matchesColumn(column, actual);
            case EnumType type -> matchesEnum(type, actual);
            default -> true;
        };
    }

    private boolean matchesColumn(Column column, String definition) {
        Matcher behind = BEHIND_TYPE.matcher(definition);
        int end = behind.find() ? behind.start() : definition.length();
        if (column.type() != null && !types.same(column.type(), definition.substring(0, end))) {
            return false;
        }
        int value = definition.indexOf(" DEFAULT ", end);
        String constraints = definition.substring(end, value < 0 ? definition.length() : value);
        return column.nullable() == null || column.nullable() == !constraints.contains(" NOT NULL");
    }

    private static boolean matchesEnum(EnumType type, String definition) {
        List<String> must = type.values();
        if (must == null) {
            return true;
        }
        List<String> actual = LITERAL.matcher(definition).results()
                .map(found -> found.group(1).replace("''", "'")).toList();
        Set<String> may = new HashSet<>(must);
        may.addAll(ObjectProperties.list(type.perhaps()));
        return actual.containsAll(must) && (Boolean.TRUE.equals(type.open()) || may.containsAll(actual));
    }
}
