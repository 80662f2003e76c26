package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.BranchEvent.*;
import dev.migrationledger.contracts.event.EvidenceEvent.*;
import dev.migrationledger.contracts.event.GateEvent.*;
import dev.migrationledger.contracts.event.IdentityEvent.*;
import dev.migrationledger.contracts.event.LedgerEvent.*;
import dev.migrationledger.contracts.event.MergeEvent.*;
import dev.migrationledger.contracts.event.PolicyEvent.*;
import dev.migrationledger.contracts.event.WebhookEvent.*;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every event's name in JSON and in the event store. A name is for good: an event that changes its meaning gets a new
 * record and the next version beside the old one.
 */
public final class EventCatalogue {

    private static final Map<String, Class<? extends Event>> BY_NAME = new LinkedHashMap<>();

    static {
        name("agent.started.v1", AgentStarted.class);
        name("agent.stopped.v1", AgentStopped.class);
        name("agent.scripts-scanned.v1", ScriptsScanned.class);
        name("agent.revision-files-read.v1", RevisionFilesRead.class);
        name("agent.revision-authors-read.v1", RevisionAuthorsRead.class);
        name("agent.head-detected.v1", HeadDetected.class);
        name("agent.revision-applied.v1", RevisionApplied.class);
        name("agent.revision-reverted.v1", RevisionReverted.class);
        name("agent.revision-stamped.v1", RevisionStamped.class);
        name("agent.version-table-observed.v1", VersionTableObserved.class);
        name("agent.version-table-edited.v1", VersionTableEdited.class);
        name("agent.schema-observed.v1", SchemaObserved.class);
        name("agent.observation-gap.v1", ObservationGap.class);
        name("agent.run-started.v1", RunStarted.class);
        name("agent.run-ended.v1", RunEnded.class);

        name("ledger.environment-registered.v1", EnvironmentRegistered.class);
        name("ledger.environment-retired.v1", EnvironmentRetired.class);
        name("ledger.environment-revived.v1", EnvironmentRevived.class);
        name("ledger.run-proved.v1", RunProved.class);
        name("ledger.divergence-detected.v1", DivergenceDetected.class);
        name("ledger.divergence-changed.v1", DivergenceChanged.class);
        name("ledger.divergence-resolved.v1", DivergenceResolved.class);
        name("ledger.content-withdrawn.v1", ContentWithdrawn.class);

        name("ledger.administrator-link-issued.v1", AdministratorLinkIssued.class);
        name("ledger.administrator-link-used.v1", AdministratorLinkUsed.class);
        name("ledger.access-token-issued.v1", AccessTokenIssued.class);
        name("ledger.access-token-revoked.v1", AccessTokenRevoked.class);
        name("ledger.person-signed-in.v1", PersonSignedIn.class);
        name("ledger.role-granted.v1", RoleGranted.class);
        name("ledger.role-withdrawn.v1", RoleWithdrawn.class);
        name("ledger.enrolment-code-issued.v1", EnrolmentCodeIssued.class);
        name("ledger.agent-enrolled.v1", AgentEnrolled.class);
        name("ledger.agent-key-revoked.v1", AgentKeyRevoked.class);
        name("ledger.agent-key-suspended.v1", AgentKeySuspended.class);
        name("ledger.agent-key-reinstated.v1", AgentKeyReinstated.class);
        name("ledger.pipeline-trusted.v1", PipelineTrusted.class);
        name("ledger.pipeline-trust-withdrawn.v1", PipelineTrustWithdrawn.class);

        name("ledger.policy-applied.v1", PolicyApplied.class);
        name("ledger.acceptance-granted.v1", AcceptanceGranted.class);
        name("ledger.acceptance-withdrawn.v1", AcceptanceWithdrawn.class);
        name("ledger.acceptance-expired.v1", AcceptanceExpired.class);

        name("ledger.branch-published.v1", BranchPublished.class);
        name("ledger.branch-authors-read.v1", BranchAuthorsRead.class);
        name("ledger.branch-closed.v1", BranchClosed.class);

        name("ledger.merge-proposed.v1", MergeProposed.class);
        name("ledger.merge-content-changed.v1", MergeContentChanged.class);
        name("ledger.merge-approved.v1", MergeApproved.class);
        name("ledger.merge-authors-known.v1", MergeAuthorsKnown.class);
        name("ledger.merge-approval-carried.v1", MergeApprovalCarried.class);
        name("ledger.merge-approval-expired.v1", MergeApprovalExpired.class);
        name("ledger.merge-rehearsed.v1", MergeRehearsed.class);
        name("ledger.merge-rejected.v1", MergeRejected.class);
        name("ledger.merge-withdrawn.v1", MergeWithdrawn.class);
        name("ledger.merge-written.v1", MergeWritten.class);
        name("ledger.merge-applied.v1", MergeApplied.class);
        name("ledger.merge-closed.v1", MergeClosed.class);

        name("ledger.deploy-allowed.v1", DeployAllowed.class);
        name("ledger.deploy-blocked.v1", DeployBlocked.class);
        name("ledger.deploy-decided-locally.v1", DeployDecidedLocally.class);
        name("ledger.deploy-approved.v1", DeployApproved.class);
        name("ledger.deploy-ended.v1", DeployEnded.class);
        name("ledger.override-opened.v1", OverrideOpened.class);
        name("ledger.override-closed.v1", OverrideClosed.class);
        name("ledger.override-reviewed.v1", OverrideReviewed.class);

        name("ledger.tampering-found.v1", TamperingFound.class);
        name("ledger.tampering-repaired.v1", TamperingRepaired.class);

        name("ledger.webhook-added.v1", WebhookAdded.class);
        name("ledger.webhook-removed.v1", WebhookRemoved.class);
    }

    private static final Map<Class<? extends Event>, String> BY_TYPE = BY_NAME.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private EventCatalogue() {}

    private static void name(String name, Class<? extends Event> type) {
        BY_NAME.put(name, type);
    }

    /** Every name with its record, in the order of this page. */
    public static Map<String, Class<? extends Event>> all() {
        return Collections.unmodifiableMap(BY_NAME);
    }

    public static Optional<Class<? extends Event>> typeNamed(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * The name of an event's type.
     *
     * @throws IllegalArgumentException for a record that has no line here; the catalogue's test prevents it
     */
    public static String nameOf(Class<? extends Event> type) {
        String name = BY_TYPE.get(type);
        if (name == null) {
            throw new IllegalArgumentException(type + " has no name in the event catalogue");
        }
        return name;
    }
}
