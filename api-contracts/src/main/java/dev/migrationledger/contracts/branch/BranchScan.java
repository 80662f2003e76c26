package dev.migrationledger.contracts.branch;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the scripts of a branch or pull request.
 *
 * @param source that names it; see {@link OpenBranch#PREFIXES}
 * @param scripts all revisions that it has, also those that are deployed
 * @param authors of their files, where they are known; absent: of none
 */
public record BranchScan(String source, List<Revision> scripts, @Nullable List<RevisionAuthors> authors) {
    public BranchScan {
        scripts = List.copyOf(scripts);
        authors = authors == null ? null : List.copyOf(authors);
    }

    /** Says that a branch or pull request is closed: merged, or not wanted any more. */
    public record Closed(String source) {}
}
