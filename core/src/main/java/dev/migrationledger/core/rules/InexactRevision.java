package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.graph.Identified;
import dev.migrationledger.core.graph.Identified.Found;
import dev.migrationledger.core.graph.Identified.NotFound;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.ResolvedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A row of the version table is no id, but something that Alembic takes for one. */
final class InexactRevision implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.INEXACT_REVISION;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        ResolvedRows rows = c.rows();
        if (rows == null) {
            return List.of();
        }
        return rows.inexact().entrySet().stream()
                .map(row -> finding(c, rows, row.getKey(), row.getValue()))
                .toList();
    }

    private static Finding finding(RuleContext c, ResolvedRows rows, String row, Identified meaning) {
        List<Exhibit> evidence = new ArrayList<>(StampFindings.details(c));
        evidence.add(Exhibit.row(row));
        String resolved = switch (meaning) {
            case Found found -> {
                found.revisions().forEach(revision -> evidence.add(Exhibit.revision(revision)));
                yield "but Alembic reads it as %s".formatted(MessageText.set(found.revisions()));
            }
            case NotFound several -> {
                several.candidates().forEach(revision -> evidence.add(Exhibit.revision(revision)));
                yield "and it matches several: %s".formatted(MessageText.ids(several.candidates()));
            }
        };
        return new Finding(DivergenceCode.INEXACT_REVISION, Severity.ERROR, row,
                "Row %s of %s is not a full revision id, %s.".formatted(MessageText.id(row), rows.table().name(),
                        resolved),
                evidence, c.plan(DivergenceCode.INEXACT_REVISION));
    }
}
