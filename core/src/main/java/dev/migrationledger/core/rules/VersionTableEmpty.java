package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.VersionTable.State;
import java.util.List;
import java.util.Set;

/** The version table has no row, although the schema shows that revisions ran. */
final class VersionTableEmpty implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.VERSION_TABLE_EMPTY;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.VERSION_TABLE, Input.SCHEMA);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        return MissingStamp.check(c, State.EMPTY, DivergenceCode.VERSION_TABLE_EMPTY,
                "Version table %s is empty");
    }
}
