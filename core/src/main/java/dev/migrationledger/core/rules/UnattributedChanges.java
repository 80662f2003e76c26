package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Enumeration;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.UnattributedChange;
import dev.migrationledger.core.situation.Observations.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
    public List<Finding> judge(RuleContext c) {
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
        evidence.add(Exhibit.detail("Move what should stay into a revision: then every database gets it."));
        change.what().stream().limit(MessageText.MOST_NAMED)
                .forEach(what -> evidence.add(new Exhibit("change", what, null)));
        return new Finding(DivergenceCode.UNATTRIBUTED_CHANGE, Severity.WARNING, change.at().toString(),
                "At %s %s, outside any known migration.".formatted(change.at(),
                        Enumeration.of(change.what(), MOST_CHANGES)),
                evidence, List.of());
    }
}
