package dev.migrationledger.core.merge;

import dev.migrationledger.contracts.environment.RevisionStatus.Kind;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeEnvironment.Progress;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of several heads: the revision that brought them together, and what each environment has still to run. */
public final class MergeOutcome {

    private MergeOutcome() {}

    /** A revision that has all heads of a content below it, and how it came to. */
    public record Joined(String revision, MergeWay way) {}

    /** The first revision that brings the heads together; empty where none does yet. */
    public static Optional<Joined> joined(RevisionGraph graph, List<String> heads) {
        if (!heads.stream().allMatch(graph::contains)) {
            return Optional.empty();
        }
        Set<String> after = null;
        for (String head : heads) {
            Set<String> own = graph.descendants(List.of(head));
            after = after == null ? own : intersection(after, own);
        }
        return graph.topological(after == null ? List.of() : after).stream().findFirst()
                .map(first -> new Joined(first, graph.find(first).orElseThrow().parents().size() > 1
                        ? MergeWay.MERGE
                        : MergeWay.REPARENT));
    }

    /**
     * What brought the heads together, where that is not what was approved; empty where it is, or nothing did.
     *
     * @param approved whether enough people approved the content
     */
    public static Optional<Joined> unapproved(RevisionGraph graph, MergeContent content, boolean approved) {
        return joined(graph, content.heads()).filter(joined -> !approved || joined.way() != content.way()
                || !isAsProposed(graph, content, joined));
    }

    /**
     * Whether a merge has the revisions that were proposed, as they were, and no other.
     *
     * @param joined in this graph
     */
    public static boolean isAsProposed(RevisionGraph graph, MergeContent content, Joined joined) {
        Set<String> proposed = new HashSet<>();
        for (Side side : content.sides()) {
            List<String> moved = joined.way() == MergeWay.REPARENT ? side.roots() : List.of();
            for (SideRevision revision : side.revisions()) {
                boolean same = graph.find(revision.id())
                        .filter(now -> revision.declared().hasSameCode(now)
                                && (moved.contains(now.revision())
                                        || now.parents().equals(revision.declared().parents())))
                        .isPresent();
                if (!same) {
                    return false;
                }
                proposed.add(revision.id());
            }
        }
        Set<String> all = between(graph, content, joined);
        if (joined.way() == MergeWay.MERGE) {
            all.remove(joined.revision());
        }
        return all.equals(proposed);
    }

    /** All that came with a merge, parents first, itself included. */
    public static List<Revision> revisions(RevisionGraph graph, MergeContent content, Joined joined) {
        return graph.topological(between(graph, content, joined)).stream().flatMap(id -> graph.find(id).stream())
                .toList();
    }

    private static Set<String> between(RevisionGraph graph, MergeContent content, Joined joined) {
        Set<String> all = new HashSet<>(graph.ancestors(List.of(joined.revision())));
        all.removeAll(graph.ancestors(content.parting()));
        return all;
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }

    /** What a merge means for an environment with these scripts. */
    public static MergeEnvironment of(RevisionGraph graph, MergeContent content, PlacedEnvironment environment) {
        return new MergeEnvironment(environment.name(),
                content.sides().stream()
                        .map(side -> new MergeEnvironment.Side(side.head(), progress(side, environment))).toList(),
                steps(graph, content, environment.rows()));
    }

    private static Progress progress(Side side, PlacedEnvironment environment) {
        if (!environment.isKnown()) {
            return Progress.UNKNOWN;
        }
        List<String> revisions = side.revisions().isEmpty()
                ? List.of(side.head())
                : side.revisions().stream().map(SideRevision::id).toList();
        long applied = revisions.stream().filter(environment.applied()::contains).count();
        if (applied == 0) {
            return Progress.PENDING;
        }
        if (applied < revisions.size()) {
            return Progress.PARTLY;
        }
        return revisions.stream().anyMatch(id -> kind(environment.statuses().get(id)) == Kind.STAMPED)
                ? Progress.STAMPED
                : Progress.APPLIED;
    }

    private static Kind kind(@Nullable RevisionStatus status) {
        return status == null ? Kind.IMPLIED : status.kind();
    }

    /** Absent where these scripts do not know what ran. */
    private static @Nullable List<String> steps(
            RevisionGraph graph, MergeContent content, @Nullable List<String> rows) {
        if (rows == null || !graph.unknown(rows).isEmpty() || !content.heads().stream().allMatch(graph::contains)) {
            return null;
        }
        Optional<Joined> joined = joined(graph, content.heads());
        if (joined.isPresent()) {
            return graph.upgradePath(rows, List.of(joined.get().revision()));
        }
        RevisionGraph merged = RevisionGraph.of(content.way() == MergeWay.MERGE
                ? withMerge(graph.revisions(), content)
                : chained(graph.revisions(), content.sides()));
        return merged.upgradePath(rows,
                List.of(content.way() == MergeWay.MERGE ? MergeEnvironment.THE_MERGE : content.heads().getLast()));
    }

    private static List<Revision> withMerge(List<Revision> revisions, MergeContent content) {
        List<Revision> all = new ArrayList<>(revisions);
        all.add(new Revision(MergeEnvironment.THE_MERGE, content.heads(), List.of(), List.of(), null, "", ""));
        return all;
    }

    /** The same revisions, where each of these sides follows the one before. */
    static List<Revision> chained(List<Revision> revisions, List<Side> sides) {
        List<Revision> all = new ArrayList<>(revisions);
        for (int i = 1; i < sides.size(); i++) {
            String parent = sides.get(i - 1).head();
            List<String> roots = sides.get(i).roots();
            all.replaceAll(one -> roots.contains(one.revision())
                    ? new Revision(one.revision(), List.of(parent), one.dependsOn(), one.labels(), one.message(),
                            one.file(), one.digest(), one.semantics())
                    : one);
        }
        return all;
    }
}
