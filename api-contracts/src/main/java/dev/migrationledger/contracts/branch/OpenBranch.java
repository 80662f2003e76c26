package dev.migrationledger.contracts.branch;

import dev.migrationledger.contracts.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A branch or pull request that has revisions of its own.
 *
 * @param source that names it, such as {@code branch:rewards} or {@code pr:731}
 * @param publishedBy who published it last, as the ledger knows them
 * @param publishedAt when it was published last, at most a day ago if it is still published as it was
 * @param revisions that no environment's scripts have, or have in another way
 * @param siblings other children of the same parents
 * @param clashes other revisions with the same ids
 */
public record OpenBranch(
        String source, String publishedBy, Instant publishedAt, List<Revision> revisions, List<Sibling> siblings,
        List<Clash> clashes) {

    /** How the name of a source begins that is a branch, a pull request or a merge request. */
    public static final List<String> PREFIXES = List.of("branch:", "pr:", "mr:");

    /** One that was not published again for so long is left out: its end may have been missed. */
    public static final Duration KEPT = Duration.ofDays(30);

    public OpenBranch {
        revisions = List.copyOf(revisions);
        siblings = List.copyOf(siblings);
        clashes = List.copyOf(clashes);
    }

    /** Whether a source with this name is a branch, a pull request or a merge request. */
    public static boolean isBranch(String source) {
        return PREFIXES.stream().anyMatch(prefix -> source.length() > prefix.length() && source.startsWith(prefix));
    }

    /**
     * A parent of a revision of the branch has another child: with both there are two heads.
     *
     * @param parents that both follow; none: both begin the history
     * @param revision of the branch
     * @param other the other child
     * @param head that follows it, or it itself, where there is one: what the revision could follow instead
     * @param environments whose scripts have the other child
     * @param branches that have it, by their sources
     */
    public record Sibling(
            List<String> parents, String revision, String other, @Nullable String head, List<String> environments,
            List<String> branches) {
        public Sibling {
            parents = List.copyOf(parents);
            environments = List.copyOf(environments);
            branches = List.copyOf(branches);
        }
    }

    /**
     * Another revision has the same id as one of the branch.
     *
     * @param revision the id
     * @param environments whose scripts have the other one
     * @param branches that have it, by their sources
     */
    public record Clash(String revision, List<String> environments, List<String> branches) {
        public Clash {
            environments = List.copyOf(environments);
            branches = List.copyOf(branches);
        }
    }
}
