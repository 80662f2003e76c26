package dev.migrationledger.contracts.footprint;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a place that cannot be read can have changed. Each bound holds together with the others; absent: any.
 *
 * @param actions what it can have done
 * @param kinds of the objects to which it can have done it
 * @param names of those objects or of their tables, without schema and without the arguments of a function
 */
public record Reach(
        @Nullable Set<Action> actions,
        @Nullable Set<ObjectKind> kinds,
        @Nullable Set<String> names) {

    public static final Reach ANYTHING = new Reach(null, null, null);

    /** Rows only, nothing of a schema. */
    public static final Reach ROWS = new Reach(Set.of(Action.WRITE), null, null);

    public Reach {
        actions = sorted(actions);
        kinds = sorted(kinds);
        names = sorted(names);
    }

    /** Anything done to objects of these names, or to parts of tables of these names. */
    public static Reach of(Collection<String> names) {
        return new Reach(null, null, Set.copyOf(names));
    }

    /**
     * Whether one of these things can have been done to an object.
     *
     * @param table the table of an index or sequence; of a part of a table its name says so itself
     */
    public boolean covers(Set<Action> some, ObjectName object, @Nullable String table) {
        return (actions == null || !Collections.disjoint(actions, some))
                && (kinds == null || kinds.contains(object.kind()))
                && (names == null || isNamed(object.nameWithoutArguments()) || isNamed(object.table())
                        || isNamed(table));
    }

    private boolean isNamed(@Nullable String table) {
        return table != null && names != null && names.contains(table);
    }

    /** The same order in every run. */
    private static <T extends Comparable<T>> @Nullable Set<T> sorted(@Nullable Set<T> set) {
        return set == null ? null : Collections.unmodifiableSet(new TreeSet<>(set));
    }
}
