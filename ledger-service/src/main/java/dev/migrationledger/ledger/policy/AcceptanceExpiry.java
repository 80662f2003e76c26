package dev.migrationledger.ledger.policy;

import dev.migrationledger.ledger.policy.baseline.BaselineDecisions;
import dev.migrationledger.ledger.policy.baseline.BaselineResult;
import dev.migrationledger.ledger.policy.baseline.BaselineView;
import dev.migrationledger.ledger.policy.baseline.ExpireAcceptances;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.automation.Automation;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Clock;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that acceptances ended by time. Judgements compare times themselves and do not wait for it. */
final class AcceptanceExpiry implements Automation<StreamId.Project> {

    private static final Logger log = LoggerFactory.getLogger(AcceptanceExpiry.class);

    private static final Decider<ExpireAcceptances, ProjectState, BaselineResult> EXPIRE = Decider.of(
            ProjectState.DEFINITION,
            (state, command) -> BaselineDecisions.expire(state.baseline(), state.expired(), command));

    private final BaselineView baselines;
    private final Recorder recorder;
    private final Clock clock;
    private final RandomGenerator random;

    AcceptanceExpiry(BaselineView baselines, Recorder recorder, Clock clock, RandomGenerator random) {
        this.baselines = baselines;
        this.recorder = recorder;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String name() {
        return "expire-acceptances";
    }

    @Override
    public boolean isCausedByEvents() {
        return false;
    }

    @Override
    public Set<StreamId.Project> due() {
        return baselines.endedByTime(clock.instant());
    }

    @Override
    public void run(StreamId.Project target) {
        int ended = recorder.decide(EXPIRE,
                new ExpireAcceptances(target.project(), clock.instant(), random.nextLong())).events().size();
        if (ended > 0) {
            log.atInfo().addKeyValue("project", target.project()).addKeyValue("findings", ended)
                    .log("acceptance of findings ended by time");
        }
    }
}
