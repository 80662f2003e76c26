package dev.migrationledger.core.graph;

import java.util.Arrays;

/**
 * All nodes, the targets of their arrows first, and the cycles among them: Tarjan's strongly connected components, which
 * come out in just that order. Nodes on one cycle share a component and stand together, in ascending order. It keeps its own stack,
 * because the thread's would not hold a chain of 100,000.
 */
final class Order {

    /** Targets before sources. */
    final int[] nodes;

    /** For each node its component, numbered in the order of {@link #nodes}. */
    final int[] component;

    private Order(int[] nodes, int[] component) {
        this.nodes = nodes;
        this.component = component;
    }

    static Order of(Arrows arrows) {
        return new Search(arrows).run();
    }

    private static final class Search {
        private final Arrows arrows;
        /** When the node was first met, from 1; 0: not yet. */
        private final int[] met;
        /** The earliest met node that is known to be on a cycle with this one. */
        private final int[] earliest;
        private final int[] nextArrow;
        private final int[] path;
        private final int[] open;
        private final int[] nodes;
        private final int[] component;
        private int depth = 0;
        private int opened = 0;
        private int emitted = 0;
        private int clock = 0;
        private int components = 0;

        Search(Arrows arrows) {
            this.arrows = arrows;
            int n = arrows.nodes();
            met = new int[n];
            earliest = new int[n];
            nextArrow = new int[n];
            path = new int[n];
            open = new int[n];
            nodes = new int[n];
            component = new int[n];
            Arrays.fill(component, -1);
        }

        Order run() {
            for (int root = 0; root < arrows.nodes(); root++) {
                if (met[root] == 0) {
                    enter(root);
                    while (depth > 0) {
                        step(path[depth - 1]);
                    }
                }
            }
            return new Order(nodes, component);
        }

        private void enter(int node) {
            met[node] = ++clock;
            earliest[node] = clock;
            nextArrow[node] = arrows.start(node);
            path[depth++] = node;
            open[opened++] = node;
        }

        private void step(int node) {
            if (nextArrow[node] < arrows.start(node + 1)) {
                int target = arrows.target(nextArrow[node]++);
                if (met[target] == 0) {
                    enter(target);
                } else if (component[target] < 0) {
                    earliest[node] = Math.min(earliest[node], met[target]);
                }
                return;
            }
            depth--;
            if (depth > 0) {
                int source = path[depth - 1];
                earliest[source] = Math.min(earliest[source], earliest[node]);
            }
            if (earliest[node] == met[node]) {
                emit(node);
            }
        }

        /** The nodes opened since this one are on cycles with it. */
        private void emit(int first) {
            int from = emitted;
            int node;
            do {
                node = open[--opened];
                component[node] = components;
                nodes[emitted++] = node;
            } while (node != first);
            Arrays.sort(nodes, from, emitted);
            components++;
        }
    }
}
