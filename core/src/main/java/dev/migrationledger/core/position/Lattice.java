package dev.migrationledger.core.position;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * All sets of least weight, the smallest first. They are those between the smallest and the largest that hold with each node
 * all that it is bound to in the residual graph.
 *
 * @param complete whether there are no more
 */
record Lattice(List<BitSet> sets, boolean complete) {

    /** How many more sets are looked at than are wanted, so that small ones come first. */
    private static final int LOOKAHEAD = 8;

    /** @param most how many are wanted */
    static Lattice of(Closure closure, int most) {
        BitSet smallest = closure.smallest();
        BitSet free = closure.largest();
        free.andNot(smallest);
        List<BitSet> steps = steps(closure, smallest, free);
        PriorityQueue<BitSet> queue = new PriorityQueue<>(Comparator.comparingInt(BitSet::cardinality));
        Set<BitSet> seen = new HashSet<>();
        List<BitSet> sets = new ArrayList<>();
        queue.add(smallest);
        seen.add(smallest);
        while (!queue.isEmpty()) {
            BitSet set = queue.remove();
            if (sets.size() == most) {
                return new Lattice(sets, false);
            }
            sets.add(set);
            for (int i = 0; i < steps.size() && seen.size() <= most * LOOKAHEAD; i++) {
                BitSet step = steps.get(i);
                BitSet larger = (BitSet) set.clone();
                larger.or(step);
                if (!larger.equals(set) && seen.add(larger)) {
                    queue.add(larger);
                }
            }
        }
        return new Lattice(sets, seen.size() <= most * LOOKAHEAD);
    }

    Lattice withoutEmpty() {
        return new Lattice(sets.stream().filter(set -> !set.isEmpty()).toList(), complete);
    }

    /** For each free node what has to come with it. */
    private static List<BitSet> steps(Closure closure, BitSet smallest, BitSet free) {
        Set<BitSet> steps = new HashSet<>();
        for (int node = free.nextSetBit(0); node >= 0; node = free.nextSetBit(node + 1)) {
            BitSet step = new BitSet();
            ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(node));
            step.set(node);
            while (!queue.isEmpty()) {
                for (int bound : closure.bound(queue.remove())) {
                    if (!smallest.get(bound) && !step.get(bound)) {
                        step.set(bound);
                        queue.add(bound);
                    }
                }
            }
            steps.add(step);
        }
        List<BitSet> sorted = new ArrayList<>(steps);
        sorted.sort(Comparator.comparingInt(BitSet::cardinality));
        return sorted;
    }
}
