package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.CompositeType;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Domain;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import dev.migrationledger.contracts.schema.Definition.Extension;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Policy;
import dev.migrationledger.contracts.schema.Definition.Schema;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.Definition.StoredQuery;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.Definition.Trigger;
import dev.migrationledger.contracts.schema.Definition.TriggerState;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether an object of a database is what is known of it. Expressions are not compared: a server writes them in its own way. */
record DefinitionMatch(TypeNames types) {

    /** An index that was not built to the end enforces nothing and answers nothing. */
    static boolean isUsable(Definition actual) {
        return !(actual instanceof Index index && Boolean.FALSE.equals(index.valid()));
    }

    boolean matches(Definition expected, Definition actual) {
        return switch (expected) {
            case Column column -> !(actual instanceof Column real) || matches(column, real);
            case EnumType type -> !(actual instanceof EnumType real) || matches(type, real);
            case Index index -> !(actual instanceof Index real) || matches(index, real);
            case Constraint constraint -> !(actual instanceof Constraint real) || matches(constraint, real);
            case StoredQuery view -> !(actual instanceof StoredQuery real) || matches(view, real);
            case Definition.Function function -> !(actual instanceof Definition.Function real)
                    || agree(function.source(), real.source());
            case Trigger trigger -> !(actual instanceof Trigger real) || trigger.state() == null
                    || real.state() == null || fires(trigger) == fires(real);
            case Domain domain -> !(actual instanceof Domain real) || sameType(domain.type(), real.type());
            // Partitions are made, attached and detached as time goes by.
            case Table table -> !(actual instanceof Table real) || table.inherits() == null
                    || names(table.inherits()).equals(names(ObjectProperties.list(real.inherits())));
            // Of these it counts that they are there.
            case Schema _,Extension _,Sequence _,CompositeType _,Policy _ -> true;
        };
    }

    private boolean matches(Column column, Column actual) {
        boolean type = column.type() == null || actual.type() == null
                || (types.same(column.type(), actual.type()) && sameCollation(column.collation(), actual.collation()));
        return type && agree(column.nullable(), actual.nullable()) && sameDefault(column, actual);
    }

    private boolean sameType(@Nullable String expected, @Nullable String actual) {
        return expected == null || actual == null || types.same(expected, actual);
    }

    private static boolean matches(Index index, Index actual) {
        return agree(index.unique(), actual.unique()) && sameTable(index.table(), actual.table())
                && sameColumns(index.columns(), actual.columns()) && sameMethod(index.method(), actual.method())
                && (index.where() == null || actual.where() != null);
    }

    private boolean matches(StoredQuery view, StoredQuery actual) {
        return agree(view.columns(), actual.columns()) && !ViewQuery.differs(view.details(), actual.uses())
                && !types.labels().differ(view.literals(), actual.literals());
    }

    private static Set<String> names(List<ObjectName> tables) {
        return tables.stream().map(ObjectName::name).collect(Collectors.toSet());
    }

    /** Their schema is not compared: what is found on the search path is written without one. */
    private static boolean sameCollation(@Nullable String expected, @Nullable String actual) {
        return (expected == null || actual == null)
                ? Objects.equals(expected, actual)
                : expected.substring(expected.lastIndexOf('.') + 1)
                        .equals(actual.substring(actual.lastIndexOf('.') + 1));
    }

    /** A column has a default, an identity or an expression, or none of them. */
    private static boolean sameDefault(Column expected, Column actual) {
        Boolean has = DefaultValue.isNull(expected.defaultValue())
                ? Boolean.FALSE
                : ObjectProperties.hasDefault(expected);
        if (has == null) {
            return true;
        }
        boolean valued = actual.defaultValue() != null && !DefaultValue.isNull(actual.defaultValue());
        if (!has || !(valued || actual.identity() != null || actual.generated() != null)) {
            return has == (valued || actual.identity() != null || actual.generated() != null);
        }
        boolean onlyThere = Boolean.TRUE.equals(expected.hasDefault());
        return onlyThere || ((expected.identity() != null) == (actual.identity() != null)
                && (expected.generated() != null) == (actual.generated() != null)
                && sameValue(expected.defaultValue(), actual));
    }

    private static boolean sameValue(@Nullable String expected, Column actual) {
        return expected == null || expected.equals(actual.defaultValue()) || actual.defaultValue() == null
                || actual.type() == null
                || agree(DefaultValue.of(expected, actual.type()),
                        DefaultValue.of(actual.defaultValue(), actual.type()));
    }

    private static boolean sameMethod(@Nullable String expected, @Nullable String actual) {
        return expected == null || actual == null || expected.equalsIgnoreCase(actual);
    }

    private static boolean fires(Trigger trigger) {
        return trigger.state() != TriggerState.DISABLED;
    }

    private static boolean matches(EnumType type, EnumType actual) {
        List<String> must = type.values();
        if (must == null || actual.values() == null) {
            return true;
        }
        Set<String> may = new HashSet<>(must);
        may.addAll(ObjectProperties.list(type.perhaps()));
        return actual.values().containsAll(must)
                && (Boolean.TRUE.equals(type.open()) || may.containsAll(actual.values()));
    }

    private static boolean matches(Constraint constraint, Constraint actual) {
        boolean known = constraint.type() != ConstraintType.CHECK && constraint.type() != ConstraintType.EXCLUDE;
        return agree(constraint.type(), actual.type())
                && (!known || sameColumns(constraint.columns(), actual.columns()))
                && sameTable(constraint.references(), actual.references())
                && agree(constraint.onUpdate(), actual.onUpdate()) && agree(constraint.onDelete(), actual.onDelete())
                && agree(constraint.timing(), actual.timing())
                && !(constraint.type() == ConstraintType.CHECK
                        && CheckLiterals.differ(constraint.expression(), actual.expression()))
                && !(Boolean.TRUE.equals(constraint.validated()) && Boolean.FALSE.equals(actual.validated()));
    }

    private static <T> boolean agree(@Nullable T expected, @Nullable T actual) {
        return expected == null || actual == null || Objects.equals(expected, actual);
    }

    /** By name alone: where a name without a schema leads depends on the session. */
    private static boolean sameTable(@Nullable ObjectName expected, @Nullable ObjectName actual) {
        return expected == null || actual == null || expected.name().equals(actual.name());
    }

    private static boolean sameColumns(@Nullable List<String> expected, @Nullable List<String> actual) {
        if (expected == null || actual == null) {
            return true;
        }
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            boolean expression = expected.get(i).startsWith("(");
            if (!expression && !expected.get(i).equals(actual.get(i))) {
                return false;
            }
        }
        return true;
    }
}
