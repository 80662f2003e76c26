package dev.migrationledger.ledger.branch;

import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.core.branch.BranchRevisions;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.List;

/** What is said of branches of one project. */
sealed interface BranchesCommand extends Command {

    String project();

    Instant now();

    /** Where new ids come from: the same command makes the same ids. */
    long chance();

    @Override
    default StreamId stream() {
        return new StreamId.Branches(project());
    }

    /**
     * Its scripts are these.
     *
     * @param authors of its own revisions' files, where they are known
     */
    record Publish(
            String project, Instant now, long chance, String source, String by, BranchRevisions scripts,
            List<RevisionAuthors> authors)
            implements
                BranchesCommand {
        public Publish {
            authors = List.copyOf(authors);
        }
    }

    /** It was merged, or is not wanted any more. */
    record Close(String project, Instant now, long chance, String source, String by) implements BranchesCommand {}
}
