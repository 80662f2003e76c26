package dev.migrationledger.agent.sql.effect;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a script found out about one object before it did something.
 *
 * @param there whether the object is there, or missing
 * @param kinds any of which it can be
 * @param schema absent: the one that unqualified names go to; {@link #ANY_SCHEMA}: none was asked for
 * @param table whose part it is, where that was asked
 * @param name a function's without its arguments
 * @param since how many effects there were before, or {@link #HERE}
 */
public record Fact(
        boolean there, Set<ObjectKind> kinds, @Nullable String schema, @Nullable String table, String name,
        int since) {

    /** Of a fact that holds of whatever schema the name is in, so of that in which something is done then. */
    public static final String ANY_SCHEMA = "*";

    /** Found out at the very place. */
    public static final int HERE = Integer.MAX_VALUE;

    public Fact {
        kinds = Set.copyOf(kinds);
        schema = plain(schema);
    }

    public static Fact of(boolean there, ObjectName object) {
        return new Fact(there, Set.of(object.kind()), object.schema(), object.table(), object.name());
    }

    public Fact(
            boolean there, Set<ObjectKind> kinds, @Nullable String schema, @Nullable String table, String name) {
        this(there, kinds, schema, table, name, HERE);
    }

    private static @Nullable String plain(@Nullable String schema) {
        return "public".equals(schema) ? null : schema;
    }

    /** @param of the table of an index or sequence, if it is known */
    boolean isOf(ObjectName object, @Nullable ObjectName of) {
        String whole = object.table() != null ? object.table() : of == null ? null : of.name();
        return kinds.contains(object.kind()) && isNamed(object)
                && (ANY_SCHEMA.equals(schema) || Objects.equals(schema, plain(object.schema())))
                && (table == null || whole == null || table.equals(whole));
    }

    private boolean isNamed(ObjectName object) {
        return object.kind() == ObjectKind.FUNCTION
                ? object.name().equals(name) || object.name().startsWith(name + "(")
                : object.name().equals(name);
    }

    /** Whether it is about the table that something belongs to. */
    boolean isOfTable(ObjectName part, @Nullable ObjectName of) {
        ObjectName whole = part.table() == null ? of : ObjectName.table(part.schema(), part.table());
        return whole != null && isOf(whole, null);
    }

    /** The same about the schema of an object to which something is done. */
    Fact beside(ObjectName object) {
        return ANY_SCHEMA.equals(schema) ? new Fact(there, kinds, object.schema(), table, name, since) : this;
    }

    /** The object, of the first kind that it can be. */
    ObjectName object() {
        return new ObjectName(Collections.min(kinds), schema, table, name);
    }
}
