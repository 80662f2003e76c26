package dev.migrationledger.core.drawing;

import dev.migrationledger.core.drawing.DrawnNode.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which nodes are one branch: each node is in exactly one, and of a branch each node but the first follows the one before. A branch goes on with the
 * child above which most revisions lie one after the other, and through a merge with the side that began first. So the branch of a node changes with
 * nothing that is added above it, unless a side grows longer than the one from which it parted.
 */
final class BranchPaths {

    static final int NONE = -1;

    final int[] branch;

    /** By branch, the numbers of its nodes, the oldest first. */
    final List<List<Integer>> members = new ArrayList<>();

    /** By node, the node below it in its branch; {@link #NONE}: it is the first. */
    final int[] previous;

    /** By node, the nodes below it and above it. */
    final int[][] below;
    final int[][] above;

    /** @param nodes parents before children */
    BranchPaths(List<DrawnNode> nodes) {
        int size = nodes.size();
        Map<String, Integer> number = new HashMap<>();
        nodes.forEach(node -> number.put(node.key(), number.size()));
        below = new int[size][];
        above = new int[size][];
        int[] children = new int[size];
        for (int i = 0; i < size; i++) {
            below[i] = nodes.get(i).below().stream()
                    .mapToInt(link -> Objects.requireNonNull(number.get(link.to()), link.to())).toArray();
            Arrays.stream(below[i]).forEach(parent -> children[parent]++);
        }
        Arrays.setAll(above, i -> new int[children[i]]);
        for (int i = size - 1; i >= 0; i--) {
            for (int parent : below[i]) {
                above[parent][--children[parent]] = i;
            }
        }
        int[] next = next(nodes);
        branch = new int[size];
        previous = new int[size];
        for (int i = 0; i < size; i++) {
            previous[i] = continued(nodes.get(i), i, next);
            if (previous[i] == NONE) {
                branch[i] = members.size();
                members.add(new ArrayList<>());
            } else {
                branch[i] = branch[previous[i]];
            }
            members.get(branch[i]).add(i);
        }
    }

    /** By node, the child that may go on with its branch. */
    private int[] next(List<DrawnNode> nodes) {
        int size = nodes.size();
        int[] height = new int[size];
        int[] next = new int[size];
        Arrays.fill(next, NONE);
        for (int i = size - 1; i >= 0; i--) {
            List<Link> links = nodes.get(i).below();
            height[i] += nodes.get(i).length();
            for (int at = 0; at < links.size(); at++) {
                int parent = below[i][at];
                if (!links.get(at).dependency() && height[i] >= height[parent]) {
                    // Of equal ones the first in the order of the input, which comes last here.
                    height[parent] = height[i];
                    next[parent] = i;
                }
            }
        }
        return next;
    }

    private int continued(DrawnNode node, int number, int[] next) {
        int best = NONE;
        for (int at = 0; at < node.below().size(); at++) {
            int parent = below[number][at];
            if (!node.below().get(at).dependency() && next[parent] == number
                    && (best == NONE || branch[parent] < branch[best])) {
                best = parent;
            }
        }
        return best;
    }

    boolean isTop(int node) {
        return members.get(branch[node]).getLast() == node;
    }
}
