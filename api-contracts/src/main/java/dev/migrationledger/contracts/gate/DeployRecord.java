package dev.migrationledger.contracts.gate;

import dev.migrationledger.contracts.event.GateEvent.Deploy;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.policy.GateReason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deploy that was asked for, and what became of it.
 *
 * @param reasons all that there was to say; one that is enforced blocks
 * @param expiresAt the answer held until then; absent where the deploy was blocked
 * @param override that allowed it although a reason blocked; absent: none did
 * @param endedAt absent while it runs, and where it never held up others
 * @param exitCode of its command; absent where it is not known
 */
public record DeployRecord(
        UUID deploy,
        String project,
        String environment,
        Decision decision,
        Deploy asked,
        List<GateReason> reasons,
        int policyVersion,
        Instant decidedAt,
        @Nullable Instant expiresAt,
        @Nullable UUID override,
        @Nullable Instant endedAt,
        @Nullable Integer exitCode) {
    public DeployRecord {
        reasons = List.copyOf(reasons);
    }

    /** The same after its end. */
    public DeployRecord ended(Instant at, @Nullable Integer code) {
        return new DeployRecord(deploy, project, environment, decision, asked, reasons, policyVersion, decidedAt,
                expiresAt, override, at, code);
    }
}
