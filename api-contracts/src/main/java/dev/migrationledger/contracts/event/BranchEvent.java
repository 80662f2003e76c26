package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import java.util.List;

/** What happens to branches and pull requests before they are merged. About a project. */
public sealed interface BranchEvent extends LedgerEvent {

    /** That names the branch or pull request, such as {@code branch:rewards} or {@code pr:731}. */
    String source();

    /**
     * The scripts of a branch or pull request were published, and are not what they were; or it is published as it was a day ago.
     *
     * @param by who published them, as the ledger knows them
     * @param revisions that no environment's scripts had like this
     * @param follows the last of its other revisions: everything before them is in the branch, too
     */
    record BranchPublished(String source, String by, List<Revision> revisions, List<String> follows)
            implements
                BranchEvent {
        public BranchPublished {
            revisions = List.copyOf(revisions);
            follows = List.copyOf(follows);
        }
    }

    /**
     * Who wrote the files of a branch's own revisions, new or not what was said of them before. Comes after the scripts. Names and addresses are in no
     * other event about branches, so their content can be withdrawn alone.
     */
    record BranchAuthorsRead(String source, List<RevisionAuthors> files) implements BranchEvent {
        public BranchAuthorsRead {
            files = List.copyOf(files);
        }
    }

    /** It was merged, or is not wanted any more. */
    record BranchClosed(String source, String by) implements BranchEvent {}
}
