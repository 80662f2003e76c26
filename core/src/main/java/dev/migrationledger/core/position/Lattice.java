package dev.migrationledger.core.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All sets of least weight, the smallest first. They are those between the smallest and the largest that hold with each node
 * all that it is bound to in the residual graph.
 *
 * @param complete whether there are no more
 */
record Lattice(List<BitSet> sets, boolean complete) {

    /** How many more sets are looked at than are wanted, so that small ones come first. */
    private static final int LOOKAHEAD = 8;

    /** Nodes that only come together, after those that they need. */
    private static final class Step {

        private final BitSet nodes;
        private final int[] needs;

        Step(BitSet nodes, int[] needs) {
            this.nodes = nodes;
            this.needs = needs;
        }

        boolean isNext(BitSet set) {
            for (int need : needs) {
                if (!set.get(need)) {
                    return false;
                }
            }
            return !set.intersects(nodes);
        }
    }

    /** A set as a key. {@code BitSet} hashes the first n nodes alike for many n, which is what histories without branches are made of. */
    private record Key(BitSet set, int hash) {
        static Key of(BitSet set) {
            long hash = 0;
            for (long word : set.toLongArray()) {
                hash = (hash ^ word) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 32;
            }
            return new Key(set, (int) hash);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && hash == key.hash && set.equals(key.set);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** @param most how many are wanted */
    static Lattice of(Closure closure, int most) {
        BitSet smallest = closure.smallest();
        BitSet free = closure.largest();
        free.andNot(smallest);
        List<Step> steps = steps(closure, smallest, free);
        PriorityQueue<BitSet> queue = new PriorityQueue<>(Comparator.comparingInt(BitSet::cardinality));
        Set<Key> seen = new HashSet<>();
        List<BitSet> sets = new ArrayList<>();
        queue.add(smallest);
        seen.add(Key.of(smallest));
        while (!queue.isEmpty()) {
            BitSet set = queue.remove();
            if (sets.size() == most) {
                return new Lattice(sets, false);
            }
            sets.add(set);
            for (int i = 0; i < steps.size() && seen.size() <= most * LOOKAHEAD; i++) {
                if (steps.get(i).isNext(set)) {
                    BitSet larger = (BitSet) set.clone();
                    larger.or(steps.get(i).nodes);
                    if (seen.add(Key.of(larger))) {
                        queue.add(larger);
                    }
                }
            }
        }
        return new Lattice(sets, seen.size() <= most * LOOKAHEAD);
    }

    Lattice withoutEmpty() {
        return new Lattice(sets.stream().filter(set -> !set.isEmpty()).toList(), complete);
    }

    /** The free nodes in groups that only come together, the smallest group first. */
    private static List<Step> steps(Closure closure, BitSet smallest, BitSet free) {
        int[][] bound = new int[free.length()][];
        BitSet[] below = new BitSet[free.length()];
        for (int node = free.nextSetBit(0); node >= 0; node = free.nextSetBit(node + 1)) {
            bound[node] = Arrays.stream(closure.bound(node)).filter(it -> !smallest.get(it)).toArray();
            below[node] = new BitSet(node + 1);
            below[node].set(node);
        }
        // Most nodes are bound to nodes with lower numbers: one or two rounds are enough.
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int node = free.nextSetBit(0); node >= 0; node = free.nextSetBit(node + 1)) {
                int before = below[node].cardinality();
                for (int it : bound[node]) {
                    below[node].or(below[it]);
                }
                changed |= below[node].cardinality() != before;
            }
        }
        List<Step> steps = new ArrayList<>();
        BitSet grouped = new BitSet();
        for (int node = free.nextSetBit(0); node >= 0; node = free.nextSetBit(node + 1)) {
            if (!grouped.get(node)) {
                int first = node;
                BitSet group = new BitSet();
                below[node].stream().filter(it -> below[it].get(first)).forEach(group::set);
                grouped.or(group);
                steps.add(new Step(group, group.stream().flatMap(it -> Arrays.stream(bound[it]))
                        .filter(it -> !group.get(it)).distinct().toArray()));
            }
        }
        steps.sort(Comparator.comparingInt(step -> step.nodes.cardinality()));
        return steps;
    }
}
