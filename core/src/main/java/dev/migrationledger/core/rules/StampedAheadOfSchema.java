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

/** Something is stamped that the schema does not hold. */
final class StampedAheadOfSchema implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.STAMPED_AHEAD_OF_SCHEMA;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE, Input.SCHEMA);
    }

    @Override
    public List<Finding> judge(RuleContext c) {
        ResolvedRows rows = c.rows();
        if (rows == null || !(c.place() instanceof Elsewhere elsewhere) || elsewhere.direction() != Direction.BEHIND
                || !StampFindings.isTheCause(rows)) {
            return List.of();
        }
        return List.of(new Finding(DivergenceCode.STAMPED_AHEAD_OF_SCHEMA, Severity.ERROR, "",
                "The stamp is ahead of the schema: %s is stamped, but the schema matches %s."
                        .formatted(MessageText.set(rows.resolved()),
                                MessageText.fewSets(elsewhere.candidates(), elsewhere.complete())),
                StampFindings.evidence(rows, elsewhere), c.plan(DivergenceCode.STAMPED_AHEAD_OF_SCHEMA)));
    }
}
