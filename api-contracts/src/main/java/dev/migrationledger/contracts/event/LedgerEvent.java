package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Resolution;
import dev.migrationledger.contracts.identity.PipelineRun;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the ledger decided. No agent can state one of these. */
public sealed interface LedgerEvent extends Event permits LedgerEvent.EnvironmentRegistered,
        LedgerEvent.DivergenceEvent, LedgerEvent.EnvironmentRetired, LedgerEvent.EnvironmentRevived,
        LedgerEvent.ContentWithdrawn, LedgerEvent.RunProved, BranchEvent, EvidenceEvent, GateEvent, IdentityEvent,
        MergeEvent,
        PolicyEvent, WebhookEvent {

    /** An environment was heard of for the first time. */
    record EnvironmentRegistered(Map<String, String> labels) implements LedgerEvent {
        public EnvironmentRegistered {
            labels = Map.copyOf(labels);
        }
    }

    /** What happens to one divergence. */
    sealed interface DivergenceEvent extends LedgerEvent {
        /** Its id, from detection to resolution. */
        UUID divergence();
    }

    /** A divergence was found that was not there before. */
    record DivergenceDetected(UUID divergence, Finding finding) implements DivergenceEvent {}

    /** A divergence that is there still is another one in what it says: its severity, its evidence or its plan. */
    record DivergenceChanged(UUID divergence, Finding finding) implements DivergenceEvent {}

    /**
     * A divergence is not there any more.
     *
     * @param lastSeen by the agents' clocks, the last observation in which it was still there
     * @param reason why it is not looked for any more; absent where an observation showed that it is gone
     */
    record DivergenceResolved(
            UUID divergence, DivergenceCode code, Instant lastSeen,
            @Nullable Resolution reason) implements DivergenceEvent {}

    /**
     * An operator says that an environment is not used any more. Everything about it stays; lists and rules pass over it.
     *
     * @param by who said so, as they named themselves
     */
    record EnvironmentRetired(String by, String reason) implements LedgerEvent {}

    /** An agent reported something new about a retired environment: it is used again. */
    record EnvironmentRevived(String agent) implements LedgerEvent {}

    /**
     * The start of a run came in the session of a pipeline: an issuer proved where it runs. What the run says about itself stays a claim.
     *
     * @param pipeline what the issuer proved
     */
    record RunProved(UUID run, PipelineRun pipeline) implements LedgerEvent {}

    /**
     * Stands where an event was whose content an operator withdrew: its id, its place in the sequence and its times are still there.
     *
     * @param withdrawnType of the event that was there, as the catalogue names it
     * @param digest SHA-256 of the JSON that was there, in lower-case hexadecimal
     * @param bytes how long that was
     */
    record ContentWithdrawn(String withdrawnType, String digest, long bytes, String reason, Instant withdrawnAt)
            implements
                LedgerEvent {}
}
