package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.event.GateEvent.Deploy;
import dev.migrationledger.contracts.event.GateEvent.DeployDecidedLocally;
import dev.migrationledger.core.policy.DeployRequest;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked about deploys of one environment. */
sealed interface DeployCommand extends Command {

    String project();

    String environment();

    Instant now();

    /** Where new ids come from: the same command makes the same ids. */
    long chance();

    @Override
    default StreamId stream() {
        return new StreamId.Deploys(project(), environment());
    }

    /**
     * May a deploy run?
     *
     * @param request what it would meet
     * @param otherEnvironments whether the request has all of the project
     * @param heard by deploy, when its run was heard last
     */
    record Ask(
            String project, String environment, Instant now, long chance, UUID deploy, Deploy asked,
            DeployRequest request, boolean otherEnvironments, ProjectPolicies.Current policy,
            Map<UUID, Instant> heard) implements DeployCommand {}

    /** An agent decided by itself before. */
    record Report(String project, String environment, Instant now, long chance, DeployDecidedLocally decided)
            implements
                DeployCommand {}

    /** An approver approves a deploy that was asked for. */
    record Approve(
            String project, String environment, Instant now, long chance, UUID deploy, String by,
            @Nullable String comment) implements DeployCommand {}

    /** A deploy has ended, or will never begin. */
    record End(
            String project, String environment, Instant now, long chance, UUID deploy,
            @Nullable Integer exitCode) implements DeployCommand {}

    /** An approver lets deploys run although reasons block them. */
    record OpenOverride(
            String project, String environment, Instant now, long chance, String by, String reason,
            Instant until) implements DeployCommand {}

    /** No more of that. */
    record CloseOverride(
            String project, String environment, Instant now, long chance, UUID override, String by,
            @Nullable String comment) implements DeployCommand {}

    /** The time of an override may be over. */
    record CloseByTime(String project, String environment, Instant now, long chance) implements DeployCommand {}

    /** A person looked at what was deployed. */
    record ReviewOverride(
            String project, String environment, Instant now, long chance, UUID override, String by,
            String remark) implements DeployCommand {}
}
