package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.text.Count;
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
import java.util.stream.Stream;

/** Nothing is stamped. In a new database that is as it should be. */
final class MissingStamp {

    private MissingStamp() {}

    static List<Finding> check(RuleContext c, VersionTable.State state, DivergenceCode code, String problem) {
        ResolvedRows rows = c.rows();
        if (rows == null || rows.table().state() != state) {
            return List.of();
        }
        String statement = problem.formatted(rows.table().name());
        return switch (c.place()) {
            case Confirmed _ -> perhapsNew(c, code, statement);
            case Elsewhere elsewhere -> List.of(new Finding(code, Severity.ERROR, "",
                    "%s, but the schema matches %s."
                            .formatted(statement, MessageText.fewSets(elsewhere.candidates(), elsewhere.complete())),
                    with("An upgrade would repeat revisions that already ran.",
                            StampFindings.evidence(rows, elsewhere)),
                    c.plan(code)));
            case Hole hole -> List.of(new Finding(code, Severity.ERROR, "",
                    "%s, and the schema matches no point in the history.".formatted(statement),
                    with("No stamp is safe yet.", StampFindings.evidence(rows, hole.discrepancies())),
                    c.plan(code)));
            case Unknown() -> unexplained(c, code, statement);
        };
    }

    private static List<Exhibit> with(String detail, List<Exhibit> evidence) {
        return Stream.concat(Stream.of(Exhibit.detail(detail)), evidence.stream()).toList();
    }

    /** An empty database is new, but not for sure if it has something that a revision may have made. */
    private static List<Finding> perhapsNew(RuleContext c, DivergenceCode code, String statement) {
        List<Unexplained> made = c.schema() == null ? List.of() : c.schema().perhapsMade();
        if (made.isEmpty()) {
            return List.of();
        }
        String maker = MessageText.id(Objects.requireNonNull(made.getFirst().perhaps()));
        return List.of(new Finding(code, Severity.ERROR, "",
                "%s, but %s may have created %s.".formatted(statement, maker, made.size() == 1
                        ? MessageText.object(made.getFirst().object())
                        : "%d of the existing objects".formatted(made.size())),
                with("Some statements of %s cannot be read.".formatted(maker),
                        made.stream().limit(MessageText.MOST_NAMED).map(object -> Exhibit.object(object.object()))
                                .toList()),
                c.plan(code)));
    }

    /** Without scripts it may be that no migration tool is used here at all. */
    private static List<Finding> unexplained(RuleContext c, DivergenceCode code, String statement) {
        SchemaSeen schema = c.seen().schema();
        List<ObjectName> tables = schema == null
                ? List.of()
                : schema.snapshot().objects().stream().map(SchemaObject::object)
                        .filter(object -> object.kind() == ObjectKind.TABLE).toList();
        return tables.isEmpty()
                ? List.of()
                : List.of(new Finding(code, Severity.WARNING, "",
                        "%s, but the database has %s.".formatted(statement, Count.of(tables.size(), "table")),
                        with("Name the scripts to find out which revisions ran.",
                                tables.stream().limit(MessageText.MOST_NAMED).map(Exhibit::object).toList()),
                        c.plan(code)));
    }
}
