package dev.migrationledger.contracts.branch;

import dev.migrationledger.contracts.revision.Revision;
import java.util.List;

/**
 * Publishes the scripts of a branch or pull request.
 *
 * @param source that names it; see {@link OpenBranch#PREFIXES}
 * @param scripts all revisions that it has, also those that are deployed
 */
public record BranchScan(String source, List<Revision> scripts) {
    public BranchScan {
        scripts = List.copyOf(scripts);
    }

    /** Says that a branch or pull request is closed: merged, or not wanted any more. */
    public record Closed(String source) {}
}
