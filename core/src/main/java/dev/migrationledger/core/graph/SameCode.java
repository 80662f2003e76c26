package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two revisions whose files do the same under different ids: one was picked from the other's branch, or somebody gave it another id.
 *
 * @param one of the first history
 * @param other of the second one
 */
public record SameCode(String one, String other) {

    /**
     * Each revision of some that does the same as one of others, in their order. Merge points have no code of their own and are left out; so are
     * files that depend on other files of the project.
     */
    public static List<SameCode> between(
            RevisionGraph one, Collection<String> some, RevisionGraph other, Collection<String> others) {
        Map<String, Revision> byCode = new HashMap<>();
        others.forEach(id -> other.find(id).filter(SameCode::isOfItsOwn)
                .ifPresent(revision -> byCode.putIfAbsent(code(revision), revision)));
        List<SameCode> same = new ArrayList<>();
        some.forEach(id -> one.find(id).filter(SameCode::isOfItsOwn).ifPresent(revision -> {
            Revision match = byCode.get(code(revision));
            if (match != null && match.doesTheSame(revision)) {
                same.add(new SameCode(id, match.revision()));
            }
        }));
        return same;
    }

    private static boolean isOfItsOwn(Revision revision) {
        return revision.parents().size() < 2 && revision.semantics() != null;
    }

    private static String code(Revision revision) {
        return revision.semantics() == null ? "" : revision.semantics().value();
    }
}
