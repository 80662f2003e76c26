package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import java.util.ArrayList;
import java.util.List;

/** A row of the version table is an ancestor of another one. */
final class OverlappingRevisions implements Rule {

    @Override
    public List<Finding> judge(Case c) {
        Rows rows = c.rows();
        if (rows == null || rows.overlapping().isEmpty()) {
            return List.of();
        }
        List<Exhibit> evidence = new ArrayList<>(Stamped.ofRows(rows));
        return List.of(new Finding(DivergenceCode.OVERLAPPING_REVISIONS, Severity.ERROR, "",
                ("Of the rows %s in %s, %s %s implied by another row, which the migration tool never leaves behind; 'alembic current' hides it, and an upgrade "
                        + "fails with \"Requested revision … overlaps with other requested revisions\". Keep %s.%s")
                        .formatted(Words.ids(rows.exact()), rows.table().name(), Words.ids(rows.overlapping()),
                                rows.overlapping().size() == 1 ? "is" : "are", kept(c, rows), Stamped.elsewhere(c)),
                evidence, c.plan(DivergenceCode.OVERLAPPING_REVISIONS)));
    }

    private static String kept(Case c, Rows rows) {
        return switch (c.place()) {
            case Place.Confirmed confirmed ->
                "%s, which the schema bears out".formatted(Words.set(confirmed.stamped()));
            case Place.Elsewhere(_, _, _, _, List<String> chosen, _) when chosen != null -> Words.set(chosen);
            case Place.Elsewhere _,Place.Hole _,Place.Unknown _ ->
                "the row that tells what ran, which %s not be".formatted(Words.set(rows.meant()) + " may");
        };
    }
}
