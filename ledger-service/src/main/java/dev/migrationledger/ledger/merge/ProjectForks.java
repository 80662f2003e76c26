package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.merge.MergeContents;
import dev.migrationledger.core.merge.MergeOutcome;
import dev.migrationledger.core.merge.MergeOutcome.Joined;
import dev.migrationledger.core.merge.PlacedEnvironment;
import dev.migrationledger.ledger.divergence.DeployedScripts.Environments;
import dev.migrationledger.ledger.divergence.DeployedScripts;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.merge.MergesCommand.Arrived;
import dev.migrationledger.ledger.merge.MergesCommand.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** What the scripts of a project's environments say of several heads, at one moment. */
final class ProjectForks {

    private final String project;
    private final DeployedScripts scripts;
    private final StoredHistories histories;
    private final Map<String, EnvironmentSnapshot> environments;

    /** By the first environment in which they count. A thousand databases with the same scripts share a graph, and are looked at once. */
    private final Map<String, RevisionGraph> graphs;

    /** Only asked if there is a fork, which most projects have none of. */
    private final Supplier<List<PlacedEnvironment>> placed;

    ProjectForks(String project, DeployedScripts scripts, StoredHistories histories) {
        this.project = project;
        this.scripts = scripts;
        this.histories = histories;
        Environments known = scripts.environments(project);
        this.environments = known.byName();
        this.graphs = known.graphs();
        this.placed = SingletonSupplier.of(() -> environments.values().stream().map(ProjectForks::placed).toList());
    }

    private static PlacedEnvironment placed(EnvironmentSnapshot environment) {
        return environment.isPlaced()
                ? new PlacedEnvironment(environment.name(), environment.rows(), environment.applied(),
                        environment.statuses())
                : new PlacedEnvironment(environment.name(), null, Set.of(), environment.statuses());
    }

    Set<String> names() {
        return environments.keySet();
    }

    /**
     * What should be one, one content for each fork: of those that several environments have, the one that goes furthest, or else the
     * one with the newest file.
     *
     * @param known merges that are not over
     */
    List<MergeContent> forks(Collection<Merge> known) {
        Map<Set<String>, List<MergeContent>> forks = new LinkedHashMap<>();
        graphs.forEach((environment, graph) -> {
            List<String> heads = MergeContents.heads(graph);
            if (!heads.isEmpty()) {
                content(environment, heads, known)
                        .ifPresent(one -> forks.computeIfAbsent(Merge.fork(one), _ -> new ArrayList<>())
                                .add(one));
            }
        });
        return forks.values().stream().map(this::latest).toList();
    }

    private Optional<MergeContent> content(String environment, List<String> heads, Collection<Merge> known) {
        return content(environment, heads, (MergeWay) null).map(one -> known.stream()
                .filter(merge -> merge.chosen() != null && merge.fork().equals(Merge.fork(one))).findFirst()
                .flatMap(merge -> content(environment, heads, merge.chosen())).orElse(one));
    }

    /** What lies between these heads in the scripts of an environment; empty where it has none. */
    Optional<MergeContent> content(String environment, List<String> heads, @Nullable MergeWay chosen) {
        return scripts.scripts(project, environment)
                .filter(has -> heads.stream().allMatch(has.scripts().graph()::contains))
                .map(has -> MergeContents.of(has.scripts(), heads, has.schema(), placed.get(), chosen));
    }

    private MergeContent latest(List<MergeContent> contents) {
        return contents.size() == 1
                ? contents.getFirst()
                : contents.stream()
                        .max(Comparator.<MergeContent>comparingInt(
                                one -> one.sides().stream().mapToInt(side -> side.revisions().size()).sum())
                                .thenComparing(this::newestFile)
                                .thenComparing(one -> String.join(" ", one.heads())))
                        .orElseThrow();
    }

    private Instant newestFile(MergeContent content) {
        return content.sides().stream().flatMap(side -> side.revisions().stream())
                .map(this::firstSeen).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    private Instant firstSeen(SideRevision revision) {
        return histories.revision(project, revision.id()).stream()
                .flatMap(history -> history.variants().stream())
                .filter(variant -> variant.declared().digest().equals(revision.declared().digest()))
                .map(RevisionVariant::firstSeen).map(sighting -> sighting.at())
                .min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    /**
     * Merges that came in one scan with one of their sides, so that no scripts had several heads.
     *
     * @param known all merges, also those that are over
     * @param forks what should be one
     */
    List<Arrived> arrived(Collection<Merge> known, Collection<MergeContent> forks) {
        Set<String> candidates = histories.arrivedMerges(project);
        if (candidates.isEmpty()) {
            return List.of();
        }
        Set<String> covered = new HashSet<>();
        forks.forEach(one -> covered.addAll(revisions(one)));
        for (Merge merge : known) {
            if (merge.written() != null) {
                covered.add(merge.written().revision());
            }
            if (merge.status() != Status.OBSOLETE) {
                covered.addAll(revisions(merge.content()));
            }
            if (!merge.isClosed()) {
                outcome(merge).ifPresent(outcome -> covered.add(outcome.joined().revision()));
            }
        }
        List<Arrived> arrived = new ArrayList<>();
        graphs.forEach((environment, graph) -> graph.topological(candidates).reversed().stream()
                .filter(id -> !covered.contains(id)).forEach(id -> arrived(graph, environment, id).ifPresent(one -> {
                    arrived.add(one);
                    covered.add(id);
                    covered.addAll(revisions(one.content()));
                })));
        return List.copyOf(arrived);
    }

    private Optional<Arrived> arrived(RevisionGraph graph, String environment, String revision) {
        List<String> parents = graph.find(revision).map(Revision::parents).orElse(List.of());
        return parents.size() < 2
                ? Optional.empty()
                : content(environment, parents, MergeWay.MERGE)
                        .filter(one -> one.sides().stream().noneMatch(side -> side.revisions().isEmpty()))
                        .flatMap(one -> outcome(one).map(outcome -> new Arrived(one, outcome)));
    }

    private static Set<String> revisions(MergeContent content) {
        return content.sides().stream().flatMap(side -> side.revisions().stream()).map(SideRevision::id)
                .collect(Collectors.toSet());
    }

    /** What brought the heads of a merge together; empty where no environment's scripts have it. */
    Optional<Outcome> outcome(Merge merge) {
        return outcome(merge.content());
    }

    private Optional<Outcome> outcome(MergeContent content) {
        List<String> heads = content.heads();
        for (Map.Entry<String, RevisionGraph> one : graphs.entrySet()) {
            RevisionGraph graph = one.getValue();
            Optional<Joined> joined = MergeOutcome.joined(graph, heads);
            if (joined.isPresent()) {
                String revision = joined.get().revision();
                boolean asProposed = isAsProposed(one.getKey(), graph, content, joined.get());
                return Optional.of(new Outcome(joined.get(), asProposed,
                        placed.get().stream()
                                .filter(it -> it.applied().contains(revision) && it.applied().containsAll(heads))
                                .map(PlacedEnvironment::name).collect(Collectors.toCollection(TreeSet::new)),
                        asProposed ? List.of() : MergeOutcome.revisions(graph, content, joined.get())));
            }
        }
        return Optional.empty();
    }

    private boolean isAsProposed(String environment, RevisionGraph graph, MergeContent content, Joined joined) {
        Footprint footprint = scripts.scripts(project, environment)
                .map(has -> has.scripts().footprints().get(joined.revision())).orElse(null);
        boolean silent = footprint != null && footprint.upgrade().isRead() && footprint.upgrade().changes().isEmpty();
        return (joined.way() == MergeWay.REPARENT || silent)
                && MergeOutcome.isAsProposed(graph, content, joined);
    }

    /**
     * What a merge means for each environment, by the scripts that it will get: those that bring the heads together already, or else those
     * that have them.
     */
    List<MergeEnvironment> meaning(MergeContent content) {
        Set<RevisionGraph> joined = graphs.values().stream()
                .filter(graph -> MergeOutcome.joined(graph, content.heads()).isPresent()).collect(Collectors.toSet());
        Set<RevisionGraph> forked = graphs.values().stream()
                .filter(graph -> content.heads().stream().allMatch(graph::contains)).collect(Collectors.toSet());
        return placed.get().stream().map(one -> {
            RevisionGraph own = Optional.ofNullable(environments.get(one.name())).map(EnvironmentSnapshot::graph)
                    .orElseGet(() -> RevisionGraph.of(List.of()));
            RevisionGraph next = Stream.of(joined, forked).filter(some -> !some.isEmpty()).findFirst()
                    .map(some -> some.contains(own)
                            ? own
                            : graphs.values().stream().filter(some::contains).findFirst().orElse(own))
                    .orElse(own);
            return MergeOutcome.of(next, content, one);
        }).toList();
    }
}
