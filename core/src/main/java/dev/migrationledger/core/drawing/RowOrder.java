package dev.migrationledger.core.drawing;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The order of the rows, the newest first: a node comes after all that follow it, and along a branch before another one is begun. */
final class RowOrder {

    private RowOrder() {}

    /** The numbers of nodes from the top of the drawing to its bottom. */
    static int[] of(BranchPaths branches) {
        int size = branches.branch.length;
        int[] open = new int[size];
        Arrays.setAll(open, i -> branches.above[i].length);
        // A stack: what is put there last comes first, so the oldest branch has to come last.
        int[] ready = new int[size];
        int top = 0;
        for (int head : IntStream.range(0, size).filter(i -> open[i] == 0).boxed()
                .sorted((one, other) -> branches.branch[other] - branches.branch[one]).toList()) {
            ready[top++] = head;
        }
        int[] rows = new int[size];
        int row = 0;
        while (top > 0) {
            int node = ready[--top];
            rows[row++] = node;
            for (int next : Arrays.stream(branches.below[node]).boxed()
                    .sorted((one, other) -> order(branches, node, one, other)).toList()) {
                if (--open[next] == 0) {
                    ready[top++] = next;
                }
            }
        }
        return rows;
    }

    /** Younger branches first, the node's own last. */
    private static int order(BranchPaths branches, int node, int one, int other) {
        int own = Boolean.compare(branches.previous[node] == one, branches.previous[node] == other);
        return own != 0 ? own : branches.branch[other] - branches.branch[one];
    }
}
