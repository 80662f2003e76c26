package dev.migrationledger.contracts.footprint;

import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing done to one object.
 *
 * @param renamedTo the object afterwards; present for {@link Action#RENAME} only
 * @param properties what is known of the object afterwards, by name: {@code type} as PostgreSQL writes it, {@code nullable}
 *     ({@code true} or {@code false}), {@code default}, {@code columns}, {@code unique}, {@code references}, {@code values}, …; for
 *     {@link Action#ALTER} only what is changed. {@code name = implied} says that the object has the name that PostgreSQL or
 *     SQLAlchemy gives it, unless a naming convention elsewhere in the project gives it another; {@code unless = there} of what is
 *     created, and {@code if = there} of what is dropped, that the only condition is whether it is there, so that afterwards it surely is,
 *     or is not
 * @param line in the revision's file, from 1
 */
public record Effect(
        Action action,
        ObjectName object,
        @Nullable ObjectName renamedTo,
        Map<String, String> properties,
        Certainty certainty,
        int line) {
    public Effect {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    public enum Action {
        CREATE,
        ALTER,
        RENAME,
        DROP,
        /** Rows are inserted, updated or deleted; {@code object} is their table. */
        WRITE
    }

    public enum Certainty {
        /** It happens whenever the function runs to its end. */
        CERTAIN,
        /** It depends on something: a condition, {@code if_exists}, a dialect. */
        CONDITIONAL
    }
}
