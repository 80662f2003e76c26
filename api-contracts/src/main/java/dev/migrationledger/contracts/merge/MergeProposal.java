package dev.migrationledger.contracts.merge;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A proposal to bring several heads together, and what became of it.
 *
 * @param merge its id
 * @param proposedBy as the ledger knows them; absent: the ledger proposed it by itself
 * @param content as it was seen last
 * @param changes of the content, the newest first; at most {@link #MOST_CHANGES}
 * @param approvals the newest first, those that ended included
 * @param approvalsNeeded how many people have to approve it, by the project's policy
 * @param authors who wrote its revisions, in the order of its sides, and then those of what was written otherwise than proposed
 * @param authorsNeeded whether no approval is enough as long as an author is not known, by the project's policy
 * @param approved whether enough approvals count
 * @param decided who rejected or withdrew it; absent: no one did
 * @param written the revision that brings the heads together, as a source has it; absent: none has it yet
 * @param applied where that ran
 * @param rehearsals the newest first; at most {@link #MOST_REHEARSALS}
 * @param rehearsalNeeded whether the project's policy asks for one that succeeded
 * @param environments what each environment would do afterwards; absent in lists, and after the proposal closed
 */
public record MergeProposal(
        UUID merge, String project, Status status, @Nullable String proposedBy, Instant proposedAt,
        MergeContent content, List<Change> changes, List<Approval> approvals, int approvalsNeeded,
        List<Authors> authors, boolean authorsNeeded, boolean approved, @Nullable Decided decided,
        @Nullable Written written, List<Applied> applied, List<Rehearsed> rehearsals, boolean rehearsalNeeded,
        @Nullable List<MergeEnvironment> environments) {

    public static final int MOST_CHANGES = 20;

    public static final int MOST_REHEARSALS = 5;

    public MergeProposal {
        changes = List.copyOf(changes);
        approvals = List.copyOf(approvals);
        authors = List.copyOf(authors);
        applied = List.copyOf(applied);
        rehearsals = List.copyOf(rehearsals);
        environments = environments == null ? null : List.copyOf(environments);
    }

    /** The same with what it means for each environment. */
    public MergeProposal with(List<MergeEnvironment> meaning) {
        return new MergeProposal(merge, project, status, proposedBy, proposedAt, content, changes, approvals,
                approvalsNeeded, authors, authorsNeeded, approved, decided, written, applied, rehearsals,
                rehearsalNeeded, meaning);
    }

    /** Whether it only lacks a rehearsal: so many people approved it as have to. */
    public boolean isOnlyUnrehearsed() {
        return rehearsalNeeded && !isRehearsed() && approvals.stream().filter(one -> one.expired() == null)
                .map(Approval::by).distinct().count() >= approvalsNeeded;
    }

    /** Whether the last rehearsal of what would be merged now succeeded. */
    public boolean isRehearsed() {
        return rehearsals.stream().filter(one -> one.since().isEmpty()).findFirst()
                .filter(one -> one.rehearsal().succeeded()).isPresent();
    }

    public enum Status {
        OPEN,
        REJECTED,
        WITHDRAWN,
        /** Every environment that is used has what brings the heads together. */
        APPLIED,
        /** The heads are gone, and nothing brought them together. */
        OBSOLETE
    }

    /** The content became another one. */
    public record Change(Instant at, List<MergeDifference> differences) {
        public Change {
            differences = List.copyOf(differences);
        }
    }

    /**
     * A person approved it.
     *
     * @param by as the ledger knows them
     * @param policyVersion that counted then
     * @param carried how often it was kept because only comments, formatting or messages changed
     * @param expired why it does not count any more; absent: it counts
     * @param comment of who approved; absent: none
     */
    public record Approval(
            String by, Instant at, int policyVersion, int carried, @Nullable Expiry expired,
            @Nullable Instant expiredAt, @Nullable String comment) {

        /** The same after files changed that do the same as before. */
        public Approval carriedOver() {
            return new Approval(by, at, policyVersion, carried + 1, null, null, comment);
        }

        /** The same after its end. */
        public Approval ended(Expiry why, Instant when) {
            return new Approval(by, at, policyVersion, carried, why, when, comment);
        }
    }

    /**
     * Who wrote a revision.
     *
     * @param names of its authors, as Git has them; none where they are not known, or the migration tool wrote the file
     * @param people those of them whom the ledger knows, as it knows them: their approval alone is not enough
     */
    public record Authors(String revision, MergeAuthors.Origin origin, List<String> names, List<String> people) {
        public Authors {
            names = List.copyOf(names);
            people = List.copyOf(people);
        }
    }

    /** Why an approval does not count any more. */
    public enum Expiry {
        /** What would be merged is another content. */
        CONTENT_CHANGED,
        /** Another version of the policy was applied. */
        POLICY_CHANGED,
        /** The person who gave it is not an approver any more. */
        ROLE_WITHDRAWN
    }

    /** Who rejected or withdrew it. */
    public record Decided(String by, Instant at, String reason) {}

    /**
     * A source has a revision that brings the heads together.
     *
     * @param asProposed whether it does nothing else, and nothing else came with it; otherwise only approvals after {@code at} count
     */
    public record Written(String revision, MergeWay way, Instant at, boolean asProposed) {}

    /**
     * It ran, or counts as applied, in an environment.
     *
     * @param approved whether it was approved then
     */
    public record Applied(String environment, Instant at, boolean approved) {}

    /**
     * It was run in scratch databases.
     *
     * @param by who says so, as the ledger knows them
     * @param since how what would be merged now differs from what was rehearsed; none: it is the same
     */
    public record Rehearsed(String by, Instant at, MergeRehearsal rehearsal, List<MergeDifference> since) {
        public Rehearsed {
            since = List.copyOf(since);
        }
    }

    /** Why someone rejects or withdraws it. */
    public record Reason(String reason) {}

    /**
     * Asks to propose a merge.
     *
     * @param environment whose scripts have the heads
     * @param heads at least two
     * @param way absent: as it fits what ran where
     */
    public record Wanted(String environment, List<String> heads, @Nullable MergeWay way) {
        public Wanted {
            heads = List.copyOf(heads);
        }
    }
}
