package dev.migrationledger.contracts.diagnosis;

import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A finding about one environment and the time for which it was true.
 *
 * @param subject as in {@link Finding}
 * @param firstSeen by the agents' clocks, the observation in which it was found
 * @param lastSeen by the agents' clocks, the last observation in which it was there: the environment's last one while it is open
 * @param resolvedAt by the agents' clocks, the observation in which it was gone; absent while it is open
 * @param resolution why it is not looked for any more; absent while it is open, and where an observation showed that it is gone
 */
public record Divergence(
        UUID id,
        String project,
        String environment,
        DivergenceCode code,
        String subject,
        Severity severity,
        String message,
        List<Exhibit> evidence,
        List<PlanStep> plan,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable Instant resolvedAt,
        State state,
        @Nullable Resolution resolution) {

    public Divergence {
        evidence = List.copyOf(evidence);
        plan = List.copyOf(plan);
    }

    /** As it was found last. */
    public Finding finding() {
        return new Finding(code, severity, subject, message, evidence, plan);
    }

    public enum State {
        OPEN,
        RESOLVED
    }
}
