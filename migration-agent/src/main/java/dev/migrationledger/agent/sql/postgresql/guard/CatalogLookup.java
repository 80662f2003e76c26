package dev.migrationledger.agent.sql.postgresql.guard;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object that a condition looks for.
 *
 * @param kinds that it can have
 * @param schema absent: the one that unqualified names go to; {@link #ANY_SCHEMA}: none is asked for
 * @param owner the table whose part it is; of an enum's value the enum; absent: none is asked for
 * @param name of a function without its arguments; of an enum's value the value
 */
public record CatalogLookup(Set<ObjectKind> kinds, @Nullable String schema, @Nullable String owner, String name) {

    public static final String ANY_SCHEMA = "*";

    public CatalogLookup {
        kinds = Set.copyOf(kinds);
    }

    /** Whether it looks for a value of an enum, which is no object. */
    public boolean isValue() {
        return owner != null && kinds.equals(Set.of(ObjectKind.ENUM));
    }

    /** Whether this object is the one looked for. */
    public boolean isFor(ObjectName object) {
        return !isValue() && kinds.contains(object.kind()) && isIn(object.schema())
                && agrees(owner, object.table()) && name.equals(object.nameWithoutArguments());
    }

    /** Whether an object belongs to the table looked for. */
    public boolean holds(ObjectName object) {
        return kinds.contains(ObjectKind.TABLE) && isIn(object.schema()) && name.equals(object.table());
    }

    private boolean isIn(@Nullable String other) {
        return ANY_SCHEMA.equals(schema) || agrees(schema, other);
    }

    private static boolean agrees(@Nullable String one, @Nullable String other) {
        return one == null || other == null || one.equals(other);
    }
}
