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
import dev.migrationledger.contracts.schema.Definition.Source;
import dev.migrationledger.contracts.schema.Definition.StoredQuery;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.Definition.Trigger;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a table has from another one, of whose parts only those count that are there for certain. */
record CopiedParts(Timelines timelines) {

    /** The parts of a new table, by name. */
    Map<ObjectName, Part> of(ObjectName table, Source source) {
        Map<ObjectName, Part> parts = new LinkedHashMap<>();
        if (source.including() == null) {
            queried(source).forEach((name, column) -> parts.put(table.column(name), column));
            return parts;
        }
        known(source.table()).forEach((part, known) -> {
            ObjectName name = name(table, part, known.shape().definition(), source.including());
            if (name != null) {
                parts.put(name, new Part(like(table, known.shape(), source.including()), known.uncertainty()));
            }
        });
        return parts;
    }

    /**
     * A part of a table.
     *
     * @param uncertainty the first revision that may have changed it in a place that cannot be read; {@link
     *     IndexedHistory#NO_UNCERTAINTY}: none
     */
    record Part(Shape shape, int uncertainty) {}

    /** The columns that a partition or child keeps when it leaves its parent; it may have defaults and NOT NULL of its own. */
    Map<ObjectName, Shape> kept(ObjectName table, ObjectName parent) {
        Map<ObjectName, Shape> parts = new LinkedHashMap<>();
        known(parent).forEach((part, known) -> {
            if (known.uncertainty() == IndexedHistory.NO_UNCERTAINTY
                    && known.shape().definition() instanceof Column column) {
                Boolean nullable = Boolean.FALSE.equals(column.nullable()) ? Boolean.FALSE : null;
                parts.put(table.column(part.name()),
                        new Shape(column.withNullable(nullable).withHasDefault(null), false));
            }
        });
        return parts;
    }

    private Map<ObjectName, Part> known(ObjectName table) {
        Map<ObjectName, Part> known = new LinkedHashMap<>();
        for (Timeline part : timelines.members(table)) {
            ObjectState before = timelines.before(part);
            if (before.presence() == Presence.PRESENT
                    && table.equals(PostgresRules.table(part.object(), before.definition()))) {
                known.put(part.object(), new Part(before.shape(), timelines.uncertainty(part, before)));
            }
        }
        return known;
    }

    /** A query never takes NOT NULL or a default along. */
    private Map<String, Part> queried(Source source) {
        Map<String, Part> types = new LinkedHashMap<>();
        known(source.table()).forEach((part, known) -> {
            if (known.shape().definition() instanceof Column column) {
                types.put(part.name(), new Part(new Shape(Column.of(null, true)
                        .withType(column.type(), column.collation()).withHasDefault(false), false),
                        known.uncertainty()));
            }
        });
        if (source.columns() == null) {
            return types;
        }
        Part unknown = new Part(new Shape(Column.of(null, true).withHasDefault(false), false),
                IndexedHistory.NO_UNCERTAINTY);
        Map<String, Part> columns = new LinkedHashMap<>();
        source.columns().forEach((name, from) -> columns.put(name, types.getOrDefault(from, unknown)));
        return columns;
    }

    /** Absent: it is not taken. */
    private static @Nullable ObjectName name(
            ObjectName table, ObjectName part, Definition definition, List<String> including) {
        return switch (definition) {
            case Column _ -> table.column(part.name());
            case Constraint constraint -> constraint.type() == null
                    ? null
                    : switch (constraint.type()) {
                        case CHECK -> including.contains("CONSTRAINTS") ? of(table, part.name()) : null;
                        case PRIMARY_KEY ->
                            including.contains("INDEXES") ? of(table, constraint.type(), List.of()) : null;
                        case UNIQUE, EXCLUDE -> including.contains("INDEXES")
                                ? of(table, constraint.type(), PostgresRules.columns(constraint))
                                : null;
                        case FOREIGN_KEY -> null;
                    };
            case Index index -> including.contains("INDEXES")
                    ? new ObjectName(ObjectKind.INDEX, table.schema(), null,
                            PostgresRules.chosen(table, PostgresRules.columns(index), "idx"))
                    : null;
            case Schema _,Extension _,Table _,Sequence _,EnumType _,Domain _,CompositeType _,StoredQuery _,Function _,Trigger _,Policy _ ->
                null;
        };
    }

    private static ObjectName of(ObjectName table, ConstraintType type, List<String> columns) {
        return of(table, PostgresRules.chosen(table, columns, type.ending()));
    }

    private static ObjectName of(ObjectName table, String constraint) {
        return new ObjectName(ObjectKind.CONSTRAINT, table.schema(), table.name(), constraint);
    }

    private static Shape like(ObjectName table, Shape shape, List<String> including) {
        return switch (shape.definition()) {
            case Column column -> new Shape(like(column, including), false);
            case Index index -> new Shape(index.withTable(table), true);
            case Constraint constraint ->
                constraint.type() == ConstraintType.CHECK ? shape : new Shape(constraint, true);
            case Schema _,Extension _,Table _,Sequence _,EnumType _,Domain _,CompositeType _,StoredQuery _,Function _,Trigger _,Policy _ ->
                shape;
        };
    }

    private static Column like(Column column, List<String> including) {
        String option = column.identity() != null ? "IDENTITY" : column.generated() != null ? "GENERATED" : "DEFAULTS";
        boolean known = ObjectProperties.hasDefault(column) != null;
        return including.contains(option) || !known ? column : column.withHasDefault(false);
    }
}
