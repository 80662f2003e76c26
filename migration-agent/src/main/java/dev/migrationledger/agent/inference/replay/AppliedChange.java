package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.inference.VersionTableRows;

/** A captured change in its place: what the table held before and after it, and what was done before it. */
record AppliedChange(CapturedChange change, VersionTableRows before, VersionTableRows after, TransactionActivity work) {

    boolean is(CapturedChange.Operation operation) {
        return change.operation() == operation;
    }
}
