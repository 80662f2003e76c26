package dev.migrationledger.core.position;

import dev.migrationledger.core.position.Contradiction.Weight;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the sets of revisions that least speaks against. */
final class CandidateSearch {

    /** Sets that are reported. */
    private static final int MOST = 200;

    /** Sets that are looked at where some are then left out, because they assume too much. */
    private static final int MOST_CANDIDATES = 1000;

    /**
     * A contradiction weighs as much as three and a half assumptions, so a place that cannot be read may explain three objects, and a fourth is
     * rather explained by somebody's hand: else an empty database would match any history that ends in such a place.
     */
    private static final int CONTRADICTION = 35;
    private static final int ASSUMPTION = 10;

    /** A place that names what it may have changed may have changed any number of such things. */
    private static final int NAMED = 1;

    /** By how many assumptions a set may exceed the best one and still count. */
    private static final int SLACK = 3;

    private static final int NONE = -1;
    private static final int WHATEVER_SPEAKS_AGAINST_IT = 1 << 28;

    private final IndexedHistory history;
    private final Costs hard;
    private final Costs assumed;
    private final Costs named;
    private final Closure weighted;
    private final BitSet best;

    CandidateSearch(IndexedHistory history, List<Contradiction> contradictions) {
        this.history = history;
        hard = Costs.of(contradictions, Weight.HARD, history.size());
        assumed = Costs.of(contradictions, Weight.ASSUMED, history.size());
        named = Costs.of(contradictions, Weight.NAMED, history.size());
        weighted = closure(CONTRADICTION, ASSUMPTION, NAMED);
        best = weighted.smallest();
    }

    /**
     * The sets against which least speaks of those that hold some of these revisions.
     *
     * @param some with all that they need; at least one
     */
    Lattice nearestWithSome(BitSet some) {
        List<Lattice> each = some.stream().filter(revision -> history.needs(revision).length == 0)
                .mapToObj(root -> Lattice.of(closure(CONTRADICTION, ASSUMPTION, NAMED, root), MOST)).toList();
        int least = each.stream().mapToInt(one -> weight(one.sets().getFirst())).min().orElseThrow();
        List<Lattice> lightest = each.stream().filter(one -> weight(one.sets().getFirst()) == least).toList();
        return new Lattice(lightest.stream().flatMap(one -> one.sets().stream()).distinct().toList(),
                lightest.stream().allMatch(Lattice::complete));
    }

    private int weight(BitSet set) {
        return CONTRADICTION * hard.of(set) + ASSUMPTION * assumed.of(set) + NAMED * named.of(set);
    }

    private Closure closure(int contradiction, int assumption, int naming) {
        return closure(contradiction, assumption, naming, NONE);
    }

    /** @param kept a revision that each set holds; or {@link #NONE} */
    private Closure closure(int contradiction, int assumption, int naming, int kept) {
        int[] weights = new int[history.size()];
        int[][] needs = new int[history.size()][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = contradiction * hard.added(i) + assumption * assumed.added(i) + naming * named.added(i);
            needs[i] = history.needs(i);
        }
        if (kept != NONE) {
            weights[kept] = -WHATEVER_SPEAKS_AGAINST_IT;
        }
        return new Closure(weights, needs);
    }

    /** The smallest set within this one against which no more speaks: what is in the one and not in the other, nothing confirms. */
    BitSet confirmed(BitSet set) {
        int[] weights = new int[history.size()];
        int[][] needs = new int[history.size()][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = set.get(i)
                    ? CONTRADICTION * hard.added(i) + ASSUMPTION * assumed.added(i) + NAMED * named.added(i)
                    : CONTRADICTION;
            needs[i] = history.needs(i);
        }
        return new Closure(weights, needs).smallest();
    }

    /** Whether the schema cannot be distinguished from what this set leaves. */
    boolean matches(BitSet set) {
        return hard.of(best) == 0 && hard.of(set) == 0 && isModest(set);
    }

    /** Whether it assumes hardly more than has to be assumed. */
    boolean isModest(BitSet set) {
        return assumed.of(set) <= assumed.of(best) + SLACK;
    }

    /** All sets that match; none: {@link #nearest} are the best there are. */
    Lattice matching() {
        if (hard.of(best) > 0) {
            return new Lattice(List.of(), true);
        }
        Lattice near = nearest();
        Lattice all = Lattice.of(closure(1, 0, 0), MOST_CANDIDATES);
        Set<BitSet> sets = new LinkedHashSet<>(near.sets());
        sets.addAll(all.sets());
        List<BitSet> sorted = sets.stream().filter(this::matches)
                .sorted(Comparator.comparingInt(BitSet::cardinality)).toList();
        boolean complete = near.complete() && all.complete() && sorted.size() <= MOST;
        return new Lattice(sorted.subList(0, Math.min(MOST, sorted.size())), complete);
    }

    /**
     * These and, where they assume something, the sets against which least speaks if somebody's hand is as likely as what is assumed:
     * nobody knows which of the two it was.
     */
    Lattice near(Lattice sets) {
        if (assumed.of(best) == 0 && named.of(best) == 0) {
            return sets;
        }
        Lattice others = Lattice.of(closure(1, 1, 1), MOST);
        Set<BitSet> all = new LinkedHashSet<>(sets.sets());
        all.addAll(others.sets());
        return new Lattice(List.copyOf(all), sets.complete() && others.complete());
    }

    Lattice nearest() {
        return Lattice.of(weighted, MOST);
    }
}
