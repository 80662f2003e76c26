package dev.migrationledger.core.drawing;

import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that has a row of its own: a revision, or several that are folded.
 *
 * @param key of its row: the id of the revision, or of the oldest one that is folded
 * @param length how many revisions lie one after the other in it
 * @param below what it follows: where its lines lead, each node once
 */
public record DrawnNode(String key, int length, List<Link> below) {
    public DrawnNode {
        below = List.copyOf(below);
    }

    /**
     * A line to an older node.
     *
     * @param dependency whether it needs the other without being its child
     */
    public record Link(String to, boolean dependency) {}

    /**
     * All revisions of a graph, parents before children. A line that would lead to itself, along a cycle or to a revision that is not there is left
     * out: a drawing of a damaged history shows every revision all the same.
     */
    public static List<DrawnNode> of(RevisionGraph graph) {
        List<String> order = graph.topological(graph.revisions().stream().map(one -> one.revision()).toList());
        Map<String, Integer> place = new HashMap<>();
        order.forEach(id -> place.put(id, place.size()));
        List<DrawnNode> nodes = new ArrayList<>();
        for (String id : order) {
            List<Link> below = new ArrayList<>();
            Set<String> drawn = new HashSet<>();
            int here = place.getOrDefault(id, 0);
            List<String> parents = graph.find(id).map(one -> one.parents()).orElse(List.of());
            for (String parent : parents) {
                if (place.getOrDefault(parent, here) < here && drawn.add(parent)) {
                    below.add(new Link(parent, false));
                }
            }
            for (String needed : graph.requirements(id)) {
                if (place.getOrDefault(needed, here) < here && drawn.add(needed)) {
                    below.add(new Link(needed, true));
                }
            }
            nodes.add(new DrawnNode(id, 1, below));
        }
        return nodes;
    }
}
