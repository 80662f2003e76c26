package dev.migrationledger.core.merge;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.GraphProblem.SeveralHeads;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.BranchComparison;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies between the heads of a history, and how they become one: decided by where each side ran. */
public final class MergeContents {

    private MergeContents() {}

    /** Heads that should be one; none where there is one, where each has a label of its own, or where it cannot be known. */
    public static List<String> heads(RevisionGraph graph) {
        boolean several = !graph.lacksParents() && graph.problems().stream()
                .anyMatch(problem -> problem instanceof SeveralHeads heads && !heads.labelled());
        return several ? List.copyOf(new TreeSet<>(graph.heads())) : List.of();
    }

    /**
     * What lies between heads.
     *
     * @param heads at least two of the scripts' heads
     * @param schema the live schema; absent: it is not known
     * @param environments all that are used
     * @param chosen how they become one; absent, or where that is not possible: as it fits what ran where
     */
    public static MergeContent of(
            ScriptsSeen scripts, List<String> heads, @Nullable SchemaSeen schema,
            Collection<PlacedEnvironment> environments, @Nullable MergeWay chosen) {
        BranchComparison compared = BranchComparison.of(scripts, List.copyOf(new TreeSet<>(heads)), schema);
        List<String> unplaced = environments.stream().filter(one -> !one.isKnown()).map(PlacedEnvironment::name)
                .sorted().toList();
        List<Side> sides = compared.revisions().entrySet().stream()
                .map(one -> side(scripts, one.getKey(), one.getValue(), compared, environments))
                .toList();
        Optional<List<Side>> chain = chosen == MergeWay.MERGE || !unplaced.isEmpty()
                ? Optional.empty()
                : chain(scripts.graph(), sides);
        return new MergeContent(compared.parting(), chain.orElse(sides), List.copyOf(compared.shared()),
                chain.isPresent() ? MergeWay.REPARENT : MergeWay.MERGE, unplaced);
    }

    private static Side side(
            ScriptsSeen scripts, String head, List<String> revisions, BranchComparison compared,
            Collection<PlacedEnvironment> environments) {
        return new Side(head,
                revisions.stream().flatMap(id -> scripts.graph().find(id).stream())
                        .map(revision -> revision(revision, scripts.footprints().get(revision.revision()))).toList(),
                List.copyOf(compared.changed().getOrDefault(head, Set.of())),
                environments.stream().filter(one -> revisions.stream().anyMatch(one.applied()::contains))
                        .map(PlacedEnvironment::name).sorted().toList());
    }

    private static SideRevision revision(Revision declared, @Nullable Footprint footprint) {
        boolean writes = footprint != null
                && footprint.upgrade().changes().stream().anyMatch(change -> change.action() == Action.WRITE);
        return new SideRevision(declared.revision(), declared.parents(), declared.dependsOn(), declared.message(),
                declared.file(), declared.digest(),
                writes && footprint != null && footprint.upgrade().isRead() && footprint.upgrade().changes().stream()
                        .allMatch(change -> change.action() == Action.WRITE),
                footprint == null
                        ? null
                        : footprint.upgrade().unknowns().stream().map(Unread::line).distinct().sorted().toList());
    }

    /**
     * The sides, so that each can follow the one before; empty where more than one ran somewhere, or one cannot follow another.
     */
    private static Optional<List<Side>> chain(RevisionGraph graph, List<Side> sides) {
        if (sides.stream().filter(side -> !side.ranIn().isEmpty()).count() > 1) {
            return Optional.empty();
        }
        List<Side> chain = sides.stream()
                .sorted(Comparator.<Side, Boolean>comparing(side -> side.ranIn().isEmpty())
                        .thenComparing(side -> needs(graph, side, sides).size())
                        .thenComparing(Side::head))
                .toList();
        Map<String, Integer> places = Stream.iterate(0, i -> i + 1).limit(chain.size())
                .collect(Collectors.toMap(i -> chain.get(i).head(), i -> i));
        boolean possible = chain.stream().skip(1).allMatch(side -> isMovable(graph, side))
                && chain.stream().allMatch(side -> needs(graph, side, sides).stream()
                        .allMatch(other -> places.getOrDefault(other, 0) < places.getOrDefault(side.head(), 0)));
        return possible ? Optional.of(chain) : Optional.empty();
    }

    /** Heads of sides on which a side depends. */
    private static Set<String> needs(RevisionGraph graph, Side side, List<Side> sides) {
        Set<String> all = graph.ancestors(List.of(side.head()));
        return sides.stream().filter(other -> !other.head().equals(side.head()))
                .filter(other -> other.revisions().isEmpty() || other.revisions().stream()
                        .anyMatch(one -> all.contains(one.revision())))
                .map(Side::head).collect(Collectors.toSet());
    }

    /** Whether a side begins with one revision of one parent or none, so that it can get another. */
    private static boolean isMovable(RevisionGraph graph, Side side) {
        List<String> roots = side.roots();
        return roots.size() == 1 && graph.find(roots.getFirst()).filter(root -> root.parents().size() <= 1).isPresent();
    }
}
