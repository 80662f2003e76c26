package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Domain;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import dev.migrationledger.contracts.schema.Definition.Index;
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
            case Column column when actual instanceof Column real ->
                (column.type() == null || real.type() == null || (types.same(column.type(), real.type())
                        && sameCollation(column.collation(), real.collation())))
                        && agree(column.nullable(), real.nullable()) && sameDefault(column, real);
            case EnumType type when actual instanceof EnumType real -> matches(type, real);
            case Index index when actual instanceof Index real -> agree(index.unique(), real.unique())
                    && sameTable(index.table(), real.table()) && sameColumns(index.columns(), real.columns())
                    && sameMethod(index.method(), real.method())
                    && (index.where() == null || real.where() != null);
            case Constraint constraint when actual instanceof Constraint real -> matches(constraint, real);
            case StoredQuery view when actual instanceof StoredQuery real ->
                agree(view.columns(), real.columns()) && !ViewQuery.differs(view.details(), real.uses())
                        && !types.labels().differ(view.literals(), real.literals());
            case Definition.Function function when actual instanceof Definition.Function real ->
                agree(function.source(), real.source());
            case Trigger trigger when actual instanceof Trigger real ->
                trigger.state() == null || real.state() == null || fires(trigger) == fires(real);
            case Domain domain when actual instanceof Domain real ->
                domain.type() == null || real.type() == null || types.same(domain.type(), real.type());
            // Partitions are made, attached and detached as time goes by.
            case Table table when actual instanceof Table real -> table.inherits() == null
                    || names(table.inherits()).equals(names(ObjectProperties.list(real.inherits())));
            default -> true;
        };
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
