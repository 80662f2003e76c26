package dev.migrationledger.contracts.gate;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.GateEvent.Deploy;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.SignedPolicy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a deploy may run, and why.
 *
 * @param asked what it is about: the answer holds for nothing else
 * @param reasons all that there is to say; one that is enforced blocks
 * @param findings of the environment as the deploy would meet it, each with its plan
 * @param policyVersion 0: the defaults
 * @param decidedAt by the ledger's clock
 * @param expiresAt it holds until then; absent where the deploy is blocked
 * @param override that allows it although a reason blocks; absent: none does
 * @param policy by which an agent decides later questions if the ledger does not answer; absent: an older ledger
 */
public record GateAnswer(
        UUID deploy,
        Decision decision,
        Deploy asked,
        List<GateReason> reasons,
        List<Finding> findings,
        int policyVersion,
        Instant decidedAt,
        @Nullable Instant expiresAt,
        @Nullable UUID override,
        @Nullable SignedPolicy policy) {
    public GateAnswer {
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
    }

    public enum Decision {
        ALLOWED,
        BLOCKED
    }
}
