package dev.migrationledger.agent.history;

import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A revision and its place in the history.
 *
 * @param children revisions that name it as a parent
 * @param labels branch labels that it declares itself
 * @param branches branch labels that it carries, its own among them
 * @param marks what it is, in Alembic's words: {@code head}, {@code effective head}, {@code branchpoint}, {@code mergepoint}
 * @param footprint what it does to a schema; absent where that is not asked
 */
record ShownRevision(
        String revision,
        List<String> parents,
        List<String> children,
        List<String> dependsOn,
        List<String> labels,
        List<String> branches,
        List<String> marks,
        @Nullable String message,
        String file,
        String digest,
        @Nullable Footprint footprint) {

    /** These revisions, in this order; of an id that is declared twice the last one, as Alembic has it. */
    static List<ShownRevision> of(
            List<String> ids, RevisionGraph graph, Function<Revision, @Nullable Footprint> footprints) {
        Set<String> heads = new HashSet<>(graph.heads());
        Set<String> realHeads = new HashSet<>(graph.realHeads());
        Map<String, Set<String>> labels = graph.labels();
        return ids.stream()
                .map(id -> graph.find(id).orElseThrow())
                .map(revision -> of(revision, graph.children(revision.revision()),
                        labels.getOrDefault(revision.revision(), Set.of()), heads, realHeads,
                        footprints.apply(revision)))
                .toList();
    }

    private static ShownRevision of(
            Revision revision, List<String> children, Set<String> branches, Set<String> heads, Set<String> realHeads,
            @Nullable Footprint footprint) {
        List<String> marks = new ArrayList<>();
        if (heads.contains(revision.revision())) {
            marks.add(realHeads.contains(revision.revision()) ? "head" : "effective head");
        }
        if (children.size() > 1) {
            marks.add("branchpoint");
        }
        if (revision.parents().size() > 1) {
            marks.add("mergepoint");
        }
        return new ShownRevision(revision.revision(), revision.parents(), children, revision.dependsOn(),
                revision.labels(), List.copyOf(branches), List.copyOf(marks), revision.message(), revision.file(),
                revision.digest(), footprint);
    }
}
