package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.situation.GapText;
import dev.migrationledger.core.situation.Observations.Gap;
import dev.migrationledger.core.situation.Observations.Watched;
import java.util.List;
import java.util.Set;

/** Something changed while no agent could observe. */
final class ObservationGapRule implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.OBSERVATION_GAP;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.WATCHING);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        Watched watch = c.seen().watch();
        Gap gap = watch == null ? null : watch.gap();
        return gap == null
                ? List.of()
                : List.of(new Finding(DivergenceCode.OBSERVATION_GAP, Severity.WARNING, "",
                        "The agent missed the changes between %s and %s.".formatted(gap.from(), gap.until()),
                        List.of(Exhibit.detail(GapText.of(gap.reason())),
                                Exhibit.advice("Ask who worked on the database in that time."),
                                new Exhibit(Exhibit.What.FROM, gap.from().toString()),
                                new Exhibit(Exhibit.What.UNTIL, gap.until().toString())),
                        List.of()));
    }
}
