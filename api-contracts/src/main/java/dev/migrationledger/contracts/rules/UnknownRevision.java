package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.Identified.NotFound;
import java.util.ArrayList;
import java.util.List;

/** A row of the version table means nothing in the scripts. */
final class UnknownRevision implements Rule {

    @Override
    public List<Finding> judge(Case c) {
        Rows rows = c.rows();
        if (rows == null) {
            return List.of();
        }
        return rows.unknown().entrySet().stream()
                .map(row -> finding(c, rows, row.getKey(), row.getValue()))
                .toList();
    }

    private static Finding finding(Case c, Rows rows, String row, NotFound none) {
        List<Exhibit> evidence = new ArrayList<>();
        evidence.add(Exhibit.row(row));
        none.candidates().forEach(near -> evidence.add(Exhibit.revision(near)));
        String meant = none.candidates().isEmpty()
                ? "no id is near it"
                : "near it %s %s".formatted(none.candidates().size() == 1 ? "is" : "are", Words.ids(none.candidates()));
        String physical = c.schema() == null || c.schema().physical().candidates().isEmpty()
                ? ""
                : " By what these scripts know, the schema matches %s."
                        .formatted(Words.sets(c.schema().physical().candidates(), c.schema().physical().complete()));
        return new Finding(DivergenceCode.UNKNOWN_REVISION, Severity.ERROR, row,
                ("The row %s of %s is in no script (%s), and Alembic fails with \"Can't locate revision identified by %s\"; "
                        + "bring its file back from version control, or from the image that applied it.%s")
                        .formatted(Words.id(row), rows.table().name(), meant, Words.id(row), physical),
                evidence, c.plan(DivergenceCode.UNKNOWN_REVISION));
    }
}
