package dev.migrationledger.core.merge;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.GraphProblem.SeveralHeads;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.BranchComparison;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies between the heads of a history, and how they become one: decided by where each side ran. */
public final class MergeContents {

    /** More heads than that are no common sight, and all their orders are many. */
    private static final int MOST_ORDERED = 4;

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
        return new SideRevision(declared,
                writes && footprint != null && footprint.upgrade().isRead() && footprint.upgrade().changes().stream()
                        .allMatch(change -> change.action() == Action.WRITE),
                footprint == null
                        ? null
                        : footprint.upgrade().unknowns().stream().map(Unread::line).distinct().sorted().toList());
    }

    /** The sides in an order in which each can follow the one before; empty where more than one ran somewhere, or no order is possible. */
    private static Optional<List<Side>> chain(RevisionGraph graph, List<Side> sides) {
        List<Side> ran = sides.stream().filter(side -> !side.ranIn().isEmpty()).toList();
        return ran.size() > 1
                ? Optional.empty()
                : orders(sides).filter(order -> ran.isEmpty() || order.getFirst().equals(ran.getFirst()))
                        .filter(order -> isChain(graph, order)).findFirst();
    }

    /** Every order of a few; of many only the given one, with each of them as the first. */
    private static Stream<List<Side>> orders(List<Side> sides) {
        return sides.size() == 1
                ? Stream.of(sides)
                : sides.stream().flatMap(first -> {
                    List<Side> others = sides.stream().filter(side -> !side.equals(first)).toList();
                    return (sides.size() <= MOST_ORDERED ? orders(others) : Stream.of(others))
                            .map(rest -> Stream.concat(Stream.of(first), rest.stream()).toList());
                });
    }

    /** Whether there is one head, and nothing comes before itself, once each of these follows the one before. */
    private static boolean isChain(RevisionGraph graph, List<Side> order) {
        if (!order.stream().skip(1).allMatch(MergeContents::isMovable)) {
            return false;
        }
        RevisionGraph chained = RevisionGraph.of(MergeOutcome.chained(graph.revisions(), order));
        List<String> left = new ArrayList<>(graph.heads());
        left.removeAll(order.stream().map(Side::head).toList());
        left.add(order.getLast().head());
        return Set.copyOf(chained.heads()).equals(Set.copyOf(left)) && chained.problems().stream()
                .noneMatch(problem -> problem.code() == DivergenceCode.REVISION_CYCLE);
    }

    /** Whether a side begins with one revision of at most one parent, and nothing else in it follows what is outside. */
    private static boolean isMovable(Side side) {
        Set<String> own = side.revisions().stream().map(SideRevision::id).collect(Collectors.toSet());
        List<SideRevision> outside = side.revisions().stream()
                .filter(one -> one.declared().parents().isEmpty()
                        || !own.containsAll(one.declared().parents()))
                .toList();
        return outside.size() == 1 && outside.getFirst().declared().parents().size() <= 1;
    }
}
