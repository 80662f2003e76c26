package dev.migrationledger.contracts.schema;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names one object of a schema. Parts are as the catalogs have them: no quotes, case kept.
 *
 * @param schema absent: the schema that comes first on the search path, or the kind has none (schemas, extensions)
 * @param table whose column, constraint, trigger or policy it is; absent for every other kind
 */
public record ObjectName(
        ObjectKind kind, @Nullable String schema, @Nullable String table, String name)
        implements
            Comparable<ObjectName> {

    /** The schema of what a script names with one that it computes: most likely that of the version table. */
    public static final String COMPUTED_SCHEMA = "?";

    /** Kinds in the order of {@link ObjectKind}, then by name. */
    @Override
    public int compareTo(ObjectName other) {
        int order = kind.compareTo(other.kind);
        order = order == 0 ? compare(schema, other.schema) : order;
        order = order == 0 ? compare(table, other.table) : order;
        return order == 0 ? name.compareTo(other.name) : order;
    }

    private static int compare(@Nullable String one, @Nullable String other) {
        return one == null || other == null ? Boolean.compare(one != null, other != null) : one.compareTo(other);
    }

    /** Written out: millions of names are compared, and before it is compiled the one of a record takes many times as long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectName that && kind == that.kind && name.equals(that.name)
                && Objects.equals(table, that.table) && Objects.equals(schema, that.schema);
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // never stored
    public int hashCode() {
        int hash = 31 * kind.name().hashCode() + name.hashCode();
        hash = 31 * hash + (table == null ? 0 : table.hashCode());
        return 31 * hash + (schema == null ? 0 : schema.hashCode());
    }

    public static ObjectName table(@Nullable String schema, String name) {
        return new ObjectName(ObjectKind.TABLE, schema, null, name);
    }

    public static ObjectName column(@Nullable String schema, String table, String name) {
        return new ObjectName(ObjectKind.COLUMN, schema, table, name);
    }

    /** A column of this table. */
    public ObjectName column(String column) {
        return column(schema, name, column);
    }

    /** The name; of a function without the arguments, which statements often leave out. */
    public String nameWithoutArguments() {
        int bracket = kind == ObjectKind.FUNCTION ? name.indexOf('(') : -1;
        return bracket < 0 ? name : name.substring(0, bracket);
    }

    /**
     * With the schema that a name goes to which has none, or one that is computed.
     *
     * @param defaultSchema absent: {@code public}
     */
    public ObjectName resolved(@Nullable String defaultSchema) {
        return (schema != null && !hasComputedSchema()) || kind == ObjectKind.SCHEMA || kind == ObjectKind.EXTENSION
                ? this
                : new ObjectName(kind, defaultSchema == null ? "public" : defaultSchema, table, name);
    }

    public boolean hasComputedSchema() {
        return COMPUTED_SCHEMA.equals(schema);
    }

    /** Whether a part goes where this goes, as a column with its table; an object holds itself. */
    public boolean holds(ObjectName part) {
        return equals(part)
                || switch (kind) {
                    case SCHEMA -> name.equals(part.schema);
                    case TABLE -> Objects.equals(schema, part.schema) && name.equals(part.table);
                    case EXTENSION, COLUMN, CONSTRAINT, INDEX, SEQUENCE, ENUM, DOMAIN, TYPE, VIEW, MATERIALIZED_VIEW,
                            FUNCTION, TRIGGER, POLICY ->
                        false;
                };
    }

    /** As people write it: {@code public.events.extra_data}. */
    public String dotted() {
        StringBuilder dotted = new StringBuilder();
        if (schema != null) {
            dotted.append(schema).append('.');
        }
        if (table != null) {
            dotted.append(table).append('.');
        }
        return dotted.append(name).toString();
    }
}
