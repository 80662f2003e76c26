package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.merge.MergeProposal.Status;
import java.util.UUID;

/** What came of a {@link MergeCommand}. */
sealed interface MergeResult {

    record Done(UUID merge) implements MergeResult {}

    /** Nothing is to be said of a look at the scripts. */
    record Observed() implements MergeResult {}

    /** The project has no such merge. */
    record Unknown() implements MergeResult {}

    /** The heads have an open proposal already. */
    record Known(UUID merge) implements MergeResult {}

    /** It cannot be decided any more. */
    record NotOpen(Status status) implements MergeResult {}

    /** An environment has it already. */
    record RanAlready(String environment) implements MergeResult {}

    /** Only who proposed it or an approver withdraws it. */
    record NotYours() implements MergeResult {}
}
