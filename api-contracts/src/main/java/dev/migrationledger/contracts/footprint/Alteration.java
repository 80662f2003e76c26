package dev.migrationledger.contracts.footprint;

import dev.migrationledger.contracts.schema.Definition.Timing;
import dev.migrationledger.contracts.schema.Definition.TriggerState;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change to an object that stays. */
public sealed interface Alteration {

    /**
     * A column's type.
     *
     * @param collation absent: that of its type
     */
    record TypeChanged(String type, @Nullable String collation) implements Alteration {
        public TypeChanged(String type) {
            this(type, null);
        }
    }

    record NullableSet(boolean nullable) implements Alteration {}

    /**
     * A column's default.
     *
     * @param expression absent: it has none any more
     */
    record DefaultSet(@Nullable String expression) implements Alteration {}

    /**
     * Whether a column is an identity.
     *
     * @param identity {@code ALWAYS} or {@code BY DEFAULT}; absent: it is none any more
     */
    record IdentitySet(@Nullable String identity) implements Alteration {}

    /** An enum gets one more value, at the end unless a neighbour is named. */
    record ValueAdded(
            String value,
            @Nullable String before,
            @Nullable String after) implements Alteration {}

    record ValueRenamed(String value, String to) implements Alteration {}

    /** An enum is made again with exactly these values. */
    record ValuesSet(List<String> values) implements Alteration {
        public ValuesSet {
            values = List.copyOf(values);
        }
    }

    /** The column with which a sequence goes; absent: with none any more. */
    record OwnerSet(@Nullable ObjectName column) implements Alteration {}

    /** A trigger is enabled or disabled. */
    record TriggerSet(TriggerState state) implements Alteration {}

    /** A constraint holds for all rows now. */
    record Validated() implements Alteration {}

    /** A constraint is checked at another time. */
    record TimingSet(Timing timing) implements Alteration {}

    /**
     * A table is attached or detached.
     *
     * @param parent the table that it is a partition of now; absent: of none any more
     */
    record PartitionSet(@Nullable ObjectName parent) implements Alteration {}

    /**
     * A table becomes the child of another, or no longer is.
     *
     * @param parent the other
     */
    record InheritanceSet(ObjectName parent, boolean inherits) implements Alteration {}

    /**
     * Its comment.
     *
     * @param text empty: it has none any more
     */
    record Commented(String text) implements Alteration {}

    /** Something that changes nothing which is compared, such as an owner or a storage parameter. */
    record NotCompared(String text) implements Alteration {}

    /**
     * Something that is not known.
     *
     * @param what of the object is changed
     * @param text what stands there
     */
    record Unknown(Aspect what, String text) implements Alteration {}

    enum Aspect {
        TYPE,
        NULLABLE,
        DEFAULT,
        ANYTHING
    }
}
