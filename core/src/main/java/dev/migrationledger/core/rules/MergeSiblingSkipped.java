package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaPosition.Elsewhere;
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
    public List<Finding> check(RuleContext c) {
        ResolvedRows rows = c.rows();
        SkippedMergeSide siblings = SkippedMergeSide.of(c);
        if (rows == null || siblings == null || !(c.place() instanceof Elsewhere elsewhere)) {
            return List.of();
        }
        List<Exhibit> evidence = new ArrayList<>(StampFindings.evidence(rows, elsewhere));
        Exhibit merge = Exhibit.revision(siblings.merge());
        if (!evidence.contains(merge)) {
            evidence.add(merge);
        }
        return List.of(new Finding(DivergenceCode.MERGE_SIBLING_SKIPPED, Severity.ERROR, "",
                "Of merge %s only %s is stamped, but the schema also has the other side: %s."
                        .formatted(MessageText.id(siblings.merge()), MessageText.set(rows.resolved()),
                                MessageText.ids(siblings.skipped())),
                evidence, c.plan(DivergenceCode.MERGE_SIBLING_SKIPPED)));
    }
}
