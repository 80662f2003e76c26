package dev.migrationledger.contracts.gate;

import dev.migrationledger.contracts.event.GateEvent.Circumstances;
import dev.migrationledger.contracts.event.GateEvent.Deploy;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.policy.GateReason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A deploy that was asked for, and what became of it.
 *
 * @param reasons all that there was to say; one that is enforced blocks
 * @param circumstances absent where they were not recorded
 * @param policyAt when the ledger issued the policy by which an agent decided without it; absent where the ledger decided
 * @param expiresAt the answer held until then; absent where the deploy was blocked
 * @param override that allowed it although a reason blocked; absent: none did
 * @param approvers who approved it, in their order
 * @param comments of approvers, in their order
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
        @Nullable Circumstances circumstances,
        @Nullable Instant policyAt,
        Instant decidedAt,
        @Nullable Instant expiresAt,
        @Nullable UUID override,
        List<String> approvers,
        List<ApproverComment> comments,
        @Nullable Instant endedAt,
        @Nullable Integer exitCode) {
    public DeployRecord {
        reasons = List.copyOf(reasons);
        approvers = List.copyOf(approvers);
        // An older ledger has none.
        comments = comments == null ? List.of() : List.copyOf(comments);
    }

    /** What an approver added to the approval. */
    public record ApproverComment(String by, String comment) {}

    /**
     * The same with another approval.
     *
     * @param comment absent: none
     */
    public DeployRecord approved(String by, @Nullable String comment) {
        return new DeployRecord(deploy, project, environment, decision, asked, reasons, policyVersion,
                circumstances, policyAt, decidedAt, expiresAt, override,
                Stream.concat(approvers.stream(), Stream.of(by)).toList(),
                comment == null
                        ? comments
                        : Stream.concat(comments.stream(), Stream.of(new ApproverComment(by, comment))).toList(),
                endedAt, exitCode);
    }

    /** The same after its end. */
    public DeployRecord ended(Instant at, @Nullable Integer code) {
        return new DeployRecord(deploy, project, environment, decision, asked, reasons, policyVersion,
                circumstances, policyAt, decidedAt, expiresAt, override, approvers, comments, at, code);
    }
}
