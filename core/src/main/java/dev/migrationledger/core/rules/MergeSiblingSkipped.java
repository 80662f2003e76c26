package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.rules.Place.Elsewhere;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Of a merge one side only is stamped, and the other is in the schema too. */
final class MergeSiblingSkipped implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.MERGE_SIBLING_SKIPPED;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE, Input.SCHEMA);
    }

    @Override
    public List<Finding> judge(Case c) {
        Rows rows = c.rows();
        Siblings siblings = Siblings.of(c);
        if (rows == null || siblings == null || !(c.place() instanceof Elsewhere elsewhere)) {
            return List.of();
        }
        List<Exhibit> evidence = new ArrayList<>(Stamped.evidence(rows, elsewhere));
        Exhibit merge = Exhibit.revision(siblings.merge());
        if (!evidence.contains(merge)) {
            evidence.add(merge);
        }
        return List.of(new Finding(DivergenceCode.MERGE_SIBLING_SKIPPED, Severity.ERROR, "",
                "Only one side of the merge %s is stamped (%s), and the schema also holds the other side, %s."
                        .formatted(Words.id(siblings.merge()), Words.set(rows.meant()), Words.ids(siblings.skipped())),
                evidence, c.plan(DivergenceCode.MERGE_SIBLING_SKIPPED)));
    }
}
