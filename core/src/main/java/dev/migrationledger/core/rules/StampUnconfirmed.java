package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.position.SchemaEvidence.Difference;
import dev.migrationledger.core.position.SchemaEvidence.Excuse;
import dev.migrationledger.core.situation.Confirmation;
import dev.migrationledger.core.situation.Confirmation.LeftOut;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.ResolvedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Nothing contradicts the stamp, and not enough speaks for it. */
final class StampUnconfirmed implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.STAMP_UNCONFIRMED;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE, Input.SCHEMA);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        Confirmation confirmation = c.confirmation();
        ResolvedRows rows = c.rows();
        if (confirmation == null || rows == null || confirmation.isEnough()) {
            return List.of();
        }
        List<Exhibit> evidence = new ArrayList<>(StampFindings.ofRows(rows));
        confirmation.excused().stream().limit(MessageText.MOST_NAMED).forEach(one -> {
            evidence.add(Exhibit.detail("Contradicts the stamp: %s.".formatted(MessageText.excused(one))));
            evidence.add(Exhibit.revision(Objects.requireNonNull(one.excuse()).revision()));
            evidence.add(Exhibit.object(one.discrepancy().object()));
        });
        return List.of(new Finding(DivergenceCode.STAMP_UNCONFIRMED, Severity.WARNING, "",
                message(rows, confirmation), evidence.stream().distinct().toList(),
                c.plan(DivergenceCode.STAMP_UNCONFIRMED)));
    }

    private static String message(ResolvedRows rows, Confirmation confirmation) {
        LeftOut leftOut = confirmation.leftOut();
        if (!leftOut.isNone()) {
            return "Nothing confirms that %s ran: the objects are in %s, which %s not read.".formatted(
                    MessageText.few(leftOut.revisions()), MessageText.schemas(leftOut.schemas()),
                    leftOut.schemas().size() == 1 ? "was" : "were");
        }
        if (!confirmation.anything()) {
            return "Nothing in the schema confirms the stamp %s: an empty database would look the same."
                    .formatted(MessageText.set(rows.resolved()));
        }
        List<Difference> excused = confirmation.excused();
        Excuse excuse = Objects.requireNonNull(excused.getFirst().excuse());
        if (excused.stream().allMatch(Difference::isPerhapsUnmade)) {
            return "%s missing, and %s creates %s only under a condition that cannot be read.".formatted(
                    MessageText.upper(excused.size() == 1
                            ? MessageText.object(excused.getFirst().discrepancy().object()) + " is"
                            : Count.of(excused.size(), "object") + " are"),
                    MessageText.id(excuse.revision()), excused.size() == 1 ? "it" : "them");
        }
        return (excused.stream().allMatch(Difference::dependsOnEarlier)
                ? "The schema fits the stamp %s only if an unreadable statement of %s kept a later revision from creating %s."
                : "The schema fits the stamp %s only if an unreadable statement of %s changed %s.")
                .formatted(MessageText.set(rows.resolved()),
                        MessageText.id(excuse.revision()),
                        excused.size() == 1
                                ? MessageText.object(excused.getFirst().discrepancy().object())
                                : Count.of(excused.size(), "object"));
    }
}
