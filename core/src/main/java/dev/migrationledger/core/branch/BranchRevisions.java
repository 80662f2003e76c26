package dev.migrationledger.core.branch;

import dev.migrationledger.contracts.revision.FileComparison;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a branch has beside what is deployed.
 *
 * @param own revisions that no deployed scripts have like this
 * @param follows the last of its other revisions: it has everything before them, too
 */
public record BranchRevisions(List<Revision> own, List<String> follows) {

    public BranchRevisions {
        own = List.copyOf(own);
        follows = List.copyOf(follows);
    }

    /**
     * Of all scripts of a branch.
     *
     * @param deployed scripts of all environments that are used
     */
    public static BranchRevisions of(List<Revision> scripts, Collection<RevisionGraph> deployed) {
        List<Revision> own = scripts.stream().filter(revision -> !isDeployed(revision, deployed)).toList();
        return new BranchRevisions(own, RevisionGraph.of(scripts.stream().filter(revision -> !own.contains(revision))
                .toList()).heads().stream().sorted().toList());
    }

    /** What is not deployed meanwhile. */
    public BranchRevisions without(Collection<RevisionGraph> deployed) {
        return new BranchRevisions(
                own.stream().filter(revision -> !isDeployed(revision, deployed)).toList(), follows);
    }

    private static boolean isDeployed(Revision revision, Collection<RevisionGraph> deployed) {
        return deployed.stream().map(graph -> graph.find(revision.revision())).flatMap(Optional::stream)
                .anyMatch(other -> !isOther(revision, other));
    }

    private static boolean isOther(Revision one, Revision other) {
        return one.compare(other) == FileComparison.DIFFERENT;
    }

    /** Whether two revisions with one id are known to do different things. With another parent alone, one was moved. */
    static boolean hasOtherCode(Revision one, Revision other) {
        return isOther(one, other) && !one.hasSameCode(other);
    }
}
