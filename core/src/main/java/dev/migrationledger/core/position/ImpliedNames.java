package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.CompositeType;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Domain;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import dev.migrationledger.contracts.schema.Definition.Extension;
import dev.migrationledger.contracts.schema.Definition.Function;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Policy;
import dev.migrationledger.contracts.schema.Definition.Schema;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.Definition.StoredQuery;
import dev.migrationledger.contracts.schema.Definition.Trigger;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys and indexes to which no script gave a name. A naming convention that cannot be read, or a number that PostgreSQL adds, gives
 * them another name than the one that is implied; they are known by what they are: their table, type and columns.
 */
final class ImpliedNames {

    private final Map<ObjectName, List<Definition>> byTable = new HashMap<>();
    private final Map<ObjectName, ObjectName> parents = new HashMap<>();
    private final Set<ObjectName> constraintIndexes = new HashSet<>();
    private final DefinitionMatch match;

    ImpliedNames(Map<ObjectName, Definition> objects, DefinitionMatch match) {
        this.match = match;
        objects.forEach((object, definition) -> {
            ObjectName table = tableOf(object, definition);
            if (object.kind() == ObjectKind.CONSTRAINT) {
                constraintIndexes.add(PostgresRules.indexOf(object));
            }
            if (definition instanceof Definition.Table partition && partition.partitionOf() != null) {
                parents.put(object, partition.partitionOf());
            }
            if (table != null && DefinitionMatch.isUsable(definition)) {
                byTable.computeIfAbsent(table, any -> new ArrayList<>()).add(definition);
            }
        });
    }

    /** Whether a constraint has this index. */
    boolean isOfConstraint(ObjectName index) {
        return constraintIndexes.contains(index);
    }

    private static boolean isKeyOrIndex(ObjectName object) {
        return object.kind() == ObjectKind.CONSTRAINT || object.kind() == ObjectKind.INDEX;
    }

    private static @Nullable ObjectName tableOf(ObjectName object, Definition definition) {
        return isKeyOrIndex(object) ? PostgresRules.table(object, definition) : null;
    }

    /** Whether an object may be there under another name; expressions, which are not compared, may be those of any other. */
    boolean isThere(ObjectName object, Definition expected) {
        return PostgresRules.table(object, expected) == null || !isKeyOrIndex(object) || isThereAs(object, expected);
    }

    /** Whether a key or index of the same table is there that serves as well: a table has one primary key at most. */
    boolean hasOther(ObjectName object, Definition expected) {
        ObjectName table = tableOf(object, expected);
        return table != null && isRecognisable(expected) && (isThereAs(object, expected)
                || (isPrimaryKey(expected)
                        && byTable.getOrDefault(table, List.of()).stream().anyMatch(ImpliedNames::isPrimaryKey)));
    }

    private boolean isThereAs(ObjectName object, Definition expected) {
        ObjectName table = tableOf(object, expected);
        return table != null && byTable.getOrDefault(table, List.of()).stream()
                .anyMatch(actual -> actual.kind() == expected.kind() && match.matches(expected, actual));
    }

    private static boolean isPrimaryKey(Definition definition) {
        return definition instanceof Constraint constraint && constraint.type() == ConstraintType.PRIMARY_KEY;
    }

    /** Whether a key or index of a partition is that of its parent, which a partition has whatever it is called there. */
    boolean isOfParent(ObjectName object, Definition expected) {
        ObjectName table = isKeyOrIndex(object) ? PostgresRules.table(object, expected) : null;
        ObjectName parent = table == null ? null : parents.get(table);
        while (parent != null) {
            ObjectName of = parent;
            if (byTable.getOrDefault(of, List.of()).stream().anyMatch(actual -> isShared(expected, actual, of))) {
                return true;
            }
            parent = parents.get(of);
        }
        return false;
    }

    private boolean isShared(Definition expected, Definition actual, ObjectName parent) {
        return switch (expected) {
            case Index index -> actual instanceof Index && match.matches(index.withTable(parent), actual);
            case Constraint _ -> actual instanceof Constraint && isRecognisable(expected)
                    && match.matches(expected, actual);
            case Schema _,Extension _,Definition.Table _,Column _,Sequence _,EnumType _,Domain _,CompositeType _,StoredQuery _,Function _,Trigger _,Policy _ ->
                false;
        };
    }

    /** Expressions cannot be compared, and columns that are not known neither. */
    private static boolean isRecognisable(Definition expected) {
        return switch (expected) {
            case Constraint constraint -> constraint.type() != null && hasPlainColumns(constraint.columns())
                    && switch (constraint.type()) {
                        case PRIMARY_KEY, UNIQUE, FOREIGN_KEY -> true;
                        case CHECK, EXCLUDE -> false;
                    };
            case Index index -> hasPlainColumns(index.columns());
            case Schema _,Extension _,Definition.Table _,Column _,Sequence _,EnumType _,Domain _,CompositeType _,StoredQuery _,Function _,Trigger _,Policy _ ->
                false;
        };
    }

    private static boolean hasPlainColumns(@Nullable List<String> columns) {
        return columns != null && !columns.isEmpty() && columns.stream().noneMatch(column -> column.startsWith("("));
    }
}
