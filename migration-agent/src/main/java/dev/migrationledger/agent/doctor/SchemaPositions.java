package dev.migrationledger.agent.doctor;

import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.rules.Diagnosis;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a schema is, seen from what is stamped.
 *
 * @param match whether it matches these sets of revisions, rather than being near to them
 * @param confirmed whether what is stamped is one of them; it is the first then
 * @param sets that it cannot be told from, or is nearest to
 */
record SchemaPositions(boolean match, boolean confirmed, List<List<String>> sets) {

    SchemaPositions {
        sets = List.copyOf(sets);
    }

    static SchemaPositions of(Diagnosis diagnosis, PhysicalState physical) {
        boolean match = !physical.candidates().isEmpty();
        List<List<String>> sets = new ArrayList<>(match ? physical.candidates() : physical.nearest());
        List<String> stamped = diagnosis.stamped();
        if (stamped == null) {
            return new SchemaPositions(match, false, sets);
        }
        List<String> rows = stamped.stream().distinct().sorted().toList();
        // Of more than are listed it may be one that is not.
        boolean unlisted = match && !physical.complete() && !rows.isEmpty() && diagnosis.findings().stream()
                .allMatch(finding -> finding.severity() != Severity.ERROR);
        boolean confirmed = sets.remove(rows) || unlisted;
        if (confirmed) {
            sets.addFirst(rows);
        }
        return new SchemaPositions(match, confirmed, sets);
    }
}
