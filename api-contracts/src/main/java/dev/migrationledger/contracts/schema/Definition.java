package dev.migrationledger.contracts.schema;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an object is, one record for each kind. A component that is absent is not known, or is as it is without a word about it. Of an
 * object in a script only what the script says is known; of one in a database everything is.
 */
public sealed interface Definition {

    ObjectKind kind();

    /** Of which nothing but the kind is known. */
    static Definition unknown(ObjectKind kind) {
        return switch (kind) {
            case SCHEMA -> Schema.UNKNOWN;
            case EXTENSION -> Extension.UNKNOWN;
            case TABLE -> Table.UNKNOWN;
            case COLUMN -> Column.UNKNOWN;
            case CONSTRAINT -> Constraint.UNKNOWN;
            case INDEX -> Index.UNKNOWN;
            case SEQUENCE -> Sequence.UNKNOWN;
            case ENUM -> EnumType.UNKNOWN;
            case DOMAIN -> Domain.UNKNOWN;
            case TYPE -> CompositeType.UNKNOWN;
            case VIEW -> View.UNKNOWN;
            case MATERIALIZED_VIEW -> MaterializedView.UNKNOWN;
            case FUNCTION -> Function.UNKNOWN;
            case TRIGGER -> Trigger.UNKNOWN;
            case POLICY -> Policy.UNKNOWN;
        };
    }

    record Schema() implements Definition {
        static final Schema UNKNOWN = new Schema();

        @Override
        public ObjectKind kind() {
            return ObjectKind.SCHEMA;
        }
    }

    /**
     * An extension.
     *
     * @param details the schema that it is in
     */
    record Extension(@Nullable String details) implements Definition {
        static final Extension UNKNOWN = new Extension(null);

        @Override
        public ObjectKind kind() {
            return ObjectKind.EXTENSION;
        }
    }

    /**
     * A base, partitioned or foreign table.
     *
     * @param details what of it no other component says
     * @param partitionBy its strategy and key
     * @param server of a foreign table
     * @param partitionOf the table whose partition it is
     * @param bound which rows of that table it has
     * @param inherits tables whose child it is
     * @param open whether it may have columns, constraints and indexes that are not known
     * @param source of a script: from where it has parts that are not declared; absent: from nowhere, or it is not known
     */
    record Table(
            @Nullable String details,
            @Nullable String partitionBy,
            @Nullable String server,
            @Nullable ObjectName partitionOf,
            @Nullable String bound,
            @Nullable List<ObjectName> inherits,
            @Nullable Boolean open,
            @Nullable Source source) implements Definition {
        public static final Table UNKNOWN = new Table(null, null, null, null, null, null, null, null);

        /** Whose parts are those of another table, or of a query. */
        public static final Table OPEN = UNKNOWN.opened();

        public Table {
            inherits = copy(inherits);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.TABLE;
        }

        /** The same with parts that are not known. */
        public Table opened() {
            return new Table(details, partitionBy, server, partitionOf, bound, inherits, true, source);
        }

        public Table withPartitionOf(@Nullable ObjectName other) {
            return new Table(details, partitionBy, server, other, bound, inherits, open, source);
        }

        public Table withInherits(@Nullable List<ObjectName> other) {
            return new Table(details, partitionBy, server, partitionOf, bound, other, open, source);
        }

        public Table withSource(@Nullable Source other) {
            return new Table(details, partitionBy, server, partitionOf, bound, inherits, open, other);
        }
    }

    /**
     * A table that another one is made like, or queried from.
     *
     * @param including of LIKE: what is taken besides columns, as SQL says it, {@code ALL} spelled out; absent: it is a query
     * @param columns of a query: by the name that each has here, its name there; absent: all, by their own names
     */
    record Source(
            ObjectName table,
            @Nullable List<String> including,
            @Nullable Map<String, String> columns) {
        public Source {
            including = copy(including);
            columns = columns == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        }

        public Source withTable(ObjectName other) {
            return new Source(other, including, columns);
        }
    }

    /**
     * A column of a table.
     *
     * @param type as PostgreSQL's format_type prints it
     * @param collation absent where the type is known: that of its type
     * @param unchecked whether rows that were there before may break NOT NULL
     * @param identity {@code ALWAYS} or {@code BY DEFAULT}, and the options of its sequence that are not the usual ones
     * @param generated the expression of a generated column in brackets, and whether it is stored
     * @param hasDefault whether it has a default, identity or expression, where none of the three is given here; absent: not known, or,
     *     in a database, it has none
     */
    record Column(
            @Nullable String type,
            @Nullable String collation,
            @Nullable Boolean nullable,
            @Nullable Boolean unchecked,
            @Nullable String defaultValue,
            @Nullable String identity,
            @Nullable String generated,
            @Nullable Boolean hasDefault) implements Definition {
        public static final Column UNKNOWN = new Column(null, null, null, null, null, null, null, null);

        public static Column of(@Nullable String type, @Nullable Boolean nullable) {
            return new Column(type, null, nullable, null, null, null, null, null);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.COLUMN;
        }

        public Column withType(@Nullable String other) {
            return withType(other, null);
        }

        /** The same column with another type and the collation that comes with it. */
        public Column withType(@Nullable String other, @Nullable String collated) {
            return new Column(other, collated, nullable, unchecked, defaultValue, identity, generated, hasDefault);
        }

        public Column withNullable(@Nullable Boolean other) {
            return new Column(type, collation, other, unchecked, defaultValue, identity, generated, hasDefault);
        }

        /** A column has one of the three at most, so whatever it had is gone. */
        public Column withDefault(@Nullable String other) {
            return new Column(type, collation, nullable, unchecked, other, null, null, null);
        }

        public Column withIdentity(@Nullable String other) {
            return new Column(type, collation, nullable, unchecked, null, other, null, null);
        }

        public Column withGenerated(@Nullable String other) {
            return new Column(type, collation, nullable, unchecked, null, null, other, null);
        }

        /** The same column, with an unknown default, or surely none. */
        public Column withHasDefault(@Nullable Boolean other) {
            return new Column(type, collation, nullable, unchecked, null, null, null, other);
        }

        /** The same column with the default, identity or expression of another. */
        public Column withDefaultOf(Column other) {
            return new Column(type, collation, nullable, unchecked, other.defaultValue, other.identity, other.generated,
                    other.hasDefault);
        }
    }

    /** What a constraint demands, and how PostgreSQL ends its name. */
    enum ConstraintType {
        PRIMARY_KEY("pkey"),
        UNIQUE("key"),
        FOREIGN_KEY("fkey"),
        CHECK("check"),
        EXCLUDE("excl");

        private final String ending;

        ConstraintType(String ending) {
            this.ending = ending;
        }

        public String ending() {
            return ending;
        }

        /** As people say it: {@code primary key}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** What a foreign key does to its rows when the row goes or changes that they point to. */
    enum Action {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT;

        private static final Pattern COLUMNS = Pattern.compile("\\(.*");
        private static final Pattern SPACE = Pattern.compile("\\s+");

        /** As SQL says it: {@code SET NULL}. */
        public String sql() {
            return name().replace('_', ' ');
        }

        /** What SQL says, with or without the columns that are set; absent: PostgreSQL has no such action. */
        public static @Nullable Action of(String sql) {
            String words = SPACE.matcher(COLUMNS.matcher(sql).replaceFirst("").strip()).replaceAll(" ");
            return Arrays.stream(values()).filter(one -> one.sql().equalsIgnoreCase(words)).findFirst().orElse(null);
        }
    }

    /** When a constraint is checked: after each statement, or at the transaction's end if it asks, or at its end. */
    enum Timing {
        IMMEDIATE(""),
        DEFERRABLE(" DEFERRABLE"),
        DEFERRED(" DEFERRABLE INITIALLY DEFERRED");

        private final String sql;

        Timing(String sql) {
            this.sql = sql;
        }

        /** With a blank in front; empty where SQL need not say it. */
        public String sql() {
            return sql;
        }
    }

    /**
     * A constraint of a table.
     *
     * @param columns that it is over; of a check those that it mentions
     * @param references the table that a foreign key points to
     * @param referenced its columns
     * @param onUpdate of a foreign key
     * @param onDelete of a foreign key
     * @param onDeleteOf the columns that are set when a row goes; absent: all
     * @param expression of a check or exclusion
     * @param validated whether rows that were there before keep to it
     * @param enforced whether new rows have to
     * @param nullsEqual of a unique one: whether two nulls are equal
     * @param period whether its last column is a period
     * @param timing of a key or exclusion
     * @param details what of it no other component says
     */
    record Constraint(
            @Nullable ConstraintType type,
            @Nullable List<String> columns,
            @Nullable ObjectName references,
            @Nullable List<String> referenced,
            @Nullable Action onUpdate,
            @Nullable Action onDelete,
            @Nullable List<String> onDeleteOf,
            @Nullable String expression,
            @Nullable Boolean validated,
            @Nullable Boolean enforced,
            @Nullable Boolean nullsEqual,
            @Nullable Boolean period,
            @Nullable Timing timing,
            @Nullable String details) implements Definition {
        public static final Constraint UNKNOWN = new Constraint(null, null, null, null, null, null, null, null, null,
                null, null, null, null, null);

        public Constraint {
            columns = copy(columns);
            referenced = copy(referenced);
            onDeleteOf = copy(onDeleteOf);
        }

        public static Constraint of(ConstraintType type, @Nullable List<String> columns) {
            return UNKNOWN.withType(type).withColumns(columns);
        }

        public static Constraint foreignKey(@Nullable List<String> columns, @Nullable ObjectName references) {
            return of(ConstraintType.FOREIGN_KEY, columns).withReferences(references);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.CONSTRAINT;
        }

        public Constraint withType(@Nullable ConstraintType other) {
            return new Constraint(other, columns, references, referenced, onUpdate, onDelete, onDeleteOf, expression,
                    validated, enforced, nullsEqual, period, timing, details);
        }

        public Constraint withColumns(@Nullable List<String> other) {
            return new Constraint(type, other, references, referenced, onUpdate, onDelete, onDeleteOf, expression,
                    validated, enforced, nullsEqual, period, timing, details);
        }

        public Constraint withReferences(@Nullable ObjectName other) {
            return new Constraint(type, columns, other, referenced, onUpdate, onDelete, onDeleteOf, expression,
                    validated, enforced, nullsEqual, period, timing, details);
        }

        public Constraint withReferenced(@Nullable List<String> other) {
            return new Constraint(type, columns, references, other, onUpdate, onDelete, onDeleteOf, expression,
                    validated, enforced, nullsEqual, period, timing, details);
        }

        public Constraint withExpression(@Nullable String other) {
            return new Constraint(type, columns, references, referenced, onUpdate, onDelete, onDeleteOf, other,
                    validated, enforced, nullsEqual, period, timing, details);
        }

        public Constraint withValidated(@Nullable Boolean other) {
            return new Constraint(type, columns, references, referenced, onUpdate, onDelete, onDeleteOf, expression,
                    other, enforced, nullsEqual, period, timing, details);
        }

        public Constraint withEnforced(@Nullable Boolean other) {
            return new Constraint(type, columns, references, referenced, onUpdate, onDelete, onDeleteOf, expression,
                    validated, other, nullsEqual, period, timing, details);
        }

        public Constraint withNullsEqual(@Nullable Boolean other) {
            return new Constraint(type, columns, references, referenced, onUpdate, onDelete, onDeleteOf, expression,
                    validated, enforced, other, period, timing, details);
        }

        public Constraint withPeriod(@Nullable Boolean other) {
            return new Constraint(type, columns, references, referenced, onUpdate, onDelete, onDeleteOf, expression,
                    validated, enforced, nullsEqual, other, timing, details);
        }

        public Constraint withTiming(@Nullable Timing other) {
            return new Constraint(type, columns, references, referenced, onUpdate, onDelete, onDeleteOf, expression,
                    validated, enforced, nullsEqual, period, other, details);
        }

        public Constraint withDetails(@Nullable String other) {
            return new Constraint(type, columns, references, referenced, onUpdate, onDelete, onDeleteOf, expression,
                    validated, enforced, nullsEqual, period, timing, other);
        }

        public Constraint withActions(@Nullable Action update, @Nullable Action delete,
                @Nullable List<String> deleteOf) {
            return new Constraint(type, columns, references, referenced, update, delete, deleteOf, expression,
                    validated, enforced, nullsEqual, period, timing, details);
        }
    }

    /**
     * An index that no constraint owns.
     *
     * @param table a table or materialized view
     * @param columns names or, in brackets, expressions
     * @param keys the same with order, operator class and collation; absent in a database: there are none but the usual ones
     * @param where of a partial index
     * @param valid whether it was built to the end
     * @param details what of it no other component says
     */
    record Index(
            @Nullable ObjectName table,
            @Nullable List<String> columns,
            @Nullable List<String> keys,
            @Nullable Boolean unique,
            @Nullable String method,
            @Nullable String where,
            @Nullable Boolean valid,
            @Nullable String details) implements Definition {
        public static final Index UNKNOWN = new Index(null, null, null, null, null, null, null, null);

        public Index {
            columns = copy(columns);
            keys = copy(keys);
        }

        public static Index of(@Nullable ObjectName table, @Nullable List<String> columns, @Nullable Boolean unique) {
            return new Index(table, columns, null, unique, null, null, null, null);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.INDEX;
        }

        public Index withTable(@Nullable ObjectName other) {
            return new Index(other, columns, keys, unique, method, where, valid, details);
        }

        public Index withColumns(@Nullable List<String> other) {
            return new Index(table, other, keys, unique, method, where, valid, details);
        }

        public Index withUnique(@Nullable Boolean other) {
            return new Index(table, columns, keys, other, method, where, valid, details);
        }

        public Index withMethod(@Nullable String other) {
            return new Index(table, columns, keys, unique, other, where, valid, details);
        }

        public Index withWhere(@Nullable String other) {
            return new Index(table, columns, keys, unique, method, other, valid, details);
        }

        public Index withValid(@Nullable Boolean other) {
            return new Index(table, columns, keys, unique, method, where, other, details);
        }
    }

    /**
     * A sequence.
     *
     * @param owner the column that it goes with; absent: none is known
     * @param details type, start, increment and bounds
     */
    record Sequence(
            @Nullable ObjectName owner,
            @Nullable String details) implements Definition {
        public static final Sequence UNKNOWN = new Sequence(null, null);

        public static Sequence ownedBy(@Nullable ObjectName owner) {
            return new Sequence(owner, null);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.SEQUENCE;
        }

        public Sequence withOwner(@Nullable ObjectName other) {
            return new Sequence(other, details);
        }
    }

    /**
     * An enum.
     *
     * @param values that it has, in order
     * @param perhaps values that it may have besides
     * @param open whether it may have any others
     */
    record EnumType(
            @Nullable List<String> values,
            @Nullable List<String> perhaps,
            @Nullable Boolean open) implements Definition {
        public static final EnumType UNKNOWN = new EnumType(null, null, null);

        public EnumType {
            values = copy(values);
            perhaps = copy(perhaps);
        }

        public static EnumType of(@Nullable List<String> values) {
            return new EnumType(values, null, null);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.ENUM;
        }
    }

    /**
     * A domain.
     *
     * @param details everything but its base type
     */
    record Domain(
            @Nullable String type,
            @Nullable String details) implements Definition {
        public static final Domain UNKNOWN = new Domain(null, null);

        public static Domain of(@Nullable String type) {
            return new Domain(type, null);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.DOMAIN;
        }
    }

    /** A composite or range type. */
    record CompositeType(@Nullable String details) implements Definition {
        public static final CompositeType UNKNOWN = new CompositeType(null);

        @Override
        public ObjectKind kind() {
            return ObjectKind.TYPE;
        }
    }

    /** What a view and a materialized view have in common. */
    sealed interface StoredQuery extends Definition {

        /** Names of its columns, in order. */
        @Nullable
        List<String> columns();

        /** Tables, views and columns that its query reads. */
        @Nullable
        List<ObjectName> uses();

        /** The string literals of its query. */
        @Nullable
        QueryLiterals literals();

        /** In a database a digest of its query; in a footprint the query as it is written. */
        @Nullable
        String details();

        static StoredQuery of(boolean materialized, @Nullable List<String> columns, @Nullable List<ObjectName> uses,
                @Nullable QueryLiterals literals, @Nullable String details) {
            return materialized
                    ? new MaterializedView(columns, uses, literals, details)
                    : new View(columns, uses, literals, details);
        }

        default StoredQuery with(@Nullable List<String> otherColumns, @Nullable String otherDetails) {
            return of(this instanceof MaterializedView, otherColumns, uses(), literals(), otherDetails);
        }
    }

    record View(
            @Nullable List<String> columns,
            @Nullable List<ObjectName> uses,
            @Nullable QueryLiterals literals,
            @Nullable String details) implements StoredQuery {
        public static final View UNKNOWN = new View(null, null, null, null);

        public View {
            columns = copy(columns);
            uses = copy(uses);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.VIEW;
        }
    }

    record MaterializedView(
            @Nullable List<String> columns,
            @Nullable List<ObjectName> uses,
            @Nullable QueryLiterals literals,
            @Nullable String details) implements StoredQuery {
        public static final MaterializedView UNKNOWN = new MaterializedView(null, null, null, null);

        public MaterializedView {
            columns = copy(columns);
            uses = copy(uses);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.MATERIALIZED_VIEW;
        }
    }

    /**
     * A function or procedure.
     *
     * @param source a digest of its text, without blanks around it and with {@code \n} as its only line end
     * @param details what it takes, gives and runs, with a digest of all of it
     */
    record Function(
            @Nullable String source,
            @Nullable String details) implements Definition {
        public static final Function UNKNOWN = new Function(null, null);

        /**
         * Of a known text.
         *
         * @param text of its body, as it stands between the quotes
         */
        public static Function of(String text, @Nullable String details) {
            return new Function(CanonicalText.digest(text.replace("\r\n", "\n").strip()), details);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.FUNCTION;
        }
    }

    /**
     * A trigger.
     *
     * @param details what of it no other component says
     */
    record Trigger(
            @Nullable TriggerState state,
            @Nullable String details) implements Definition {
        public static final Trigger UNKNOWN = new Trigger(null, null);

        @Override
        public ObjectKind kind() {
            return ObjectKind.TRIGGER;
        }
    }

    /** When a trigger fires: in sessions that are no replica, never, in those that are, in all. */
    enum TriggerState {
        ENABLED,
        DISABLED,
        REPLICA,
        ALWAYS
    }

    record Policy(@Nullable String details) implements Definition {
        public static final Policy UNKNOWN = new Policy(null);

        @Override
        public ObjectKind kind() {
            return ObjectKind.POLICY;
        }
    }

    private static <T> @Nullable List<T> copy(@Nullable List<T> list) {
        return list == null ? null : List.copyOf(list);
    }
}
