package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the ledger decided. No agent can state one of these. */
public sealed interface LedgerEvent extends Event {

    /** An environment was heard of for the first time. */
    record EnvironmentRegistered(Map<String, String> labels) implements LedgerEvent {
        public EnvironmentRegistered {
            labels = Map.copyOf(labels);
        }
    }

    /** A revision id was seen for the first time in this project. */
    record RevisionDiscovered(String revision, List<String> parents, String digest, String source)
            implements
                LedgerEvent {
        public RevisionDiscovered {
            parents = List.copyOf(parents);
        }
    }

    /** A known revision id came with other bytes. */
    record RevisionEdited(String revision, String digestBefore, String digestAfter, String source)
            implements
                LedgerEvent {}

    /** A known revision id came with other parents. */
    record LineageRewritten(String revision, List<String> parentsBefore, List<String> parentsAfter, String source)
            implements
                LedgerEvent {
        public LineageRewritten {
            parentsBefore = List.copyOf(parentsBefore);
            parentsAfter = List.copyOf(parentsAfter);
        }
    }

    /** A divergence was found that was not there before. */
    record DivergenceDetected(UUID divergence, Finding finding) implements LedgerEvent {}

    /** A divergence that is there still is another one in what it says: its severity, its evidence or its plan. */
    record DivergenceChanged(UUID divergence, Finding finding) implements LedgerEvent {}

    /**
     * A divergence is not there any more.
     *
     * @param lastSeen by the agents' clocks, the last observation in which it was still there
     * @param reason why it is not looked for any more; absent where an observation showed that it is gone
     */
    record DivergenceResolved(
            UUID divergence, DivergenceCode code, Instant lastSeen, @Nullable String reason) implements LedgerEvent {}

    /**
     * An operator says that an environment is not used any more. Everything about it stays; lists and rules pass over it.
     *
     * @param by who said so, as they named themselves
     */
    record EnvironmentRetired(String by, String reason) implements LedgerEvent {}

    /** An agent told something new about a retired environment: it is used again. */
    record EnvironmentRevived(String agent) implements LedgerEvent {}

    /**
     * Somebody proposes to merge heads.
     *
     * @param branchPoint where the heads parted; absent where they share no ancestor
     */
    record MergeProposed(
            UUID merge, List<String> heads, @Nullable String branchPoint, String message, String proposedBy)
            implements
                LedgerEvent {
        public MergeProposed {
            heads = List.copyOf(heads);
        }
    }

    record MergeApproved(
            UUID merge, String approvedBy, @Nullable String comment) implements LedgerEvent {}

    record MergeRejected(UUID merge, String rejectedBy, String reason) implements LedgerEvent {}

    /** A proposal's heads are not the heads any more, or nobody decided in time. */
    record MergeExpired(UUID merge, String reason) implements LedgerEvent {}

    /** The merge revision of an approved proposal was seen to run. */
    record MergeApplied(UUID merge, String revision) implements LedgerEvent {}

    /** The gate let a deploy pass. */
    record DeployAllowed(UUID gate, List<String> target) implements LedgerEvent {
        public DeployAllowed {
            target = List.copyOf(target);
        }
    }

    /** The gate stopped a deploy. */
    record DeployBlocked(UUID gate, List<String> target, List<Finding> findings) implements LedgerEvent {
        public DeployBlocked {
            target = List.copyOf(target);
            findings = List.copyOf(findings);
        }
    }

    /** A person opened the gate in spite of its findings, until an end. */
    record GateOverridden(UUID gate, String overriddenBy, String reason, Instant until) implements LedgerEvent {}

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

    record AgentEnrolled(String agent, String enrolledBy) implements LedgerEvent {}

    record AgentRevoked(String agent, String revokedBy, String reason) implements LedgerEvent {}
}
