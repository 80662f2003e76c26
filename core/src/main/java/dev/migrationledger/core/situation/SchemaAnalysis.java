package dev.migrationledger.core.situation;

import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.position.PhysicalState.Unexplained;
import dev.migrationledger.core.position.SchemaEvidence;
import dev.migrationledger.core.position.SchemaEvidence.Difference;
import dev.migrationledger.core.position.SchemaEvidence.Traces;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a schema answers, asked once.
 *
 * @param against how it differs from what a set of revisions would leave
 * @param differences the same, with what a place that cannot be read may excuse
 * @param confirmed of a set of revisions those for which the schema speaks
 */
public record SchemaAnalysis(
        PhysicalState physical,
        Function<List<String>, List<Discrepancy>> against,
        Function<List<String>, List<Difference>> differences,
        Function<List<String>, List<String>> confirmed,
        Map<String, Traces> traces) {

    public static SchemaAnalysis of(SchemaEvidence evidence) {
        return new SchemaAnalysis(evidence.physical(), evidence::against, evidence::differences, evidence::confirmed,
                evidence.traces());
    }

    /** What a set of revisions leaves and is missing, broken or another, whatever may excuse that. */
    public List<Difference> missing(List<String> set) {
        return differences.apply(set).stream()
                .filter(one -> one.discrepancy().kind() != Discrepancy.Kind.UNEXPECTED)
                .toList();
    }

    /** What is there although base would not leave it, and some revision may have made where it cannot be read. */
    public List<Unexplained> perhapsMade() {
        return physical.unexplained().stream().filter(object -> object.perhaps() != null).toList();
    }

    /** What no revision can have made. */
    public List<Unexplained> foreign() {
        return physical.unexplained().stream().filter(object -> object.perhaps() == null).toList();
    }

    /** Whether anything is there that only one revision leaves. */
    boolean showsAnyRevision() {
        return traces.values().stream().anyMatch(one -> one.found() > 0);
    }
}
