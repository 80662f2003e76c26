package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaLocator;
import dev.migrationledger.core.situation.SchemaPosition.Confirmed;
import dev.migrationledger.core.situation.SchemaPosition.Elsewhere;
import dev.migrationledger.core.situation.SchemaPosition.Hole;
import dev.migrationledger.core.situation.SchemaPosition.Unknown;
import java.util.List;
import java.util.Set;

/** Revisions are still to run. */
final class BehindHead implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.BEHIND_HEAD;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        ResolvedRows rows = c.rows();
        ScriptsSeen scripts = c.seen().scripts();
        if (rows == null || scripts == null || !rows.areUnderstood() || SchemaLocator.isDamaged(scripts)
                || !isMeaningful(c, rows)) {
            return List.of();
        }
        List<String> pending = scripts.graph().upgradePath(rows.resolved(), scripts.graph().realHeads());
        if (pending.isEmpty()) {
            return List.of();
        }
        return List.of(new Finding(DivergenceCode.BEHIND_HEAD, Severity.INFO, "",
                (pending.size() == 1 ? "1 revision is pending: %s." : "%2$d revisions are pending, starting with %1$s.")
                        .formatted(MessageText.id(pending.getFirst()), pending.size()),
                pending.stream().map(Exhibit::revision).toList(),
                c.plan(DivergenceCode.BEHIND_HEAD)));
    }

    /** From rows that are wrong, nothing can be counted. */
    private static boolean isMeaningful(RuleContext c, ResolvedRows rows) {
        return switch (c.place()) {
            case Confirmed _ -> rows.areClean() && (c.upgrade() == null || c.upgrade().failure() == null)
                    && (rows.areThere() || c.schema() == null || c.schema().perhapsMade().isEmpty());
            case Elsewhere _ -> false;
            case Hole hole -> rows.areClean() && rows.areThere() && hole.nearest().equals(hole.stamped());
            case Unknown() -> rows.areClean() && rows.areThere();
        };
    }
}
