package dev.migrationledger.core.branch;

import dev.migrationledger.contracts.branch.OpenBranch.Clash;
import dev.migrationledger.contracts.branch.OpenBranch.Sibling;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.merge.MergeContents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where branches of one project would leave two heads if they were merged as they are: a parent of a revision has another child that
 * the branch does not have. Also says where one id names two revisions.
 */
public final class BranchRadar {

    /** The parent of what begins a history. */
    private static final String NONE = "";

    private final List<Deployed> deployed;
    private final Map<String, BranchRevisions> branches = new TreeMap<>();
    private final Map<String, List<Child>> children = new TreeMap<>();
    private final Map<String, List<Child>> byId = new TreeMap<>();

    /**
     * Scripts that are deployed.
     *
     * @param environments that have them, by their names
     */
    public record Deployed(RevisionGraph graph, List<String> environments) {
        public Deployed {
            environments = List.copyOf(environments);
        }
    }

    private record Child(String source, Revision revision) {}

    /** A side of a fork, with who has it. */
    private record Key(List<String> parents, String revision, String other) {}

    private static final class Places {
        private final Set<String> environments = new TreeSet<>();
        private final Set<String> branches = new TreeSet<>();
        private final Set<String> heads = new TreeSet<>();
    }

    /**
     * Looks at one moment.
     *
     * @param branches by source
     */
    public BranchRadar(List<Deployed> deployed, Map<String, BranchRevisions> branches) {
        this.deployed = List.copyOf(deployed);
        List<RevisionGraph> graphs = deployed.stream().map(Deployed::graph).toList();
        branches.forEach((source, one) -> {
            BranchRevisions now = one.without(graphs);
            this.branches.put(source, now);
            for (Revision revision : now.own()) {
                Child child = new Child(source, revision);
                byId.computeIfAbsent(revision.revision(), _ -> new ArrayList<>()).add(child);
                parents(revision).forEach(parent -> children.computeIfAbsent(parent, _ -> new ArrayList<>())
                        .add(child));
            }
        });
    }

    private static List<String> parents(Revision revision) {
        return revision.parents().isEmpty() ? List.of(NONE) : revision.parents();
    }

    /** What a branch has that is not deployed; empty for one that is unknown. */
    public List<Revision> own(String source) {
        return branch(source).own();
    }

    private BranchRevisions branch(String source) {
        return Objects.requireNonNullElseGet(branches.get(source), () -> new BranchRevisions(List.of(), List.of()));
    }

    /** Other children of parents of a branch's revisions, in the order of these. */
    public List<Sibling> siblings(String source) {
        BranchRevisions branch = branch(source);
        Set<String> has = contained(branch);
        Map<Key, Places> found = new LinkedHashMap<>();
        for (Revision revision : branch.own()) {
            deployed.forEach(one -> deployedSiblings(branch, revision, has, one, found));
            branchSiblings(source, revision, has, found);
        }
        return found.entrySet().stream()
                .map(one -> new Sibling(one.getKey().parents, one.getKey().revision, one.getKey().other,
                        one.getValue().heads.size() == 1 ? one.getValue().heads.iterator().next() : null,
                        List.copyOf(one.getValue().environments), List.copyOf(one.getValue().branches)))
                .toList();
    }

    /** Everything that a branch has. */
    private Set<String> contained(BranchRevisions branch) {
        Set<String> has = branch.own().stream().map(Revision::revision).collect(Collectors.toCollection(HashSet::new));
        has.addAll(branch.follows());
        deployed.forEach(one -> {
            Set<String> outside = Stream.concat(branch.follows().stream(),
                    branch.own().stream().flatMap(revision -> Stream.concat(revision.parents().stream(),
                            revision.dependsOn().stream())))
                    .filter(one.graph::contains).collect(Collectors.toSet());
            has.addAll(outside);
            has.addAll(one.graph.ancestors(outside));
        });
        return has;
    }

    private void deployedSiblings(
            BranchRevisions branch, Revision revision, Set<String> has, Deployed one, Map<Key, Places> found) {
        RevisionGraph graph = one.graph;
        Map<String, List<String>> others = new TreeMap<>();
        for (String parent : parents(revision)) {
            (parent.equals(NONE) ? graph.bases() : graph.contains(parent) ? graph.children(parent) : List.<String>of())
                    .stream().filter(child -> !has.contains(child))
                    .forEach(child -> others.computeIfAbsent(child, _ -> new ArrayList<>()).add(parent));
        }
        others.forEach((child, parents) -> {
            if (isFork(graph.revisions(), branch.own(), List.of())) {
                Places places = found.computeIfAbsent(key(parents, revision, child), _ -> new Places());
                places.environments.addAll(one.environments);
                Set<String> after = new HashSet<>(graph.descendants(List.of(child)));
                after.add(child);
                graph.heads().stream().filter(after::contains).forEach(places.heads::add);
            }
        });
    }

    private void branchSiblings(String source, Revision revision, Set<String> has, Map<Key, Places> found) {
        Map<Child, List<String>> others = new LinkedHashMap<>();
        for (String parent : parents(revision)) {
            children.getOrDefault(parent, List.of()).stream()
                    .filter(child -> !child.source.equals(source) && !has.contains(child.revision.revision()))
                    .forEach(child -> others.computeIfAbsent(child, _ -> new ArrayList<>()).add(parent));
        }
        others.forEach((child, parents) -> {
            List<Revision> theirs = branch(child.source).own();
            boolean built = theirs.stream().anyMatch(other -> other.revision().equals(revision.revision()));
            if (!built && isFork(List.of(), branch(source).own(), theirs)) {
                Places places = found.computeIfAbsent(key(parents, revision, child.revision.revision()),
                        _ -> new Places());
                places.branches.add(child.source);
                RevisionGraph.of(theirs).heads().forEach(places.heads::add);
            }
        });
    }

    private static Key key(List<String> parents, Revision revision, String other) {
        return new Key(parents.stream().filter(parent -> !parent.equals(NONE)).toList(), revision.revision(), other);
    }

    /** Whether the heads are not meant to stay apart, as labels say. */
    private boolean isFork(Collection<Revision> scripts, Collection<Revision> ours, Collection<Revision> theirs) {
        List<Revision> all = Stream.of(scripts, ours, theirs).flatMap(Collection::stream).toList();
        if (all.stream().allMatch(revision -> revision.labels().isEmpty())) {
            return true;
        }
        RevisionGraph graph = whole(all);
        return graph.lacksParents() || !MergeContents.heads(graph).isEmpty();
    }

    /** With the deployed scripts that have what these follow, if any do. */
    private RevisionGraph whole(List<Revision> revisions) {
        RevisionGraph alone = RevisionGraph.of(revisions);
        return alone.lacksParents()
                ? deployed.stream()
                        .map(one -> RevisionGraph.of(Stream.concat(
                                one.graph.revisions().stream().filter(it -> !alone.contains(it.revision())),
                                revisions.stream()).toList()))
                        .filter(graph -> !graph.lacksParents()).findFirst().orElse(alone)
                : alone;
    }

    /** Other revisions with the ids of a branch's revisions, in the order of these. */
    public List<Clash> clashes(String source) {
        return branch(source).own().stream().map(revision -> clash(source, revision)).filter(Objects::nonNull)
                .map(Objects::requireNonNull).toList();
    }

    private @Nullable Clash clash(String source, Revision revision) {
        List<String> environments = deployed.stream()
                .filter(one -> one.graph.find(revision.revision())
                        .filter(other -> BranchRevisions.hasOtherCode(revision, other)).isPresent())
                .flatMap(one -> one.environments.stream()).sorted().toList();
        List<String> others = byId.getOrDefault(revision.revision(), List.of()).stream()
                .filter(child -> !child.source.equals(source)
                        && BranchRevisions.hasOtherCode(revision, child.revision))
                .map(Child::source).sorted().toList();
        return environments.isEmpty() && others.isEmpty()
                ? null
                : new Clash(revision.revision(), environments, others);
    }
}
