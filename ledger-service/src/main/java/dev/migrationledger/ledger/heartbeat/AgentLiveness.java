package dev.migrationledger.ledger.heartbeat;

import dev.migrationledger.ledger.view.Liveness;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Which agents are still there, as this ledger shows it. One that has just started takes every agent for present. */
final class AgentLiveness implements Liveness {

    private final Heartbeats heartbeats;
    private final Clock clock;
    private final Duration patience;
    private final Instant start;

    /** @param patience how long an agent may be silent */
    AgentLiveness(Heartbeats heartbeats, Clock clock, Duration patience) {
        this.heartbeats = heartbeats;
        this.clock = clock;
        this.patience = patience;
        this.start = clock.instant();
    }

    @Override
    public Map<String, Map<String, Instant>> heartbeats(String project, Collection<String> environments) {
        return heartbeats.of(project, environments);
    }

    @Override
    public boolean isPresent(Instant heardAt) {
        Instant now = clock.instant();
        // What was heard in what is the future now was heard before the clock was set back.
        Instant lastHeartbeat = HeartbeatMonitor.isAhead(heardAt, now) || heardAt.isBefore(start) ? start : heardAt;
        return !lastHeartbeat.plus(patience).isBefore(now);
    }

    @Override
    public Present present() {
        Instant now = clock.instant();
        return start.plus(patience).isBefore(now)
                ? new Present(now.minus(patience), now.plus(HeartbeatMonitor.CLOCK_CORRECTION))
                : Present.ALWAYS;
    }
}
