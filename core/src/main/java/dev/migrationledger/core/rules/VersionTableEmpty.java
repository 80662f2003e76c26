package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.VersionTable.State;
import java.util.List;

/** The version table has no row, and something is there that one should speak of. */
final class VersionTableEmpty implements Rule {

    @Override
    public List<Finding> judge(RuleContext c) {
        return MissingStamp.judge(c, State.EMPTY, DivergenceCode.VERSION_TABLE_EMPTY,
                "The version table %s has no row");
    }
}
