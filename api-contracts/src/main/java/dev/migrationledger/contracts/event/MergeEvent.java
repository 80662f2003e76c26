package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.merge.MergeAuthors;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeProposal.Expiry;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.merge.MergeWay;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to proposals that bring several heads together. About a project. */
public sealed interface MergeEvent extends LedgerEvent {

    /** The proposal's id, from its opening to its end. */
    UUID merge();

    /**
     * Scripts that are deployed have several heads that should be one.
     *
     * @param by who proposed it, as the ledger knows them; absent: the ledger by itself
     * @param chosen how they become one, where a person chose; absent: as it fits what ran where
     */
    record MergeProposed(UUID merge, @Nullable String by, @Nullable MergeWay chosen, MergeContent content)
            implements
                MergeEvent {}

    /**
     * What would be merged is not what it was.
     *
     * @param differences none where only comments, formatting, messages or what ran where changed: then approvals stay
     */
    record MergeContentChanged(UUID merge, MergeContent content, List<MergeDifference> differences)
            implements
                MergeEvent {
        public MergeContentChanged {
            differences = List.copyOf(differences);
        }
    }

    /**
     * An approver approves it as it is now.
     *
     * @param by as the ledger knows them
     * @param policyVersion that counts now; 0: the defaults
     * @param comment absent: none
     */
    record MergeApproved(UUID merge, String by, int policyVersion, @Nullable String comment) implements MergeEvent {}

    /**
     * Who wrote its revisions is known, or known otherwise than before.
     *
     * @param authors of each revision of its sides, and of what was written otherwise than proposed
     */
    record MergeAuthorsKnown(UUID merge, List<MergeAuthors> authors) implements MergeEvent {
        public MergeAuthorsKnown {
            authors = List.copyOf(authors);
        }
    }

    /** An approval counts although files changed: they do the same as before. */
    record MergeApprovalCarried(UUID merge, String by, List<String> revisions) implements MergeEvent {
        public MergeApprovalCarried {
            revisions = List.copyOf(revisions);
        }
    }

    /** An approval does not count any more. */
    record MergeApprovalExpired(UUID merge, String by, Expiry why) implements MergeEvent {}

    /**
     * It was run in scratch databases.
     *
     * @param by who says so, as the ledger knows them
     */
    record MergeRehearsed(UUID merge, String by, MergeRehearsal rehearsal) implements MergeEvent {}

    /** An approver says that it must not be merged as it is. Another content opens it again. */
    record MergeRejected(UUID merge, String by, String reason) implements MergeEvent {}

    /** It is not wanted any more. */
    record MergeWithdrawn(UUID merge, String by, String reason) implements MergeEvent {}

    /**
     * Scripts that are deployed have a revision that brings the heads together.
     *
     * @param revision the merge; or the head of all sides, where they follow each other now
     * @param asProposed whether it does nothing else, and nothing else came with it
     */
    record MergeWritten(UUID merge, String revision, MergeWay way, boolean asProposed) implements MergeEvent {}

    /** An environment has it. */
    record MergeApplied(UUID merge, String environment, boolean approved) implements MergeEvent {}

    /**
     * It is over.
     *
     * @param applied whether every environment has it; false: its heads are gone
     */
    record MergeClosed(UUID merge, boolean applied) implements MergeEvent {}
}
