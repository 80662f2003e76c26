package dev.migrationledger.agent.sql.effect;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is done to one table and to what belongs to it. Names that are not given are those that PostgreSQL gives; they are marked as
 * implied, because a naming convention elsewhere in the project may have given others.
 */
public record TableChanges(
        Changes.At at, @Nullable String schema, String table) {

    public ObjectName name() {
        return ObjectName.table(schema, table);
    }

    public ObjectName column(String column) {
        return ObjectName.column(schema, table, column);
    }

    public ObjectName constraint(String name) {
        return new ObjectName(ObjectKind.CONSTRAINT, schema, table, name);
    }

    /** The same, for what nobody knows to be done. */
    public TableChanges perhaps() {
        return new TableChanges(at.perhaps(), schema, table);
    }

    /**
     * The sequence that comes with a serial or identity column.
     *
     * @return a serial column's default
     */
    public String createSequenceOf(String column) {
        ObjectName sequence = unused(label -> new ObjectName(
                ObjectKind.SEQUENCE, schema, null, GeneratedNames.made(table, column, label)), "seq");
        at.create(sequence, Sequence.ownedBy(column(column)), true);
        String owner = schema == null || schema.equals("public") ? "" : CanonicalText.quoted(schema) + ".";
        return "nextval('" + owner + CanonicalText.quoted(sequence.name()) + "'::regclass)";
    }

    /**
     * A constraint of this table.
     *
     * @param name absent: PostgreSQL gives it one
     * @param constraint its type is known
     */
    public void createConstraint(@Nullable String name, Constraint constraint) {
        ConstraintType type = Objects.requireNonNull(constraint.type());
        List<String> columns = known(constraint.columns());
        String middle = switch (type) {
            case PRIMARY_KEY -> "";
            case CHECK -> columns.size() == 1 ? columns.getFirst() : "";
            case UNIQUE, FOREIGN_KEY, EXCLUDE -> GeneratedNames.joined(columns);
        };
        at.create(name == null
                ? unused(label -> constraint(GeneratedNames.made(table, middle, label)), type.ending())
                : constraint(GeneratedNames.truncated(name)), constraint, name == null);
    }

    /** A primary key of a table that is there, whose columns can no longer be null. */
    public void addPrimaryKey(@Nullable String name, List<String> columns) {
        columns.forEach(column -> at.alter(column(column), new Alteration.NullableSet(false)));
        createConstraint(name, NewConstraints.valid(ConstraintType.PRIMARY_KEY, columns));
    }

    /**
     * An index of this table.
     *
     * @param name absent: PostgreSQL gives it one
     * @param impliedName whether it may have another name than the one given
     */
    public void createIndex(@Nullable String name, boolean impliedName, Index index) {
        createIndex(name, impliedName, index, List.of());
    }

    /**
     * The same, with columns that it holds besides.
     *
     * @param included in their order
     */
    public void createIndex(@Nullable String name, boolean impliedName, Index index, List<String> included) {
        List<String> inName = ExpressionName
                .ofAll(Stream.concat(known(index.columns()).stream(), included.stream()).toList());
        at.create(name == null
                ? unused(label -> index(GeneratedNames.made(table, GeneratedNames.joined(inName), label)), "idx")
                : index(GeneratedNames.truncated(name)), index.withTable(name()), impliedName || name == null);
    }

    private ObjectName index(String name) {
        return new ObjectName(ObjectKind.INDEX, schema, null, name);
    }

    private static List<String> known(@Nullable List<String> columns) {
        return columns == null ? List.of() : columns;
    }

    private interface Naming {
        ObjectName with(String label);
    }

    /** PostgreSQL puts 1, 2, … behind the label until nobody has the name. */
    private ObjectName unused(Naming naming, String label) {
        ObjectName name = naming.with(label);
        for (int pass = 1; at.hasCreated(name); pass++) {
            name = naming.with(label + pass);
        }
        return name;
    }
}
