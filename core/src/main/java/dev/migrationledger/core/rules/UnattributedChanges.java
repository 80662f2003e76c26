package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.UnattributedChange;
import dev.migrationledger.core.situation.Observations.Watched;
import dev.migrationledger.core.situation.SeenChange;
import dev.migrationledger.core.situation.SeenChange.MoreObjects;
import dev.migrationledger.core.situation.SeenChange.ObjectDropped;
import dev.migrationledger.core.situation.SeenChange.ObjectWritten;
import dev.migrationledger.core.situation.SeenChange.RowsEdited;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A change that no migration command explains. */
final class UnattributedChanges implements Rule {

    /** Changes that a message names; evidence has more. */
    private static final int MOST_CHANGES = 2;

    @Override
    public DivergenceCode code() {
        return DivergenceCode.UNATTRIBUTED_CHANGE;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.WATCHING);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        Watched watch = c.seen().watch();
        return watch == null ? List.of() : watch.changes().stream().map(UnattributedChanges::finding).toList();
    }

    private static Finding finding(UnattributedChange change) {
        Attribution by = change.by();
        List<Exhibit> evidence = new ArrayList<>();
        evidence.add(Exhibit.detail(by == null || by.actor() == null
                ? "It is unknown who did it; 'capture install' makes the database record that from now on."
                : "It was done by %s.".formatted(by.actor().inWords())));
        if (by != null && by.statement() != null) {
            evidence.add(Exhibit.detail("The statement was %s.".formatted(MessageText.id(by.statement()))));
        }
        evidence.add(Exhibit.advice("Move what should stay into a revision: then every database gets it."));
        change.what().stream().limit(MessageText.MOST_NAMED).flatMap(UnattributedChanges::exhibits)
                .forEach(evidence::add);
        return new Finding(DivergenceCode.UNATTRIBUTED_CHANGE, Severity.WARNING, change.at().toString(),
                "At %s %s, outside any known migration.".formatted(change.at(),
                        ListText.and(change.what().stream().map(UnattributedChanges::clause).toList(), MOST_CHANGES)),
                evidence, List.of());
    }

    private static String clause(SeenChange change) {
        return switch (change) {
            case ObjectWritten it -> MessageText.object(it.object()) + " was created or changed";
            case ObjectDropped it -> MessageText.object(it.object()) + " was dropped";
            case MoreObjects it -> it.count() + " more objects changed";
            case RowsEdited it -> "the version table was written by hand: %s became %s".formatted(rows(it.before()),
                    rows(it.after()));
        };
    }

    private static String rows(List<String> rows) {
        return rows.isEmpty() ? "no row" : String.join(", ", rows);
    }

    private static Stream<Exhibit> exhibits(SeenChange change) {
        return switch (change) {
            case ObjectWritten it -> Stream.of(Exhibit.object(What.WRITTEN_OBJECT, it.object()));
            case ObjectDropped it -> Stream.of(Exhibit.object(What.DROPPED_OBJECT, it.object()));
            case MoreObjects _ -> Stream.of();
            case RowsEdited it -> Stream.concat(exhibits(What.ROW_BEFORE, it.before()),
                    exhibits(What.ROW_AFTER, it.after()));
        };
    }

    private static Stream<Exhibit> exhibits(What what, List<String> rows) {
        return rows.stream().limit(MessageText.MOST_NAMED).map(row -> new Exhibit(what, row));
    }
}
