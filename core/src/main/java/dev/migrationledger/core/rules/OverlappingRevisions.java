package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A row of the version table is an ancestor of another one. */
final class OverlappingRevisions implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.OVERLAPPING_REVISIONS;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        ResolvedRows rows = c.rows();
        if (rows == null || rows.overlapping().isEmpty()) {
            return List.of();
        }
        List<Exhibit> evidence = new ArrayList<>();
        evidence.add(Exhibit.advice("Keep %s.".formatted(rowsToKeep(c, rows))));
        evidence.addAll(StampFindings.details(c));
        evidence.add(Exhibit.detail(
                "'alembic current' hides such a row, and an upgrade fails with \"Requested revision … overlaps with other requested revisions\"."));
        evidence.addAll(StampFindings.ofRows(rows));
        return List.of(new Finding(DivergenceCode.OVERLAPPING_REVISIONS, Severity.ERROR, "",
                "Rows %s of %s overlap: another row implies %s.".formatted(MessageText.few(rows.exact()),
                        rows.table().name(), MessageText.few(rows.overlapping())),
                evidence, c.plan(DivergenceCode.OVERLAPPING_REVISIONS)));
    }

    private static String rowsToKeep(RuleContext c, ResolvedRows rows) {
        return switch (c.place()) {
            case SchemaPosition.Confirmed confirmed when c.confirmation() == null
                    || c.confirmation().contested().isEmpty() ->
                "%s, which the schema confirms".formatted(MessageText.set(confirmed.stamped()));
            case SchemaPosition.Elsewhere(_, _, _, _, List<String> chosen, _) when chosen != null ->
                MessageText.set(chosen);
            case SchemaPosition.Confirmed _,SchemaPosition.Elsewhere _,SchemaPosition.Hole _,SchemaPosition.Unknown _ ->
                "the row whose revision ran, which may not be %s".formatted(MessageText.set(rows.resolved()));
        };
    }
}
