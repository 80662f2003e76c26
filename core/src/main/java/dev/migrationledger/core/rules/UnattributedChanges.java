package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.UnattributedChange;
import dev.migrationledger.core.situation.Observations.Watched;
import java.util.List;
import java.util.Set;

/** A change that no migration command explains. */
final class UnattributedChanges implements Rule {

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
        String actor = by == null || by.actor() == null
                ? "Nobody saw who it was; 'capture install' lets the database remember it the next time"
                : "It was %s%s".formatted(by.actor().inWords(),
                        by.statement() == null ? "" : ", by %s".formatted(MessageText.id(by.statement())));
        return new Finding(DivergenceCode.UNATTRIBUTED_CHANGE, Severity.WARNING, change.at().toString(),
                "At %s %s, and no migration command that was witnessed explains it. %s. Ask who did it; what is meant to stay in a schema belongs in a revision, so that every database gets it."
                        .formatted(change.at(), MessageText.list(change.what()), actor),
                change.what().stream().limit(MessageText.MOST_NAMED).map(what -> new Exhibit("change", what, null))
                        .toList(),
                List.of());
    }
}
