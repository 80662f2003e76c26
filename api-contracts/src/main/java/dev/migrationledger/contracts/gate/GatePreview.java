package dev.migrationledger.contracts.gate;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.policy.GateReason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the gate would answer to the caller now, about the scripts and the database as an agent reported them last. It allows nothing: it is
 * not recorded, and a deploy asks again with what is then observed.
 *
 * @param scripts the environment's own, as reported last
 * @param rows of the version table
 * @param pending revisions that would run, in order
 * @param reasons all that there is to say; one that is enforced blocks
 * @param findings of the environment, each with its plan
 * @param policyVersion 0: the defaults
 * @param observedAt by the ledger's clock, the last observation or heartbeat; absent: never
 * @param judgedAt by the ledger's clock
 * @param override that would allow it although a reason blocks; absent: none does
 */
public record GatePreview(
        String project,
        String environment,
        Decision decision,
        ObservedScripts scripts,
        List<String> rows,
        List<String> pending,
        List<GateReason> reasons,
        List<Finding> findings,
        int policyVersion,
        @Nullable Instant observedAt,
        Instant judgedAt,
        @Nullable UUID override) {
    public GatePreview {
        rows = List.copyOf(rows);
        pending = List.copyOf(pending);
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
    }
}
