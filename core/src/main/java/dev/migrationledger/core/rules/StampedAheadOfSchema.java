package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.core.situation.SchemaPosition.Direction;
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
    public List<Finding> check(RuleContext c) {
        return StampFindings.of(c, code(), Direction.BEHIND,
                "The stamp is ahead of the schema: %s is stamped, but the schema matches %s.");
    }
}
