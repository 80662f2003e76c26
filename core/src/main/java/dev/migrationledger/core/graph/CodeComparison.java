package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.SameCode;
import dev.migrationledger.contracts.revision.SemanticDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds revisions that do the same under different ids. Merge points have no code of their own and are left out; so are files that do nothing
 * or depend on other files of the project.
 */
public final class CodeComparison {

    private CodeComparison() {}

    /** Each revision of some that does the same as one of others, in their order. Ids that a graph does not know are left out. */
    public static List<SameCode> between(
            RevisionGraph one, Collection<String> some, RevisionGraph other, Collection<String> others) {
        return between(found(one, some), found(other, others));
    }

    static List<SameCode> between(List<Revision> some, List<Revision> others) {
        Map<SemanticDigest, Revision> byCode = new HashMap<>();
        others.forEach(revision -> code(revision).ifPresent(code -> byCode.putIfAbsent(code, revision)));
        List<SameCode> same = new ArrayList<>();
        some.forEach(revision -> code(revision).map(byCode::get)
                .ifPresent(match -> same.add(new SameCode(revision.revision(), match.revision()))));
        return same;
    }

    private static List<Revision> found(RevisionGraph graph, Collection<String> ids) {
        return ids.stream().flatMap(id -> graph.find(id).stream()).toList();
    }

    private static Optional<SemanticDigest> code(Revision revision) {
        return Optional.ofNullable(revision.semantics())
                .filter(_ -> revision.doesTheSame(revision) && revision.parents().size() < 2);
    }
}
