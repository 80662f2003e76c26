package dev.migrationledger.ledger.recording.automation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether automations run: by when each last completed a round without a failure, by a clock that nobody sets. */
final class AutomationHealth implements HealthIndicator {

    /** Far longer than a round takes, and no longer than somebody should believe that nothing diverges. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Automations automations;

    AutomationHealth(Automations automations) {
        this.automations = automations;
    }

    @Override
    public Health health() {
        return health(System.nanoTime());
    }

    Health health(long nanoTime) {
        if (!automations.isAutoStartup()) {
            return Health.up().withDetail("enabled", false).build();
        }
        Health.Builder health = Health.up();
        for (AutomationLoop<?> loop : automations.loops()) {
            Duration ago = loop.sinceCompleteRound(nanoTime);
            if (ago.compareTo(PATIENCE) > 0) {
                health.down();
            }
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("lastCompleteRound", ago.toSeconds() + " s ago");
            details.put("due", loop.due());
            health.withDetail(loop.name(), details);
        }
        return health.build();
    }
}
