package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.policy.MergeRule;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.merge.MergeOutcome.Joined;
import dev.migrationledger.ledger.author.KnownAuthors.FileOrigin;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked about merges of one project. */
sealed interface MergesCommand extends Command {

    String project();

    Instant now();

    /** Where new ids come from: the same command makes the same ids. */
    long chance();

    @Override
    default StreamId stream() {
        return new StreamId.Merges(project());
    }

    /**
     * The project's scripts were looked at.
     *
     * @param forks heads that should be one, as scripts have them now
     * @param joined by merge, what brought its heads together
     * @param arrived merges that no one could propose before they were there
     * @param environments all that are used; not copied, because they may be many
     * @param policyVersion that counts now
     * @param approvers people among those who approved who still may
     * @param files who wrote them, by digest
     */
    record Observe(
            String project, Instant now, long chance, List<MergeContent> forks, Map<UUID, Outcome> joined,
            List<Arrived> arrived, Set<String> environments, MergeRule rule, int policyVersion, Set<String> approvers,
            Map<String, FileOrigin> files)
            implements
                MergesCommand {
        public Observe {
            forks = List.copyOf(forks);
            joined = Map.copyOf(joined);
            arrived = List.copyOf(arrived);
            environments = Collections.unmodifiableSet(environments);
            approvers = Set.copyOf(approvers);
            files = Map.copyOf(files);
        }
    }

    /**
     * What brought the heads of a merge together.
     *
     * @param asProposed whether it does nothing else, and nothing else came with it
     * @param appliedIn environments that have it
     * @param beyond revisions that have to be approved as well: none where it is as proposed
     */
    record Outcome(Joined joined, boolean asProposed, Set<String> appliedIn, List<Revision> beyond) {
        public Outcome {
            beyond = List.copyOf(beyond);
            appliedIn = Set.copyOf(appliedIn);
        }
    }

    /** A merge that came in one scan with one of its sides. */
    record Arrived(MergeContent content, Outcome outcome) {}

    /** A person proposes a merge. */
    record Propose(
            String project, Instant now, long chance, String by, MergeContent content, @Nullable MergeWay chosen,
            Map<String, FileOrigin> files)
            implements
                MergesCommand {
        public Propose {
            files = Map.copyOf(files);
        }
    }

    /**
     * An approver approves it as it is.
     *
     * @param comparable whether the ledger could tell that who approves is an author
     * @param beyond as {@link Outcome} has them
     * @param files who wrote them, by digest
     */
    record ApproveMerge(
            String project, Instant now, long chance, UUID merge, String by, boolean comparable, MergeRule rule,
            int policyVersion, List<Revision> beyond, Map<String, FileOrigin> files, @Nullable String comment)
            implements
                MergesCommand {
        public ApproveMerge {
            beyond = List.copyOf(beyond);
            files = Map.copyOf(files);
        }
    }

    /** Someone ran it in scratch databases. */
    record Rehearse(String project, Instant now, long chance, UUID merge, String by, MergeRehearsal rehearsal)
            implements
                MergesCommand {}

    /** An approver says that it must not be merged as it is. */
    record Reject(String project, Instant now, long chance, UUID merge, String by, String reason)
            implements
                MergesCommand {}

    /**
     * It is not wanted any more.
     *
     * @param approver whether who asks may approve
     */
    record Withdraw(
            String project, Instant now, long chance, UUID merge, String by, boolean approver,
            String reason) implements MergesCommand {}
}
