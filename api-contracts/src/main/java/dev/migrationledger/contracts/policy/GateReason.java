package dev.migrationledger.contracts.policy;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.Policy.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What there is to say of a deploy. A reason that is enforced blocks it. */
public sealed interface GateReason {

    RuleMode mode();

    /** The rule that says so; absent: the default, or the gate itself. */
    default @Nullable PolicyPlace place() {
        return null;
    }

    /** What never blocks, and is only recorded. */
    sealed interface RecordedReason extends GateReason {
        @Override
        default RuleMode mode() {
            return RuleMode.AUDIT;
        }
    }

    /** About a finding of the environment. */
    sealed interface FindingReason extends GateReason {
        FoundDivergence finding();
    }

    /** Which finding a reason is about. */
    record FoundDivergence(DivergenceCode code, String subject, Severity severity) {
        public static FoundDivergence of(Finding finding) {
            return new FoundDivergence(finding.code(), finding.subject(), finding.severity());
        }
    }

    /** A finding that is not accepted. */
    record FindingOpen(RuleMode mode, @Nullable PolicyPlace place, FoundDivergence finding) implements FindingReason {}

    /** A finding that is accepted: it is only recorded. */
    record FindingAccepted(@Nullable PolicyPlace place, FoundDivergence finding, String owner, Instant until)
            implements
                FindingReason,
                RecordedReason {}

    /** A finding that was accepted until a moment that is over. */
    record AcceptanceEnded(
            RuleMode mode, @Nullable PolicyPlace place, FoundDivergence finding, String owner,
            Instant until) implements FindingReason {}

    /**
     * A finding that is worse than it was when it was accepted.
     *
     * @param accepted how severe it was
     * @param added how much evidence came after it was accepted
     */
    record WorseThanAccepted(
            RuleMode mode, @Nullable PolicyPlace place, FoundDivergence finding, Severity accepted,
            int added) implements FindingReason {}

    /** No environment is in use that a revision could have been applied in before. */
    record NoEarlierEnvironment(RuleMode mode, PolicyPlace place) implements GateReason {}

    /** Another environment has to apply revisions first, and has not, as far as is known. */
    record NotAppliedEarlier(RuleMode mode, PolicyPlace place, String environment, List<String> revisions)
            implements
                GateReason {
        public NotAppliedEarlier {
            revisions = List.copyOf(revisions);
        }
    }

    /**
     * Another environment has not had a revision for long enough.
     *
     * @param from when it has
     */
    record AppliedTooRecently(
            RuleMode mode, PolicyPlace place, String environment, String revision, Instant since, Duration required,
            Instant from) implements GateReason {}

    /**
     * Another environment was not observed for too long to know that it still has a revision.
     *
     * @param observedAt absent: never
     * @param required when it has to be observed, or later
     */
    record EarlierObservationTooOld(
            RuleMode mode, PolicyPlace place, String environment, String revision, @Nullable Instant observedAt,
            Instant required) implements GateReason {}

    /** The environment was never observed. */
    record NeverObserved(RuleMode mode, @Nullable PolicyPlace place) implements GateReason {}

    /** The last observation is too old. */
    record ObservationTooOld(
            RuleMode mode, @Nullable PolicyPlace place, Instant observedAt, Duration atMost) implements GateReason {}

    /**
     * Nothing is deployed at this time.
     *
     * @param passes who deploys all the same
     */
    record Frozen(RuleMode mode, PolicyPlace place, String name, Instant until, Set<Role> passes)
            implements
                GateReason {
        public Frozen {
            passes = Collections
                    .unmodifiableSet(passes.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(passes));
        }
    }

    /** Nothing is deployed at this time, and the caller passes. */
    record FreezePassed(PolicyPlace place, String name, Instant until, Role role) implements RecordedReason {}

    /** Nothing is deployed at this time, and the deploy began already. */
    record AlreadyBegun(PolicyPlace place, String name, Instant until, Instant begunAt) implements RecordedReason {}

    /** Only a pipeline deploys here. */
    record NoPipeline(RuleMode mode, PolicyPlace place) implements GateReason {}

    /** More people have to approve. */
    record ApprovalsMissing(RuleMode mode, PolicyPlace place, int required, int given) implements GateReason {}

    /** Another deploy runs here. */
    record DeployRunning(UUID deploy, String by, Instant since) implements GateReason {
        @Override
        public RuleMode mode() {
            return RuleMode.ENFORCE;
        }
    }

    /**
     * The ledger does not answer, and an agent decides by itself.
     *
     * @param setting what the policy says to that
     * @param policyAt when the ledger issued the policy
     */
    record LedgerUnreachable(RuleMode mode, Unreachable setting, Instant policyAt) implements GateReason {}

    /** Only the ledger can tell whether a rule is met, and it does not answer. */
    record LedgerNeeded(RuleMode mode, PolicyPlace place) implements GateReason {}

    /** An approver lets deploys run here although reasons block them. */
    record Overridden(UUID override, String by, Instant until) implements RecordedReason {}
}
