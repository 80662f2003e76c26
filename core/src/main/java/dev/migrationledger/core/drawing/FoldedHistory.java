package dev.migrationledger.core.drawing;

import dev.migrationledger.core.drawing.DrawnNode.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A history in which what lies between two places that are looked at is one node. Two things are folded: a run, in which each revision has one parent
 * and one child; and a stretch that one line enters and one line leaves, with all the branches and merges inside it.
 *
 * @param nodes parents before children
 * @param folds by key of a node that is folded, what is in it
 */
public record FoldedHistory(List<DrawnNode> nodes, Map<String, Fold> folds) {

    /** Fewer take hardly more room than the line that says how many they are. */
    static final int FEWEST = 3;

    public FoldedHistory {
        nodes = List.copyOf(nodes);
        folds = Map.copyOf(folds);
    }

    /**
     * Revisions that are not drawn one by one.
     *
     * @param revisions the newest first
     */
    public record Fold(List<String> revisions) {
        public Fold {
            revisions = List.copyOf(revisions);
        }

        public String newest() {
            return revisions.getFirst();
        }

        public String oldest() {
            return revisions.getLast();
        }
    }

    /**
     * Folds a history.
     *
     * @param all parents before children
     * @param kept what has a row of its own in any case; heads and bases have one, too
     * @param likeness what revisions in one fold have in common, such as where each of them ran
     */
    public static FoldedHistory of(List<DrawnNode> all, Predicate<String> kept, Function<String, Object> likeness) {
        return new Folding(all, kept, likeness).folded();
    }

    private static final class Folding {

        private final List<DrawnNode> nodes;
        private final BranchPaths branches;
        private final boolean[] foldable;
        private final Object[] alike;
        private final int[] order;

        /** By node, the first node of its fold in the order of the rows; itself where it is not folded. */
        private final int[] fold;

        Folding(List<DrawnNode> nodes, Predicate<String> kept, Function<String, Object> likeness) {
            this.nodes = nodes;
            branches = new BranchPaths(nodes);
            order = RowOrder.of(branches);
            int size = nodes.size();
            foldable = new boolean[size];
            alike = new Object[size];
            fold = new int[size];
            for (int i = 0; i < size; i++) {
                foldable[i] = branches.below[i].length > 0 && branches.above[i].length > 0
                        && !kept.test(nodes.get(i).key());
                alike[i] = likeness.apply(nodes.get(i).key());
                fold[i] = i;
            }
        }

        FoldedHistory folded() {
            stretches();
            runs();
            return contracted();
        }

        /** Rows between two edges that only one line crosses are one stretch; neighbours that are alike are folded together. */
        private void stretches() {
            int size = order.length;
            int[] crossing = crossing();
            int begin = -1;
            int start = 0;
            while (start < size) {
                int end = start;
                while (end + 1 < size && crossing[end] != 1) {
                    end++;
                }
                boolean plain = start > 0 && end + 1 < size && isPlain(start, end);
                if (begin >= 0 && (!plain || !alike[order[begin]].equals(alike[order[start]]))) {
                    fold(begin, start - 1);
                    begin = -1;
                }
                if (plain && begin < 0) {
                    begin = start;
                }
                start = end + 1;
            }
        }

        /** By row, how many lines cross its lower edge. */
        private int[] crossing() {
            int[] rowOf = new int[order.length];
            for (int row = 0; row < order.length; row++) {
                rowOf[order[row]] = row;
            }
            int[] crossing = new int[order.length + 1];
            for (int node = 0; node < order.length; node++) {
                for (int to : branches.below[node]) {
                    crossing[rowOf[node]]++;
                    crossing[rowOf[to]]--;
                }
            }
            Arrays.parallelPrefix(crossing, Integer::sum);
            return crossing;
        }

        private boolean isPlain(int start, int end) {
            Object first = alike[order[start]];
            for (int row = start; row <= end; row++) {
                if (!foldable[order[row]] || !alike[order[row]].equals(first)) {
                    return false;
                }
            }
            return true;
        }

        private void fold(int start, int end) {
            if (end - start + 1 >= FEWEST) {
                for (int row = start; row <= end; row++) {
                    fold[order[row]] = order[start];
                }
            }
        }

        /** Along each branch, as far as each has one parent and one child. */
        private void runs() {
            for (List<Integer> members : branches.members) {
                List<Integer> run = new ArrayList<>();
                for (int node : members.reversed()) {
                    boolean plain = foldable[node] && fold[node] == node && branches.below[node].length == 1
                            && branches.above[node].length == 1 && !nodes.get(node).below().getFirst().dependency();
                    if (!run.isEmpty() && (!plain || !alike[node].equals(alike[run.getFirst()])
                            || branches.below[run.getLast()][0] != node)) {
                        fold(run);
                        run.clear();
                    }
                    if (plain) {
                        run.add(node);
                    }
                }
                fold(run);
            }
        }

        private void fold(List<Integer> run) {
            if (run.size() >= FEWEST) {
                run.forEach(node -> fold[node] = run.getFirst());
            }
        }

        private FoldedHistory contracted() {
            Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
            for (int node : order) {
                groups.computeIfAbsent(fold[node], _ -> new ArrayList<>()).add(node);
            }
            Map<Integer, String> keys = new HashMap<>();
            groups.forEach((first, group) -> keys.put(first, nodes.get(group.getLast()).key()));
            Map<String, Fold> folds = new HashMap<>();
            List<DrawnNode> drawn = new ArrayList<>();
            // Of a group the oldest comes last in the order of rows, so the order of these has parents before children, too.
            List<Integer> parentsFirst = groups.values().stream().map(List::getLast).sorted().toList();
            for (int oldest : parentsFirst) {
                List<Integer> group = Objects.requireNonNull(groups.get(fold[oldest]));
                String key = nodes.get(oldest).key();
                if (group.size() > 1) {
                    folds.put(key, new Fold(group.stream().map(node -> nodes.get(node).key()).toList()));
                }
                drawn.add(new DrawnNode(key, length(group), below(group, keys)));
            }
            return new FoldedHistory(drawn, folds);
        }

        private List<Link> below(List<Integer> group, Map<Integer, String> keys) {
            Map<String, Link> below = new LinkedHashMap<>();
            for (int node : group) {
                List<Link> links = nodes.get(node).below();
                for (int at = 0; at < links.size(); at++) {
                    int to = fold[branches.below[node][at]];
                    if (to != fold[node]) {
                        Link link = new Link(Objects.requireNonNull(keys.get(to)), links.get(at).dependency());
                        below.merge(link.to(), link, (one, other) -> one.dependency() ? other : one);
                    }
                }
            }
            return List.copyOf(below.values());
        }

        /** The longest way from its newest revision to its oldest. */
        private int length(List<Integer> group) {
            Map<Integer, Integer> lengths = new HashMap<>();
            LinkedHashSet<Integer> inside = new LinkedHashSet<>(group.reversed());
            for (int node : inside) {
                lengths.put(node, nodes.get(node).length() + Arrays.stream(branches.below[node])
                        .map(to -> lengths.getOrDefault(to, 0)).max().orElse(0));
            }
            return lengths.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        }
    }
}
