package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.LongIds;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.VersionTableWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Alembic refuses an id, or the version table cannot hold it: that depends on the table, so it is looked at. */
final class RevisionIdInvalid implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.REVISION_ID_INVALID;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        ScriptsSeen scripts = c.seen().scripts();
        if (scripts == null) {
            return List.of();
        }
        Integer width = VersionTableWidth.of(c.seen(), c.rows(), scripts);
        List<Finding> findings = new ArrayList<>(scripts.problems(code()).stream()
                .filter(problem -> width == null || problem.severity() == Severity.ERROR)
                .toList());
        List<Revision> revisions = scripts.graph().revisions();
        if (width != null && c.rows() != null) {
            Set<String> applied = scripts.graph().implied(c.rows().resolved());
            List<Revision> longer = LongIds.of(revisions, width).stream()
                    .filter(revision -> !applied.contains(revision.revision())
                            && !VersionTableWidth.fitsLater(c.seen(), revision.revision()))
                    .toList();
            String table = c.rows().table().name();
            LongIds.problem(longer, width).ifPresent(problem -> findings.add(ScriptFindings.tooLong(problem, table)));
        }
        return findings;
    }
}
