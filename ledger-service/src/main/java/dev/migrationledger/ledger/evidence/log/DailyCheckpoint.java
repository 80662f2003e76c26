package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.contracts.log.LogCheckpoint;
import dev.migrationledger.ledger.recording.automation.Automation;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Signs the state of the log at least once a day, if it grew. */
final class DailyCheckpoint implements Automation<StreamId.Organisation> {

    private static final Duration DAY = Duration.ofDays(1);

    private final EvidenceLog evidence;
    private final Checkpoints checkpoints;
    private final Clock clock;

    DailyCheckpoint(EvidenceLog evidence, Checkpoints checkpoints, Clock clock) {
        this.evidence = evidence;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "checkpoint";
    }

    @Override
    public boolean isCausedByEvents() {
        return false;
    }

    @Override
    public Set<StreamId.Organisation> due() {
        long size = evidence.size();
        return checkpoints.latest().map(latest -> latest.size() < size && isOver(latest)).orElse(size > 0)
                ? Set.of(new StreamId.Organisation())
                : Set.of();
    }

    private boolean isOver(LogCheckpoint latest) {
        return !latest.madeAt().plus(DAY).isAfter(clock.instant());
    }

    @Override
    public void run(StreamId.Organisation everything) {
        checkpoints.make();
    }
}
