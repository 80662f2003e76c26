package dev.migrationledger.agent.doctor.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of a graph run: each lane is a column of the terminal, and waits for the node that its line leads to.
 */
final class Lanes {

    /**
     * Something that has a row of its own.
     *
     * @param below keys of the nodes that a line leads down to
     */
    record Node(String key, String glyph, List<String> below) {}

    /**
     * One row of the drawing.
     *
     * @param key of the node it is of; absent: it only leads lines to where they go
     */
    record Row(String lines, @Nullable String key) {}

    private final List<@Nullable String> waiting = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /** Where a line ended with the row before; -1: nowhere. */
    private int ended = -1;

    private Lanes() {}

    /** The rows of these nodes, in an order that keeps branches together. Nodes on a cycle, and below one, are left out. */
    static List<Row> draw(List<Node> nodes) {
        Lanes lanes = new Lanes();
        inOrder(nodes).forEach(lanes::add);
        return lanes.rows;
    }

    /** What leads to others before those; along a branch to its end before another is begun. */
    private static List<Node> inOrder(List<Node> nodes) {
        Map<String, Node> byKey = new HashMap<>();
        Map<String, Integer> above = new HashMap<>();
        nodes.forEach(node -> byKey.put(node.key, node));
        nodes.forEach(node -> node.below.forEach(key -> above.merge(key, 1, Integer::sum)));
        List<Node> ready = new ArrayList<>(
                nodes.reversed().stream().filter(node -> !above.containsKey(node.key)).toList());
        List<Node> ordered = new ArrayList<>();
        while (!ready.isEmpty()) {
            Node node = ready.removeLast();
            ordered.add(node);
            for (String key : node.below.reversed()) {
                Node next = byKey.get(key);
                if (above.merge(key, -1, Integer::sum) == 0 && next != null) {
                    ready.add(next);
                }
            }
        }
        return ordered;
    }

    private void add(Node node) {
        int lane = waiting.indexOf(node.key);
        if (lane < 0) {
            lane = free(0);
            waiting.set(lane, node.key);
            if (lane == ended) {
                // Otherwise it would look as if it led on from what ended there.
                rows.add(new Row(row(lane, " "), null));
            }
        }
        join(node.key, lane);
        rows.add(new Row(row(lane, node.glyph), node.key));
        ended = node.below.isEmpty() ? lane : -1;
        fork(node.below, lane);
    }

    /** Lines that lead to the same node come together in front of it. */
    private void join(String key, int lane) {
        List<Integer> others = new ArrayList<>();
        for (int i = lane + 1; i < waiting.size(); i++) {
            if (key.equals(waiting.get(i))) {
                others.add(i);
            }
        }
        if (!others.isEmpty()) {
            rows.add(new Row(connector(lane, others, "┴", "╯"), null));
            others.forEach(i -> waiting.set(i, null));
        }
    }

    /** Lines that lead on from a node part behind it. */
    private void fork(List<String> below, int lane) {
        waiting.set(lane, below.isEmpty() ? null : below.getFirst());
        List<Integer> others = new ArrayList<>();
        for (String key : below.subList(Math.min(1, below.size()), below.size())) {
            int other = free(lane + 1);
            waiting.set(other, key);
            others.add(other);
        }
        if (!others.isEmpty()) {
            rows.add(new Row(connector(lane, others, "┬", "╮"), null));
        }
        while (!waiting.isEmpty() && waiting.getLast() == null) {
            waiting.removeLast();
        }
    }

    private int free(int from) {
        for (int i = from; i < waiting.size(); i++) {
            if (waiting.get(i) == null) {
                return i;
            }
        }
        waiting.add(null);
        return waiting.size() - 1;
    }

    private String row(int lane, String glyph) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < waiting.size(); i++) {
            row.append(i == lane ? glyph : waiting.get(i) == null ? " " : "│").append(' ');
        }
        return row.toString().stripTrailing();
    }

    private String connector(int lane, List<Integer> others, String amid, String atEnd) {
        int end = others.stream().mapToInt(i -> i).max().orElse(lane);
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < waiting.size(); i++) {
            boolean within = i > lane && i < end;
            if (i == lane) {
                row.append("├");
            } else if (others.contains(i)) {
                row.append(i == end ? atEnd : amid);
            } else if (waiting.get(i) == null) {
                row.append(within ? "─" : " ");
            } else {
                row.append(within ? "┼" : "│");
            }
            row.append(i >= lane && i < end ? "─" : " ");
        }
        return row.toString().stripTrailing();
    }
}
