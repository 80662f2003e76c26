package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.physical.Discrepancy;
import dev.migrationledger.contracts.physical.PhysicalState;
import dev.migrationledger.contracts.physical.PhysicalState.Unexplained;
import dev.migrationledger.contracts.physical.SchemaEvidence;
import dev.migrationledger.contracts.physical.SchemaEvidence.Traces;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a schema answers, asked once.
 *
 * @param against how it differs from what a set of revisions would leave
 */
record SchemaSays(
        PhysicalState physical, Function<List<String>, List<Discrepancy>> against, Map<String, Traces> traces) {

    static SchemaSays of(SchemaEvidence evidence) {
        return new SchemaSays(evidence.physical(), evidence::against, evidence.traces());
    }

    /** What is there although base would not leave it, and some revision may have made where it cannot be read. */
    List<Unexplained> perhapsMade() {
        return physical.unexplained().stream().filter(object -> object.perhaps() != null).toList();
    }
}
