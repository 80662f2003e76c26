package dev.migrationledger.contracts.gate;

import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent decided about a deploy while the ledger did not answer, reported later. All times are by the agent's clock, but {@code
 * policyAt}.
 *
 * @param rows of the version table
 * @param pending revisions that the deploy would run, in order
 * @param reasons all that there was to say
 * @param policyVersion of the policy that the agent held; 0: the defaults
 * @param policyAt when the ledger issued it
 * @param run the run that deployed; absent where only an answer was asked for
 */
public record LocalDecision(
        UUID deploy, boolean allowed, ObservedScripts scripts, List<String> rows, Fingerprint schema,
        List<String> pending, List<GateReason> reasons, int policyVersion, Instant policyAt, Instant observedAt,
        Instant decidedAt, Instant sentAt, @Nullable UUID run) {
    public LocalDecision {
        rows = List.copyOf(rows);
        pending = List.copyOf(pending);
        reasons = List.copyOf(reasons);
    }

    /** The same, sent at another time. */
    public LocalDecision sent(Instant at) {
        return new LocalDecision(deploy, allowed, scripts, rows, schema, pending, reasons, policyVersion, policyAt,
                observedAt, decidedAt, at, run);
    }
}
