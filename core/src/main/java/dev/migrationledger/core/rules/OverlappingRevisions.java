package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
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
    public List<Finding> judge(Case c) {
        Rows rows = c.rows();
        if (rows == null || rows.overlapping().isEmpty()) {
            return List.of();
        }
        List<Exhibit> evidence = new ArrayList<>(Stamped.details(c));
        evidence.add(Exhibit.detail(
                "'alembic current' hides such a row, and an upgrade fails with \"Requested revision … overlaps with other requested revisions\"."));
        evidence.addAll(Stamped.ofRows(rows));
        return List.of(new Finding(DivergenceCode.OVERLAPPING_REVISIONS, Severity.ERROR, "",
                "The rows %s of %s overlap: another row implies %s. Keep %s.".formatted(Words.ids(rows.exact()),
                        rows.table().name(), Words.ids(rows.overlapping()), kept(c, rows)),
                evidence, c.plan(DivergenceCode.OVERLAPPING_REVISIONS)));
    }

    private static String kept(Case c, Rows rows) {
        return switch (c.place()) {
            case Place.Confirmed confirmed when c.confirmation() == null || c.confirmation().contested().isEmpty() ->
                "%s, which the schema confirms".formatted(Words.set(confirmed.stamped()));
            case Place.Elsewhere(_, _, _, _, List<String> chosen, _) when chosen != null -> Words.set(chosen);
            case Place.Confirmed _,Place.Elsewhere _,Place.Hole _,Place.Unknown _ ->
                "the row that really ran, perhaps not %s".formatted(Words.set(rows.meant()));
        };
    }
}
