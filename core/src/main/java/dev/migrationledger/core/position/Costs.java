package dev.migrationledger.core.position;

import dev.migrationledger.core.position.Contradiction.Phase;
import dev.migrationledger.core.position.Contradiction.Weight;
import java.util.BitSet;
import java.util.List;

/** How many objects speak against a set of revisions, as a sum over its members. */
final class Costs {

    private final int base;
    private final int[] added;

    /** @param base against the empty set */
    private Costs(int base, int[] added) {
        this.base = base;
        this.added = added;
    }

    /** @param weight of contradictions that count */
    static Costs of(List<Contradiction> contradictions, Weight weight, int revisions) {
        int base = 0;
        int[] added = new int[revisions];
        for (Contradiction contradiction : contradictions) {
            int before = 0;
            for (Phase phase : contradiction.phases()) {
                int now = phase.weight() == weight ? 1 : 0;
                if (phase.revision() == Contradiction.BEFORE_ANY) {
                    base += now;
                } else {
                    added[phase.revision()] += now - before;
                }
                before = now;
            }
        }
        return new Costs(base, added);
    }

    /** What a revision adds when it joins; negative where the schema speaks for it. */
    int added(int revision) {
        return added[revision];
    }

    int of(BitSet set) {
        int sum = base;
        for (int revision = set.nextSetBit(0); revision >= 0; revision = set.nextSetBit(revision + 1)) {
            sum += added[revision];
        }
        return sum;
    }
}
