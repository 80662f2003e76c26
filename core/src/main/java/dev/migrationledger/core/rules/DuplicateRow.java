package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.ResolvedRows;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The version table says the same twice. */
final class DuplicateRow implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.DUPLICATE_ROW;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.VERSION_TABLE);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        ResolvedRows rows = c.rows();
        if (rows == null || rows.duplicate().isEmpty()) {
            return List.of();
        }
        return List.of(new Finding(DivergenceCode.DUPLICATE_ROW, Severity.ERROR, "",
                (rows.duplicate().size() == 1
                        ? "Row %s appears more than once in %s."
                        : "Rows %s appear more than once in %s.")
                        .formatted(MessageText.ids(rows.duplicate()), rows.table().name()),
                Stream.concat(
                        Stream.of(Exhibit.detail(
                                "The version table has lost its primary key, and the next upgrade fails.")),
                        rows.duplicate().stream().limit(MessageText.MOST_NAMED).map(Exhibit::row)).toList(),
                c.plan(DivergenceCode.DUPLICATE_ROW)));
    }
}
