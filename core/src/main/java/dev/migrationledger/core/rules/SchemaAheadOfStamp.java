package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.core.situation.SchemaPosition.Direction;
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
    public List<Finding> check(RuleContext c) {
        return SkippedMergeSide.of(c) != null
                ? List.of()
                : StampFindings.of(c, code(), Direction.AHEAD,
                        "The schema is ahead of the stamp: %s is stamped, but the schema matches %s.");
    }
}
