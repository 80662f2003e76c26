/** What a deploy asks the ledger, and what it answers: start with {@link dev.migrationledger.contracts.gate.GateQuestion}. */
@NullMarked
package dev.migrationledger.contracts.gate;

import org.jspecify.annotations.NullMarked;
