package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.VersionTable.State;
import java.util.List;
import java.util.Set;

/** The version table is missing, although the schema shows that revisions ran. */
final class VersionTableMissing implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.VERSION_TABLE_MISSING;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.VERSION_TABLE, Input.SCHEMA);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        return MissingStamp.check(c, State.MISSING, DivergenceCode.VERSION_TABLE_MISSING,
                "Version table %s does not exist");
    }
}
