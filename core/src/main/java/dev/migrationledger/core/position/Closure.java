package dev.migrationledger.core.position;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The sets of least weight among those that hold with each node all that it needs: a minimum cut (Picard 1976), by Dinic's
 * algorithm. A node of negative weight is fed by the source with as much, one of positive weight drains into the sink, and
 * flow runs without bound from a node to what it needs.
 */
final class Closure {

    private static final int WITHOUT_BOUND = Integer.MAX_VALUE / 4;

    private final int nodes;
    private final int source;
    private final int sink;
    private final int[] heads;
    private int[] next = new int[64];
    private int[] targets = new int[64];
    private int[] room = new int[64];
    private int edges = 0;
    private final int[] level;

    /** @param needs of each node, those that must be in each set that it is in */
    Closure(int[] weights, int[][] needs) {
        nodes = weights.length;
        source = nodes;
        sink = nodes + 1;
        heads = new int[nodes + 2];
        Arrays.fill(heads, -1);
        level = new int[nodes + 2];
        for (int node = 0; node < nodes; node++) {
            if (weights[node] < 0) {
                edge(source, node, -weights[node]);
            } else if (weights[node] > 0) {
                edge(node, sink, weights[node]);
            }
            for (int need : needs[node]) {
                edge(node, need, WITHOUT_BOUND);
            }
        }
        int[] at = new int[nodes + 2];
        while (levels()) {
            System.arraycopy(heads, 0, at, 0, heads.length);
            while (push(at)) {
                // Until no path of this length is left.
            }
        }
    }

    private void edge(int from, int to, int capacity) {
        if (edges + 2 > targets.length) {
            next = Arrays.copyOf(next, edges * 2);
            targets = Arrays.copyOf(targets, edges * 2);
            room = Arrays.copyOf(room, edges * 2);
        }
        half(from, to, capacity);
        half(to, from, 0);
    }

    private void half(int from, int to, int capacity) {
        targets[edges] = to;
        room[edges] = capacity;
        next[edges] = heads[from];
        heads[from] = edges++;
    }

    private boolean levels() {
        Arrays.fill(level, -1);
        level[source] = 0;
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        queue.add(source);
        while (!queue.isEmpty() && level[sink] < 0) {
            int node = queue.remove();
            for (int edge = heads[node]; edge >= 0; edge = next[edge]) {
                if (room[edge] > 0 && level[targets[edge]] < 0) {
                    level[targets[edge]] = level[node] + 1;
                    queue.add(targets[edge]);
                }
            }
        }
        return level[sink] >= 0;
    }

    /** One path of the shortest length, found without recursion: histories are long. */
    private boolean push(int[] at) {
        int[] path = new int[level[sink]];
        int depth = 0;
        int node = source;
        while (node != sink) {
            int edge = at[node];
            while (edge >= 0 && (room[edge] == 0 || level[targets[edge]] != level[node] + 1)) {
                edge = next[edge];
            }
            at[node] = edge;
            if (edge >= 0) {
                path[depth++] = edge;
                node = targets[edge];
            } else if (depth == 0) {
                return false;
            } else {
                int back = path[--depth];
                node = targets[back ^ 1];
                at[node] = next[back];
            }
        }
        int flow = WITHOUT_BOUND;
        for (int i = 0; i < depth; i++) {
            flow = Math.min(flow, room[path[i]]);
        }
        for (int i = 0; i < depth; i++) {
            room[path[i]] -= flow;
            room[path[i] ^ 1] += flow;
        }
        return true;
    }

    /** What is in every set of least weight. */
    BitSet smallest() {
        BitSet reached = reached(source, 0);
        reached.clear(source);
        return reached;
    }

    /** What is in any set of least weight. */
    BitSet largest() {
        BitSet largest = reached(sink, 1);
        largest.flip(0, nodes);
        largest.clear(nodes, nodes + 2);
        return largest;
    }

    /** @param reverse 0: along what has room; 1: against it */
    private BitSet reached(int from, int reverse) {
        BitSet reached = new BitSet(nodes + 2);
        reached.set(from);
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        queue.add(from);
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int edge = heads[node]; edge >= 0; edge = next[edge]) {
                if (room[edge ^ reverse] > 0 && !reached.get(targets[edge])) {
                    reached.set(targets[edge]);
                    queue.add(targets[edge]);
                }
            }
        }
        return reached;
    }

    /** For each node those that must be in a set of least weight if it is. */
    int[] bound(int node) {
        int count = 0;
        int[] bound = new int[4];
        for (int edge = heads[node]; edge >= 0; edge = next[edge]) {
            if (room[edge] > 0 && targets[edge] < nodes) {
                bound = count == bound.length ? Arrays.copyOf(bound, count * 2) : bound;
                bound[count++] = targets[edge];
            }
        }
        return Arrays.copyOf(bound, count);
    }
}
