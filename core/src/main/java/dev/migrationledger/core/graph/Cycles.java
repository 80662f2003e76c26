package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.scripts.GraphProblem;
import dev.migrationledger.contracts.scripts.GraphProblem.Cycle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Revisions that come before themselves: first along {@code down_revision} alone, then those that only a {@code depends_on}
 * closes. Of revisions that are tangled in several cycles one shortest cycle is named; when it is cut, the next is.
 */
final class Cycles {

    private final Links links;
    private final Order order;

    Cycles(Links links, Order order) {
        this.links = links;
        this.order = order;
    }

    List<GraphProblem> problems() {
        List<GraphProblem> problems = new ArrayList<>();
        Order byParents = links.parents == links.requirements ? order : Order.of(links.parents);
        boolean[] reported = new boolean[links.revisions.size()];
        for (List<Integer> cycle : cycles(links.parents, byParents)) {
            problems.add(new Cycle(Problems.declared(links, cycle), false));
            cycle.forEach(i -> reported[order.component[i]] = true);
        }
        if (byParents != order) {
            for (List<Integer> cycle : cycles(links.requirements, order)) {
                if (!reported[order.component[cycle.getFirst()]]) {
                    problems.add(new Cycle(Problems.declared(links, cycle), true));
                }
            }
        }
        return problems;
    }

    /** One cycle for each group of revisions that are on cycles with each other; the first revision's own. */
    private static List<List<Integer>> cycles(Arrows arrows, Order order) {
        List<List<Integer>> cycles = new ArrayList<>();
        int[] nodes = order.nodes;
        // Shared by all searches: each stays in a component of its own.
        int[] cameFrom = new int[nodes.length];
        Arrays.fill(cameFrom, -1);
        // The node that a search starts from comes in a second time, as its end.
        int[] queue = new int[nodes.length + 1];
        for (int i = 0; i < nodes.length; i++) {
            boolean first = i == 0 || order.component[nodes[i - 1]] != order.component[nodes[i]];
            boolean several = i + 1 < nodes.length && order.component[nodes[i + 1]] == order.component[nodes[i]];
            if (first && (several || pointsTo(arrows, nodes[i], nodes[i]))) {
                cycles.add(shortest(arrows, order.component, nodes[i], cameFrom, queue));
            }
        }
        return cycles;
    }

    private static boolean pointsTo(Arrows arrows, int source, int target) {
        for (int at = arrows.start(source); at < arrows.start(source + 1); at++) {
            if (arrows.target(at) == target) {
                return true;
            }
        }
        return false;
    }

    /** The shortest way from a node back to itself; breadth first, within its component, where there is one. */
    private static List<Integer> shortest(
            Arrows arrows, int[] component, int node, int[] cameFrom, int[] queue) {
        int taken = 0;
        int put = 0;
        queue[put++] = node;
        while (cameFrom[node] < 0) {
            int source = queue[taken++];
            for (int at = arrows.start(source); at < arrows.start(source + 1); at++) {
                int target = arrows.target(at);
                if (component[target] == component[node] && cameFrom[target] < 0) {
                    cameFrom[target] = source;
                    queue[put++] = target;
                }
            }
        }
        List<Integer> cycle = new ArrayList<>();
        for (int at = cameFrom[node]; at != node; at = cameFrom[at]) {
            cycle.add(at);
        }
        cycle.add(node);
        return cycle.reversed();
    }
}
