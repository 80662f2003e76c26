package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.ObjectName;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one object says against sets of revisions. Of the phases whose revision is in a set the last one counts.
 *
 * @param phases each after all before it, or saying nothing; the first is before any revision
 */
record Contradiction(ObjectName object, List<Phase> phases) {

    static final int BEFORE_ANY = -1;
    static final int NO_REVISION = -1;

    /** How much is held against a set. */
    enum Weight {
        NONE,
        /** A place that cannot be read and that names the object or its table may have made it so. */
        NAMED,
        /** A place that cannot be read and that may have touched anything may have made it so. */
        ASSUMED,
        /** Nothing explains it. */
        HARD
    }

    /**
     * From one revision on.
     *
     * @param kind what is wrong then; absent: nothing that is reported, though it may weigh something
     * @param mark how it should be
     * @param excuse the revision that may have made it so in a place that cannot be read; {@link #NO_REVISION}: none
     */
    record Phase(int revision, Weight weight, Discrepancy.@Nullable Kind kind, ObjectState mark, int excuse) {

        Phase(int revision, Weight weight, Discrepancy.@Nullable Kind kind, ObjectState mark) {
            this(revision, weight, kind, mark, NO_REVISION);
        }

        Phase silent() {
            return new Phase(revision, Weight.NONE, kind, mark);
        }

        Phase unreported(Weight other) {
            return new Phase(revision, other, null, mark);
        }

        Phase excused(Weight other, int by) {
            return new Phase(revision, other, kind, mark, by);
        }

        Phase since(int other) {
            return new Phase(other, weight, kind, mark, excuse);
        }
    }

    Contradiction {
        phases = List.copyOf(phases);
    }

    boolean isSilent() {
        return phases.stream().allMatch(phase -> phase.weight == Weight.NONE);
    }

    /** What counts for a set. */
    Phase against(BitSet set) {
        for (int i = phases.size() - 1; i > 0; i--) {
            if (set.get(phases.get(i).revision)) {
                return phases.get(i);
            }
        }
        return phases.getFirst();
    }
}
