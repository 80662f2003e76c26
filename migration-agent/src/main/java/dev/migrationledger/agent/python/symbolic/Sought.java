package dev.migrationledger.agent.python.symbolic;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object of the schema that a script asks for.
 *
 * @param schema absent: the one that unqualified names go to; {@link #ANY_SCHEMA}: none is asked for
 * @param table whose part it is, if that is asked for
 */
public record Sought(
        Kind kind, @Nullable String schema, @Nullable String table, String name) {

    public static final String ANY_SCHEMA = "*";

    public Sought {
        schema = "public".equals(schema) ? null : schema;
    }

    boolean isPartOf(Sought whole) {
        return whole.name().equals(table)
                && (ANY_SCHEMA.equals(schema) || ANY_SCHEMA.equals(whole.schema())
                        || Objects.equals(schema, whole.schema()))
                && (whole.kind() == Kind.TABLE || whole.kind() == Kind.RELATION);
    }

    /** Whether it is the table of which all of these are parts. */
    boolean isTable(Answer.Objects parts) {
        return new Sought(parts.kind(), parts.schema(), parts.table(), "").isPartOf(this);
    }

    /** What is asked for. */
    public enum Kind {
        /** A table, view or, for some, an index or sequence. */
        RELATION,
        TABLE,
        VIEW,
        SEQUENCE,
        INDEX,
        COLUMN,
        CONSTRAINT,
        /** An enum, domain or other type. */
        TYPE,
        SCHEMA,
        EXTENSION,
        TRIGGER,
        /** A function by its name alone. */
        FUNCTION
    }
}
