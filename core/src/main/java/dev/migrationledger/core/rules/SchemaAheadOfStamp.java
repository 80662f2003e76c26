package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.rules.Place.Direction;
import dev.migrationledger.core.rules.Place.Elsewhere;
import java.util.List;
import java.util.Set;

/** The schema holds more than is stamped. */
final class SchemaAheadOfStamp implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.SCHEMA_AHEAD_OF_STAMP;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE, Input.SCHEMA);
    }

    @Override
    public List<Finding> judge(Case c) {
        Rows rows = c.rows();
        if (rows == null || !(c.place() instanceof Elsewhere elsewhere) || elsewhere.direction() != Direction.AHEAD
                || !Stamped.isTheCause(rows) || Siblings.of(c) != null) {
            return List.of();
        }
        return List.of(new Finding(DivergenceCode.SCHEMA_AHEAD_OF_STAMP, Severity.ERROR, "",
                "The schema is ahead of the stamp: %s is stamped, and the schema matches %s."
                        .formatted(Words.set(rows.meant()), Words.sets(elsewhere.candidates(), elsewhere.complete())),
                Stamped.evidence(rows, elsewhere), c.plan(DivergenceCode.SCHEMA_AHEAD_OF_STAMP)));
    }
}
