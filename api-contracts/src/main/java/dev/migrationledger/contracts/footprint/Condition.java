package dev.migrationledger.contracts.footprint;

import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When something is done that stands in a function.
 *
 * @param object for which a revision looks; absent: the effect's own. Before it looks, the revision does not touch it
 * @param needs where it depends on several objects: of each list one at least holds
 */
public record Condition(
        When when,
        @Nullable ObjectName object,
        @Nullable List<List<ExistenceCheck>> needs) {

    public static final Condition ALWAYS = new Condition(When.ALWAYS, null);
    public static final Condition UNLESS_THERE = new Condition(When.UNLESS_THERE, null);
    public static final Condition REPLACING = new Condition(When.REPLACING, null);
    public static final Condition IF_THERE = new Condition(When.IF_THERE, null);
    public static final Condition PERHAPS = new Condition(When.PERHAPS, null);

    public Condition {
        needs = needs == null ? null : needs.stream().map(List::copyOf).toList();
    }

    public Condition(When when, @Nullable ObjectName object) {
        this(when, object, null);
    }

    /** Whether it happens depends on several objects. */
    public static Condition needing(List<List<ExistenceCheck>> needs) {
        return new Condition(When.PERHAPS, null, needs);
    }

    /** The same with names that lead to a schema. */
    public Condition resolved(String schema) {
        return new Condition(when, object == null ? null : object.resolved(schema), needs == null
                ? null
                : needs.stream().map(some -> some.stream().map(
                        check -> new ExistenceCheck(check.there(), check.object().resolved(schema))).toList())
                        .toList());
    }

    /** One object for which a revision looks, and whether it has to be there or to be missing. */
    public record ExistenceCheck(boolean there, ObjectName object) {}

    public enum When {
        /** Whenever the function runs to its end. */
        ALWAYS,
        /** Only where the object is missing: afterwards it is there, in this shape or an older one. */
        UNLESS_THERE,
        /** Whatever happens, and what is there is replaced: afterwards it is there in this shape. */
        REPLACING,
        /** Only where the object is there. */
        IF_THERE,
        /** It depends on anything else. */
        PERHAPS
    }

    public boolean isAlways() {
        return when == When.ALWAYS;
    }
}
