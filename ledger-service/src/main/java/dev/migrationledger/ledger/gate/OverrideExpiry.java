package dev.migrationledger.ledger.gate;

import dev.migrationledger.ledger.gate.DeployCommand.CloseByTime;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.automation.Automation;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Clock;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes overrides whose time is over, also where no deploy is asked for: approvers read of it in the events. */
final class OverrideExpiry implements Automation<StreamId.Deploys> {

    private static final Logger log = LoggerFactory.getLogger(OverrideExpiry.class);

    private final DeploysView deploys;
    private final Recorder recorder;
    private final Clock clock;
    private final RandomGenerator random;

    OverrideExpiry(DeploysView deploys, Recorder recorder, Clock clock, RandomGenerator random) {
        this.deploys = deploys;
        this.recorder = recorder;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String name() {
        return "close-overrides";
    }

    @Override
    public boolean isCausedByEvents() {
        return false;
    }

    @Override
    public Set<StreamId.Deploys> due() {
        return deploys.endedByTime(clock.instant());
    }

    @Override
    public void run(StreamId.Deploys target) {
        boolean closed = !recorder.decide(DeployDecisions.DECIDER,
                new CloseByTime(target.project(), target.environment(), clock.instant(), random.nextLong()))
                .events().isEmpty();
        if (closed) {
            log.atInfo().addKeyValue("project", target.project()).addKeyValue("environment", target.environment())
                    .log("override of the gate ended by time");
        }
    }
}
