package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.upgrade.UpgradeFailure;
import java.util.List;
import java.util.Set;

/** The next upgrade is known to fail, though the stamp is right. */
final class UpgradeFails implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.UPGRADE_FAILS;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE, Input.SCHEMA);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        // Elsewhere the stamp is the cause.
        UpgradeFailure failure = c.upgrade() == null ? null : c.upgrade().failure();
        return failure == null
                ? List.of()
                : List.of(new Finding(DivergenceCode.UPGRADE_FAILS, Severity.ERROR, failure.revision(),
                        failure.sentence(),
                        List.of(Exhibit.detail(failure.cause()), Exhibit.revision(failure.revision()),
                                Exhibit.object(failure.object())),
                        c.plan(DivergenceCode.UPGRADE_FAILS)));
    }
}
