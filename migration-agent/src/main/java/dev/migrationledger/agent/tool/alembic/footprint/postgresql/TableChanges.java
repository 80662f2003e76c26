package dev.migrationledger.agent.tool.alembic.footprint.postgresql;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is done to one table and to what belongs to it. Names that are not given are those that PostgreSQL gives; such an object
 * has the property {@code name = implied}, because a naming convention elsewhere in the project may have given it another.
 */
public record TableChanges(
        Changes.At at, @Nullable String schema, String table) {

    /** Kinds of constraint, and how PostgreSQL ends their names. */
    public enum Constraint {
        PRIMARY_KEY("primary key", "pkey"),
        UNIQUE("unique", "key"),
        FOREIGN_KEY("foreign key", "fkey"),
        CHECK("check", "check"),
        EXCLUDE("exclude", "excl");

        private final String words;
        private final String ending;

        Constraint(String words, String ending) {
            this.words = words;
            this.ending = ending;
        }
    }

    public ObjectName name() {
        return ObjectName.table(schema, table);
    }

    public ObjectName column(String column) {
        return ObjectName.column(schema, table, column);
    }

    public ObjectName constraint(String name) {
        return new ObjectName(ObjectKind.CONSTRAINT, schema, table, name);
    }

    public void createColumn(String column, Map<String, String> properties) {
        at.create(column(column), properties);
    }

    /**
     * The sequence that comes with a serial or identity column.
     *
     * @return a serial column's default
     */
    public String createSequenceOf(String column) {
        ObjectName sequence = unused(label -> new ObjectName(
                ObjectKind.SEQUENCE, schema, null, Names.made(table, column, label)), "seq");
        at.create(sequence, Map.of("name", "implied", "ownedBy", table + "." + column));
        String owner = schema == null || schema.equals("public") ? "" : Names.quoted(schema) + ".";
        return "nextval('" + owner + Names.quoted(sequence.name()) + "'::regclass)";
    }

    /**
     * A constraint of this table.
     *
     * @param name absent: PostgreSQL gives it one
     * @param columns that it is over; a check: those that it mentions
     */
    public void createConstraint(
            Constraint kind, @Nullable String name, List<String> columns, Map<String, String> properties) {
        Map<String, String> all = new TreeMap<>(properties);
        all.put("kind", kind.words);
        all.putIfAbsent("validated", "true");
        String middle = switch (kind) {
            case PRIMARY_KEY -> "";
            case CHECK -> columns.size() == 1 ? columns.getFirst() : "";
            case UNIQUE, FOREIGN_KEY, EXCLUDE -> Names.joined(columns);
        };
        ObjectName constraint;
        if (name == null) {
            all.put("name", "implied");
            constraint = unused(label -> constraint(Names.made(table, middle, label)), kind.ending);
        } else {
            constraint = constraint(Names.kept(name));
        }
        Definition.Constraint definition = Properties.constraint(constraint, all);
        at.create(constraint, columns.isEmpty() ? definition : definition.withColumns(columns),
                "implied".equals(all.get("name")));
    }

    /** A primary key of a table that is there, whose columns can no longer be null. */
    public void addPrimaryKey(@Nullable String name, List<String> columns) {
        columns.forEach(column -> at.alter(column(column), Map.of("nullable", "false")));
        createConstraint(Constraint.PRIMARY_KEY, name, columns, Map.of());
    }

    /**
     * An index of this table.
     *
     * @param name absent: PostgreSQL gives it one
     * @param columns names or, in brackets, expressions
     */
    public void createIndex(@Nullable String name, List<String> columns, Map<String, String> properties) {
        Map<String, String> all = new TreeMap<>(properties);
        all.put("table", table);
        ObjectName index;
        if (name == null) {
            all.put("name", "implied");
            List<String> inName = columns.stream().map(column -> column.startsWith("(") ? "expr" : column).toList();
            index = unused(label -> index(Names.made(table, Names.joined(inName), label)), "idx");
        } else {
            index = index(Names.kept(name));
        }
        at.create(index, Properties.index(index, all).withColumns(columns), "implied".equals(all.get("name")));
    }

    private ObjectName index(String name) {
        return new ObjectName(ObjectKind.INDEX, schema, null, name);
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
