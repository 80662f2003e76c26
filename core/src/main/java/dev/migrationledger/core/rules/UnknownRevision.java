package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.graph.Identified.NotFound;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.UnknownRowCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A row of the version table means nothing in the scripts. */
final class UnknownRevision implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.UNKNOWN_REVISION;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        ResolvedRows rows = c.rows();
        return rows == null
                ? List.of()
                : rows.unknown().entrySet().stream()
                        .map(row -> finding(c, rows, row.getKey(), row.getValue()))
                        .toList();
    }

    private static Finding finding(RuleContext c, ResolvedRows rows, String row, NotFound none) {
        UnknownRowCause cause = UnknownRowCause.of(c.seen().scripts(), c.schema(), rows);
        List<Exhibit> evidence = new ArrayList<>();
        cause.details().forEach(detail -> evidence.add(Exhibit.detail(detail)));
        if (!none.candidates().isEmpty()) {
            evidence.add(Exhibit.detail("The id is similar to %s.".formatted(MessageText.ids(none.candidates()))));
        }
        evidence.add(Exhibit.row(row));
        none.candidates().forEach(near -> evidence.add(Exhibit.revision(near)));
        cause.objects().stream().limit(MessageText.MOST_NAMED).forEach(object -> evidence.add(Exhibit.object(object)));
        return new Finding(DivergenceCode.UNKNOWN_REVISION, Severity.ERROR, row,
                "No script has row %s of %s%s.".formatted(MessageText.id(row), rows.table().name(),
                        cause.clause()),
                evidence, c.plan(DivergenceCode.UNKNOWN_REVISION));
    }
}
