package dev.migrationledger.contracts.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Revisions that sources of a project have or had, by id; what was edited or deleted stays.
 *
 * @param revisions without where each of their variants was seen
 * @param next the id after which the next page begins; absent on the last
 */
public record ProjectHistory(
        String project, List<RevisionHistory> revisions, @Nullable String next) {
    public ProjectHistory {
        revisions = List.copyOf(revisions);
    }

    /** Every form in which a revision was seen, the oldest first; none for one that is not here. */
    public List<RevisionVariant> variants(String revision) {
        return revisions.stream()
                .filter(one -> one.revision().equals(revision))
                .findFirst()
                .map(RevisionHistory::variants)
                .orElse(List.of());
    }
}
