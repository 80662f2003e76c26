package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.rules.Place.Elsewhere;
import java.util.ArrayList;
import java.util.List;

/** Of a merge one side only is stamped, and the other is in the schema too. */
final class MergeSiblingSkipped implements Rule {

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
                "%s stamped, which is one side of the merge %s, and the schema holds the other side, %s, too: it matches %s. An upgrade would run %s again and fail. %s"
                        .formatted(Words.set(rows.meant()) + (rows.meant().size() == 1 ? " is" : " are"),
                                Words.id(siblings.merge()), Words.ids(siblings.skipped()),
                                Words.sets(elsewhere.candidates(), elsewhere.complete()), Words.ids(siblings.skipped()),
                                Stamped.next(c, elsewhere)),
                evidence, c.plan(DivergenceCode.MERGE_SIBLING_SKIPPED)));
    }
}
