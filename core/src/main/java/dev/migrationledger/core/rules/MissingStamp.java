package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.core.position.PhysicalState.Unexplained;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaPosition.Confirmed;
import dev.migrationledger.core.situation.SchemaPosition.Elsewhere;
import dev.migrationledger.core.situation.SchemaPosition.Hole;
import dev.migrationledger.core.situation.SchemaPosition.Unknown;
import java.util.List;
import java.util.Objects;

/** Nothing is stamped. In a new database that is as it should be. */
final class MissingStamp {

    private MissingStamp() {}

    static List<Finding> judge(RuleContext c, VersionTable.State state, DivergenceCode code, String problem) {
        ResolvedRows rows = c.rows();
        if (rows == null || rows.table().state() != state) {
            return List.of();
        }
        String said = problem.formatted(rows.table().name());
        return switch (c.place()) {
            case Confirmed _ -> perhapsNew(c, code, said);
            case Elsewhere elsewhere -> List.of(new Finding(code, Severity.ERROR, "",
                    "%s, and the schema matches %s: an upgrade would run again what has run."
                            .formatted(said, MessageText.sets(elsewhere.candidates(), elsewhere.complete())),
                    StampFindings.evidence(rows, elsewhere), c.plan(code)));
            case Hole hole -> List.of(new Finding(code, Severity.ERROR, "",
                    "%s, and the schema matches no set of revisions, so no stamp is safe yet."
                            .formatted(said),
                    StampFindings.evidence(rows, hole.discrepancies()), c.plan(code)));
            case Unknown() -> unexplained(c, code, said);
        };
    }

    /** An empty database is new. Where something is there that a revision may have made, nobody can tell. */
    private static List<Finding> perhapsNew(RuleContext c, DivergenceCode code, String said) {
        List<Unexplained> made = c.schema() == null ? List.of() : c.schema().perhapsMade();
        return made.isEmpty()
                ? List.of()
                : List.of(new Finding(code, Severity.ERROR, "",
                        "%s, and %s may have made %s in a place that cannot be read."
                                .formatted(said, MessageText.id(Objects.requireNonNull(made.getFirst().perhaps())),
                                        made.size() == 1
                                                ? MessageText.object(made.getFirst().object())
                                                : MessageText.count(made.size(), "object")),
                        made.stream().limit(MessageText.MOST_NAMED)
                                .map(object -> Finding.Exhibit.object(object.object()))
                                .toList(),
                        c.plan(code)));
    }

    /** Without scripts it may be that no migration tool is used here at all. */
    private static List<Finding> unexplained(RuleContext c, DivergenceCode code, String said) {
        SchemaSeen schema = c.seen().schema();
        List<ObjectName> tables = schema == null
                ? List.of()
                : schema.snapshot().objects().stream().map(SchemaObject::object)
                        .filter(object -> object.kind() == ObjectKind.TABLE).toList();
        return tables.isEmpty()
                ? List.of()
                : List.of(new Finding(code, Severity.WARNING, "",
                        "%s, but the database has %s. Name the scripts, so that it can be said which revisions ran."
                                .formatted(said, MessageText.count(tables.size(), "table")),
                        tables.stream().limit(MessageText.MOST_NAMED).map(Finding.Exhibit::object).toList(),
                        c.plan(code)));
    }
}
