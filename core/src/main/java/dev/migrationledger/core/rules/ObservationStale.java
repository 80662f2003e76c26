package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.Heartbeats;
import dev.migrationledger.core.situation.Observations.Silence;
import dev.migrationledger.core.situation.Observations.Watched;
import java.util.List;
import java.util.Set;

/** The heartbeats of an agent are missing. */
final class ObservationStale implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.OBSERVATION_STALE;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.HEARTBEATS);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        Watched watch = c.seen().watch();
        Heartbeats heartbeats = watch == null ? null : watch.heartbeats();
        Silence silence = heartbeats == null ? null : heartbeats.silence();
        return silence == null
                ? List.of()
                : List.of(new Finding(DivergenceCode.OBSERVATION_STALE, Severity.WARNING, "",
                        "No heartbeat from agent %s since %s, although one was due by %s."
                                .formatted(MessageText.id(silence.agent()), silence.since(), silence.asOf()),
                        List.of(Exhibit.detail("Other findings of this environment may be out of date."),
                                Exhibit.detail(
                                        "Check whether the agent runs, and whether it reaches the database and the ledger."),
                                new Exhibit(Exhibit.What.AGENT, silence.agent()),
                                new Exhibit(Exhibit.What.SINCE, silence.since().toString())),
                        List.of()));
    }
}
