package dev.migrationledger.ledger.branch;

import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.event.BranchEvent.BranchPublished;
import dev.migrationledger.core.branch.BranchRevisions;
import java.time.Instant;

/** A branch or pull request as it was published last. */
record Branch(String source, String by, Instant at, BranchRevisions scripts) {

    static Branch of(BranchPublished event, Instant at) {
        return new Branch(event.source(), event.by(), at, new BranchRevisions(event.revisions(), event.follows()));
    }

    /** Whether its end was missed, so far as is known. */
    boolean isForgotten(Instant now) {
        return at.isBefore(now.minus(OpenBranch.KEPT));
    }
}
