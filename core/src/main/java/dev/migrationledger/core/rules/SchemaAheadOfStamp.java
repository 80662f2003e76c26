package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaPosition.Direction;
import dev.migrationledger.core.situation.SchemaPosition.Elsewhere;
import java.util.List;
import java.util.Set;

/** The schema holds more than is stamped. */
final class SchemaAheadOfStamp implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.SCHEMA_AHEAD_OF_STAMP;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE, Input.SCHEMA);
    }

    @Override
    public List<Finding> judge(RuleContext c) {
        ResolvedRows rows = c.rows();
        if (rows == null || !(c.place() instanceof Elsewhere elsewhere) || elsewhere.direction() != Direction.AHEAD
                || !StampFindings.isTheCause(rows) || SkippedMergeSide.of(c) != null) {
            return List.of();
        }
        return List.of(new Finding(DivergenceCode.SCHEMA_AHEAD_OF_STAMP, Severity.ERROR, "",
                "The schema is ahead of the stamp: %s is stamped, but the schema matches %s."
                        .formatted(MessageText.set(rows.resolved()),
                                MessageText.fewSets(elsewhere.candidates(), elsewhere.complete())),
                StampFindings.evidence(rows, elsewhere), c.plan(DivergenceCode.SCHEMA_AHEAD_OF_STAMP)));
    }
}
