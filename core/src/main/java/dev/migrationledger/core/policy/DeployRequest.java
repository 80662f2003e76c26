package dev.migrationledger.core.policy;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.OtherEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deploy to be judged, and what is known of its project.
 *
 * @param findings all of its environment
 * @param pending revisions that the deploy would run, in order
 * @param others the project's other environments that are in use
 * @param watchedAt when an agent that watches its environment observed it last; absent: never
 * @param observedAt when it was observed for this deploy; absent: it was not
 * @param now the moment of the judgement
 * @param begunAt when the deploy was allowed, where it is already running; absent: it has not begun
 */
public record DeployRequest(
        String environment,
        Map<String, String> labels,
        List<Finding> findings,
        List<String> pending,
        List<OtherEnvironment> others,
        @Nullable Instant watchedAt,
        @Nullable Instant observedAt,
        Instant now,
        Caller caller,
        int approvals,
        @Nullable Instant begunAt) {

    public DeployRequest {
        labels = Map.copyOf(labels);
        findings = List.copyOf(findings);
        pending = List.copyOf(pending);
        others = List.copyOf(others);
    }

    /** The same deploy with so many approvals. */
    public DeployRequest approved(int times) {
        return new DeployRequest(environment, labels, findings, pending, others, watchedAt, observedAt, now, caller,
                times,
                begunAt);
    }

    /**
     * Who wants to deploy.
     *
     * @param role of a person; absent: a program
     * @param pipeline whether it is proved that a pipeline asks
     */
    public record Caller(@Nullable Role role, boolean pipeline) {}
}
