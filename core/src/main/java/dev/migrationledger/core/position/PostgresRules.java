package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Alteration.Commented;
import dev.migrationledger.contracts.footprint.Alteration.DefaultSet;
import dev.migrationledger.contracts.footprint.Alteration.IdentitySet;
import dev.migrationledger.contracts.footprint.Alteration.InheritanceSet;
import dev.migrationledger.contracts.footprint.Alteration.NotCompared;
import dev.migrationledger.contracts.footprint.Alteration.NullableSet;
import dev.migrationledger.contracts.footprint.Alteration.OwnerSet;
import dev.migrationledger.contracts.footprint.Alteration.PartitionSet;
import dev.migrationledger.contracts.footprint.Alteration.TimingSet;
import dev.migrationledger.contracts.footprint.Alteration.TriggerSet;
import dev.migrationledger.contracts.footprint.Alteration.TypeChanged;
import dev.migrationledger.contracts.footprint.Alteration.Unknown;
import dev.migrationledger.contracts.footprint.Alteration.Validated;
import dev.migrationledger.contracts.footprint.Alteration.ValueAdded;
import dev.migrationledger.contracts.footprint.Alteration.ValueRenamed;
import dev.migrationledger.contracts.footprint.Alteration.ValuesSet;
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
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.Definition.Trigger;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How objects hang together in PostgreSQL, and what a change to one does to another. Names have a schema. */
final class PostgresRules {

    /** Bytes that a name can have. */
    private static final int LONGEST_NAME = 63;

    private static final Pattern WORD = Pattern.compile("\\w+");

    private PostgresRules() {}

    /** All relations that a name can stand for where a script says table. */
    static List<ObjectName> relations(ObjectName table) {
        return List.of(asTable(table), new ObjectName(ObjectKind.VIEW, table.schema(), null, table.name()),
                new ObjectName(ObjectKind.MATERIALIZED_VIEW, table.schema(), null, table.name()));
    }

    /** The name under which the parts of a relation are known, whichever kind it is. */
    static ObjectName asTable(ObjectName relation) {
        return ObjectName.table(relation.schema(), relation.name());
    }

    static boolean isRelation(ObjectKind kind) {
        return kind == ObjectKind.TABLE || kind == ObjectKind.VIEW || kind == ObjectKind.MATERIALIZED_VIEW;
    }

    /** The index of a key or exclusion constraint has its name. */
    static ObjectName indexOf(ObjectName constraint) {
        return new ObjectName(ObjectKind.INDEX, constraint.schema(), null, constraint.name());
    }

    /** Tables that a table is a partition of, or inherits from. */
    static List<ObjectName> parents(Table table) {
        return table.partitionOf() != null ? List.of(table.partitionOf()) : ObjectProperties.list(table.inherits());
    }

    /** Whether a table may have parts that are not known. */
    static boolean isOpen(Definition definition) {
        return definition instanceof Table table && Boolean.TRUE.equals(table.open());
    }

    /** What a view reads; absent: not a view, or not known. */
    static @Nullable List<ObjectName> uses(Definition definition) {
        return definition instanceof StoredQuery view ? view.uses() : null;
    }

    /** The columns that an index or constraint is over, expressions in brackets among them; the column that owns a sequence. */
    static List<String> columns(Definition definition) {
        return switch (definition) {
            case Index index -> ObjectProperties.list(index.columns());
            case Constraint constraint -> ObjectProperties.list(constraint.columns());
            case Sequence sequence -> sequence.owner() == null ? List.of() : List.of(sequence.owner().name());
            case Schema _,Extension _,Table _,Column _,EnumType _,Domain _,CompositeType _,StoredQuery _,Function _,Trigger _,Policy _ ->
                List.of();
        };
    }

    /** Absent: it belongs to none, or it is not known to which. */
    static @Nullable ObjectName table(ObjectName object, Definition definition) {
        if (object.table() != null) {
            return ObjectName.table(object.schema(), object.table());
        }
        return switch (definition) {
            case Index index -> index.table();
            case Sequence sequence -> sequence.owner() == null ? null : tableOf(sequence.owner());
            // The names of parts have their table.
            case Schema _,Extension _,Table _,Column _,Constraint _,EnumType _,Domain _,CompositeType _,StoredQuery _,Function _,Trigger _,Policy _ ->
                null;
        };
    }

    /** The table of an object whose name says it. */
    static ObjectName tableOf(ObjectName part) {
        return ObjectName.table(part.schema(), String.valueOf(part.table()));
    }

    /** What an object comes into being with at the earliest: its table, and the columns that it is over. */
    static List<ObjectName> containers(ObjectName object, Definition definition) {
        ObjectName table = table(object, definition);
        if (table == null) {
            return List.of();
        }
        List<ObjectName> containers = new ArrayList<>(List.of(table));
        columns(definition).forEach(column -> containers.add(table.column(column)));
        return containers;
    }

    /** The table that a foreign key points to; absent: it is none, or it is not known. */
    static @Nullable ObjectName referenced(Definition definition) {
        return definition instanceof Constraint constraint ? constraint.references() : null;
    }

    /** What must be there for an object to be made, but for its table and the enum of a column: what its text alone mentions is left out. */
    static List<ObjectName> foundations(ObjectName object, Definition definition) {
        List<ObjectName> foundations = new ArrayList<>();
        if (object.schema() != null) {
            foundations.add(new ObjectName(ObjectKind.SCHEMA, null, null, object.schema()));
        }
        boolean check = definition instanceof Constraint constraint && constraint.type() == ConstraintType.CHECK;
        ObjectName table = check ? null : table(object, definition);
        if (table != null) {
            columns(definition).forEach(column -> foundations.add(table.column(column)));
        }
        ObjectName referenced = referenced(definition);
        if (referenced != null) {
            foundations.add(referenced);
            ObjectProperties.list(((Constraint) definition).referenced())
                    .forEach(column -> foundations.add(referenced.column(column)));
        }
        return foundations;
    }

    /** Whether it goes where the object goes, given that it is near it. */
    static boolean belongs(ObjectName name, Definition definition, ObjectName object) {
        return switch (object.kind()) {
            case TABLE, VIEW, MATERIALIZED_VIEW -> asTable(object).equals(table(name, definition));
            case COLUMN -> columns(definition).contains(object.name()) || mentions(definition, object.name());
            case SCHEMA, EXTENSION, CONSTRAINT, INDEX, SEQUENCE, ENUM, DOMAIN, TYPE, FUNCTION, TRIGGER, POLICY -> true;
        };
    }

    /** An index goes with each column that its expressions and its condition mention. */
    private static boolean mentions(Definition definition, String column) {
        return definition instanceof Index && ObjectProperties.expressions(definition)
                .filter(expression -> expression.contains(column))
                .flatMap(expression -> WORD.matcher(expression).results())
                .anyMatch(word -> word.group().equals(column));
    }

    /** What a definition says once another object has another name. */
    static Definition afterRenaming(Definition definition, ObjectName from, ObjectName to) {
        boolean column = from.kind() == ObjectKind.COLUMN;
        UnaryOperator<ObjectName> follow = name -> following(name, from, to);
        return switch (definition) {
            case Index index -> column
                    ? index.withColumns(ObjectProperties.mapped(index.columns(), from.name(), to.name()))
                    : index.withTable(mapped(index.table(), follow));
            // Where it points to is followed for all keys of the table at once.
            case Constraint constraint -> column
                    ? constraint.withColumns(ObjectProperties.mapped(constraint.columns(), from.name(), to.name()))
                    : constraint;
            case Sequence sequence -> sequence.withOwner(mapped(sequence.owner(), follow));
            case Table table -> table.withPartitionOf(mapped(table.partitionOf(), follow))
                    .withInherits(mapped(table.inherits(), follow));
            case Schema _,Extension _,Column _,EnumType _,Domain _,CompositeType _,StoredQuery _,Function _,Trigger _,Policy _ ->
                definition;
        };
    }

    private static ObjectName following(ObjectName name, ObjectName from, ObjectName to) {
        return name.equals(from) ? to : from.holds(name) ? moved(name, from, to) : name;
    }

    private static @Nullable ObjectName mapped(@Nullable ObjectName name, UnaryOperator<ObjectName> change) {
        return name == null ? null : change.apply(name);
    }

    private static @Nullable List<ObjectName> mapped(
            @Nullable List<ObjectName> names, UnaryOperator<ObjectName> change) {
        return names == null ? null : names.stream().map(change).toList();
    }

    /** The name of an object when another one that it belongs to gets a new one. */
    static ObjectName moved(ObjectName name, ObjectName from, ObjectName to) {
        return switch (from.kind()) {
            case SCHEMA -> new ObjectName(name.kind(), to.name(), name.table(), name.name());
            case TABLE, VIEW, MATERIALIZED_VIEW ->
                new ObjectName(name.kind(), to.schema(), name.table() == null ? null : to.name(), name.name());
            // PostgreSQL renames a constraint together with its index.
            case INDEX -> name.kind() == ObjectKind.CONSTRAINT
                    ? new ObjectName(name.kind(), name.schema(), name.table(), to.name())
                    : name;
            case EXTENSION, COLUMN, CONSTRAINT, SEQUENCE, ENUM, DOMAIN, TYPE, FUNCTION, TRIGGER, POLICY -> name;
        };
    }

    /** With the schema that a name goes to which has none. */
    static Definition qualified(Definition definition, String schema) {
        UnaryOperator<ObjectName> resolve = name -> name.resolved(schema);
        return switch (definition) {
            case Table table -> table
                    .withSource(table.source() == null
                            ? null
                            : table.source().withTable(resolve.apply(table.source().table())))
                    .withPartitionOf(mapped(table.partitionOf(), resolve))
                    .withInherits(mapped(table.inherits(), resolve));
            case Index index -> index.withTable(mapped(index.table(), resolve));
            case Constraint constraint -> constraint.withReferences(mapped(constraint.references(), resolve));
            case Sequence sequence -> sequence.withOwner(mapped(sequence.owner(), resolve));
            case Schema _,Extension _,Column _,EnumType _,Domain _,CompositeType _,StoredQuery _,Function _,Trigger _,Policy _ ->
                definition;
        };
    }

    static Alteration qualified(Alteration change, String schema) {
        return switch (change) {
            case OwnerSet set -> new OwnerSet(mapped(set.column(), name -> name.resolved(schema)));
            case PartitionSet set -> new PartitionSet(mapped(set.parent(), name -> name.resolved(schema)));
            case InheritanceSet set -> new InheritanceSet(set.parent().resolved(schema), set.inherits());
            case TypeChanged _,NullableSet _,DefaultSet _,IdentitySet _,ValueAdded _,ValueRenamed _,ValuesSet _,TriggerSet _,Validated _,TimingSet _,Commented _,NotCompared _,Unknown _ ->
                change;
        };
    }

    /** Whether a name is of one table's part or another's of the same table. */
    static boolean isOfSameTable(ObjectName one, ObjectName other) {
        return Objects.equals(one.table(), other.table()) && Objects.equals(one.schema(), other.schema());
    }

    /** The name that PostgreSQL chooses for a part of a table, as long as it is not too long. */
    static String chosen(ObjectName table, List<String> columns, String ending) {
        Stream<String> middle = columns.stream().map(column -> column.startsWith("(") ? "expr" : column);
        return Stream.of(Stream.of(table.name()), middle, Stream.of(ending)).flatMap(part -> part)
                .collect(Collectors.joining("_"));
    }

    /** A name that PostgreSQL chooses, with a number because it is taken: what stands before its ending is cut to make room. */
    static ObjectName numbered(ObjectName object, int number) {
        String name = object.name();
        int ending = name.lastIndexOf('_');
        int excess = name.getBytes(StandardCharsets.UTF_8).length + String.valueOf(number).length() - LONGEST_NAME;
        String first = excess <= 0 || ending < excess
                ? name.substring(0, Math.max(ending, 0))
                : name.substring(0, ending - excess);
        return new ObjectName(object.kind(), object.schema(), object.table(),
                first + name.substring(Math.max(ending, 0)) + number);
    }
}
