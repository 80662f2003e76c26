package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.OtherEnvironment;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether deploys may run, and what became of them. About an environment. */
public sealed interface GateEvent extends LedgerEvent {

    /**
     * A deploy that was asked for, and what it would meet.
     *
     * @param by who asked, as the ledger knows them
     * @param rows of the version table
     * @param pending revisions that it would run, in order
     * @param observedAt when the database was observed, by the ledger's clock
     * @param run the run that deploys; absent where only an answer was asked for
     */
    record Deploy(
            String by, Asker asker, ObservedScripts scripts, List<String> rows, Fingerprint schema,
            List<String> pending, Instant observedAt, @Nullable UUID run) {
        public Deploy {
            rows = List.copyOf(rows);
            pending = List.copyOf(pending);
        }
    }

    /** Who asks for a deploy. */
    enum Asker {
        PERSON,
        PIPELINE,
        AGENT
    }

    /**
     * What else was known when a deploy was judged. With it, another policy can judge the deploy again.
     *
     * @param role of a person who asked; absent: a program asked
     * @param approvals how many people had approved it
     * @param watchedAt when its environment was observed last, or an agent that watches it was heard last; absent: never
     * @param others the project's other environments in use; absent where there were more than {@link #MOST_OTHERS}
     */
    record Circumstances(
            Map<String, String> labels, @Nullable Role role, int approvals, @Nullable Instant watchedAt,
            @Nullable List<OtherEnvironment> others) {

        /** Of more, an answer would have more about them than about the deploy. */
        public static final int MOST_OTHERS = 20;

        public Circumstances {
            labels = Map.copyOf(labels);
            others = others == null ? null : List.copyOf(others);
        }
    }

    /** There is an answer to the question whether a deploy may run. */
    sealed interface DeployAnswered extends GateEvent {

        /** Its id, from the question to the end. */
        UUID deploy();

        Deploy asked();

        /** All that there was to say; one that is enforced blocks. */
        List<GateReason> reasons();

        /** 0: the defaults. */
        int policyVersion();

        /** Absent where it was not recorded. */
        default @Nullable Circumstances circumstances() {
            return null;
        }
    }

    /**
     * A deploy may run. If it named its run, no other deploy of the environment may until it ends.
     *
     * @param expiresAt it has to begin before then
     * @param override that allows it although a reason blocks; absent: none does
     */
    record DeployAllowed(
            UUID deploy, Deploy asked, List<GateReason> reasons, int policyVersion,
            @Nullable Circumstances circumstances, Instant expiresAt,
            @Nullable UUID override) implements DeployAnswered {
        public DeployAllowed {
            reasons = List.copyOf(reasons);
        }
    }

    /** A deploy may not run. */
    record DeployBlocked(
            UUID deploy, Deploy asked, List<GateReason> reasons, int policyVersion,
            @Nullable Circumstances circumstances) implements DeployAnswered {
        public DeployBlocked {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * An agent decided by itself, because the ledger did not answer, and reported it later.
     *
     * @param policyAt when the ledger issued the policy that the agent held
     * @param decidedAt by the ledger's clock
     */
    record DeployDecidedLocally(
            UUID deploy, Deploy asked, List<GateReason> reasons, int policyVersion, Instant policyAt, boolean allowed,
            Instant decidedAt) implements DeployAnswered {
        public DeployDecidedLocally {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * An approver approves a deploy: it counts for every question about the same scripts and rows.
     *
     * @param by who approved it, as the ledger knows them
     * @param comment absent: none
     */
    record DeployApproved(UUID deploy, String by, @Nullable String comment) implements GateEvent {}

    /**
     * A deploy with a run does not hold up others any more.
     *
     * @param run that deployed; absent where older ledgers recorded it
     * @param exitCode of its command; absent where it was not heard of for too long, or never began
     */
    record DeployEnded(UUID deploy, @Nullable UUID run, @Nullable Integer exitCode) implements GateEvent {}

    /**
     * An approver lets deploys run although reasons block them.
     *
     * @param until it closes by itself then
     */
    record OverrideOpened(UUID override, String by, String reason, Instant until) implements GateEvent {}

    /**
     * No deploy runs under an override any more.
     *
     * @param by who closed it; absent: its time was over, and it occurred at the end that the override names
     * @param comment absent: none
     */
    record OverrideClosed(UUID override, @Nullable String by, @Nullable String comment) implements GateEvent {}

    /** A person looked at what was deployed under an override. The next one may be opened. */
    record OverrideReviewed(UUID override, String by, String remark) implements GateEvent {}
}
