package dev.migrationledger.core.gate;

import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.List;

/**
 * Whether code may start on a database.
 *
 * @param needed ids that have to be applied; none where the scripts have errors
 * @param pending ids that have still to run, in the order in which they run
 * @param ahead rows that no script has
 * @param assumed needed ids that no script can confirm: they are applied only if a row of {@code ahead}, which a person allowed, implies them
 * @param findings every reason to block, each with what to do; none: the code may start
 */
public record StartAnswer(
        StartOutcome outcome, List<String> needed, List<String> pending, List<String> ahead, List<String> assumed,
        List<Finding> findings) {
    public StartAnswer {
        needed = List.copyOf(needed);
        pending = List.copyOf(pending);
        ahead = List.copyOf(ahead);
        assumed = List.copyOf(assumed);
        findings = List.copyOf(findings);
    }

    public boolean isAllowed() {
        return outcome == StartOutcome.ALLOWED;
    }
}
