package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import java.util.List;
import java.util.UUID;

/** What came of a {@link MergesCommand}. */
sealed interface MergesResult {

    record Done(UUID merge) implements MergesResult {}

    /** Nothing is to be said of a look at the scripts. */
    record Observed() implements MergesResult {}

    /** The project has no such merge. */
    record Unknown() implements MergesResult {}

    /** The heads have an open proposal already. */
    record Known(UUID merge) implements MergesResult {}

    /** It cannot be decided any more. */
    record NotOpen(Status status) implements MergesResult {}

    /** The policy asks who wrote what, and the ledger could not tell whether this person did. */
    record AddressUnknown() implements MergesResult {}

    /** An environment has it already. */
    record RanAlready(String environment) implements MergesResult {}

    /** What was rehearsed is not what would be merged. */
    record OtherContent(List<MergeDifference> differences) implements MergesResult {
        public OtherContent {
            differences = List.copyOf(differences);
        }
    }

    /** Only who proposed it or an approver withdraws it. */
    record NotYours() implements MergesResult {}
}
