package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.schema.ObjectName;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one object says against sets of revisions. Of the turns whose revision is in a set the last one counts.
 *
 * @param turns each after all before it, or saying nothing; the first is before any revision
 */
record Charge(ObjectName object, List<Turn> turns) {

    static final int BEFORE_ANY = -1;

    /** How much is held against a set. */
    enum Weight {
        NONE,
        /** A place that cannot be read may have made it so. */
        ASSUMED,
        /** Nothing explains it. */
        HARD
    }

    /**
     * From one revision on.
     *
     * @param kind what is wrong then; absent: nothing
     * @param mark how it should be
     */
    record Turn(int revision, Weight weight, Discrepancy.@Nullable Kind kind, Mark mark) {

        Turn weighing(Weight other) {
            return new Turn(revision, other, kind, mark);
        }

        Turn since(int other, Weight otherWeight) {
            return new Turn(other, otherWeight, kind, mark);
        }
    }

    Charge {
        turns = List.copyOf(turns);
    }

    boolean isSilent() {
        return turns.stream().allMatch(turn -> turn.weight == Weight.NONE);
    }

    /** What counts for a set. */
    Turn against(BitSet set) {
        for (int i = turns.size() - 1; i > 0; i--) {
            if (set.get(turns.get(i).revision)) {
                return turns.get(i);
            }
        }
        return turns.getFirst();
    }
}
