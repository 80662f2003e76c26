package dev.migrationledger.ledger.webhook.matter;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.BranchEvent;
import dev.migrationledger.contracts.event.EvidenceEvent.TamperingFound;
import dev.migrationledger.contracts.event.EvidenceEvent.TamperingRepaired;
import dev.migrationledger.contracts.event.EvidenceEvent;
import dev.migrationledger.contracts.event.GateEvent.*;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.IdentityEvent.*;
import dev.migrationledger.contracts.event.IdentityEvent;
import dev.migrationledger.contracts.event.LedgerEvent.*;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.contracts.event.PolicyEvent;
import dev.migrationledger.contracts.event.WebhookEvent;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.PlainText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.webhook.WebhookKind;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.policy.PolicyText;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.evidence.check.TamperingText;
import dev.migrationledger.ledger.identity.agents.Agents;
import dev.migrationledger.ledger.identity.agents.AgentsView;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.recording.store.PositionedEvent;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What events mean for webhooks. What an event does not say itself is read from the views, which are as new as the event or newer. */
final class EventReports {

    private static final int MOST_NAMES = 3;

    /** Of a sentence: a message is no place for more. */
    private static final int LONGEST = 500;

    private final DivergenceViews divergences;
    private final Merges merges;
    private final AgentsView agents;

    EventReports(DivergenceViews divergences, Merges merges, AgentsView agents) {
        this.divergences = divergences;
        this.merges = merges;
        this.agents = agents;
    }

    /** Empty: nothing. */
    Optional<MatterReport> of(PositionedEvent positioned) {
        RecordedEvent event = positioned.event();
        return switch (event.event()) {
            case DivergenceEvent it -> divergence(it, positioned);
            case GateEvent it -> gate(it, positioned);
            case MergeEvent it -> merge(it, positioned);
            case IdentityEvent it -> key(it, positioned);
            case EvidenceEvent it -> Optional.of(tampering(it, positioned));
            case AgentEvent _,BranchEvent _,PolicyEvent _,WebhookEvent _,EnvironmentRegistered _,EnvironmentRetired _,EnvironmentRevived _,ContentWithdrawn _,RunProved _ ->
                Optional.empty();
        };
    }

    private Optional<MatterReport> divergence(DivergenceEvent event, PositionedEvent positioned) {
        // Whoever named it in the log knew its subject only when it began.
        return divergences.find(event.divergence()).map(known -> {
            boolean open = !(event instanceof DivergenceResolved);
            Severity severity = switch (event) {
                case DivergenceDetected it -> it.finding().severity();
                case DivergenceChanged it -> it.finding().severity();
                case DivergenceResolved _ -> known.severity();
            };
            String sentence = switch (event) {
                case DivergenceDetected it -> it.finding().message();
                case DivergenceChanged it -> it.finding().message();
                case DivergenceResolved _ -> known.message();
            };
            boolean silent = known.code() == DivergenceCode.OBSERVATION_STALE;
            return new MatterReport(
                    "divergence/%s/%s/%s/%s".formatted(known.project(), known.environment(), known.code().code(),
                            Sha256.hex(known.subject()).substring(0, 16)),
                    silent ? WebhookKind.AGENT_SILENT : WebhookKind.DIVERGENCE, known.project(), known.environment(),
                    open, facets(severity), known.code().code(), severity, shown(sentence),
                    positioned.event().recordedAt(), begun(event, known, positioned), positioned.position(),
                    environmentPath(known.project(), known.environment()));
        });
    }

    private static @Nullable Instant begun(DivergenceEvent event, Divergence known, PositionedEvent positioned) {
        return switch (event) {
            case DivergenceDetected _ -> positioned.event().recordedAt();
            case DivergenceChanged _ -> known.firstSeen();
            case DivergenceResolved _ -> null;
        };
    }

    /** Each severity has those below it: so a less severe one is nothing that was not reported. */
    private static Set<String> facets(Severity severity) {
        Set<String> facets = new TreeSet<>();
        EnumSet.range(severity, Severity.INFO).forEach(one -> facets.add(one.name()));
        return facets;
    }

    private static Optional<MatterReport> gate(GateEvent event, PositionedEvent positioned) {
        return switch (event) {
            case DeployBlocked it -> Optional.of(blocked(it, positioned));
            case DeployDecidedLocally it -> Optional.of(it.allowed()
                    ? deploy(positioned, false, Set.of(), null)
                    : blocked(it, positioned));
            case DeployAllowed _ -> Optional.of(deploy(positioned, false, Set.of(), null));
            case OverrideOpened it -> Optional.of(override(it.override(), positioned, true,
                    "%s lets deploys run until %s, although something blocks them. Reason: %s".formatted(it.by(),
                            it.until(),
                            it.reason())));
            case OverrideClosed it -> Optional.of(override(it.override(), positioned, false, null));
            case DeployApproved _,DeployEnded _,OverrideReviewed _ -> Optional.empty();
        };
    }

    private static MatterReport blocked(DeployAnswered answered, PositionedEvent positioned) {
        List<GateReason> reasons = answered.reasons().stream().filter(one -> one.mode() == RuleMode.ENFORCE).toList();
        Set<String> facets = new TreeSet<>(Set.of("scripts " + answered.asked().scripts().digest()));
        reasons.forEach(one -> facets.add("reason " + one.getClass().getSimpleName()));
        String deploy = answered.asked().pending().isEmpty()
                ? "a deploy"
                : "the deploy of " + ListText.and(answered.asked().pending(), MOST_NAMES);
        String why = reasons.isEmpty()
                ? "No reason is recorded."
                : PolicyText.of(reasons.getFirst()) + (reasons.size() == 1
                        ? ""
                        : " (and %s)".formatted(Count.of(reasons.size() - 1L, "further reason")));
        return deploy(positioned, true, facets, "The gate blocked %s. %s".formatted(deploy, why));
    }

    private static MatterReport deploy(
            PositionedEvent positioned, boolean open, Set<String> facets, @Nullable String sentence) {
        return environment(positioned, "deploy", WebhookKind.DEPLOY_BLOCKED, open, facets, sentence);
    }

    private static MatterReport override(
            UUID override, PositionedEvent positioned, boolean open, @Nullable String sentence) {
        return environment(positioned, "override/" + override, WebhookKind.OVERRIDE, open, Set.of(), sentence);
    }

    private static MatterReport environment(
            PositionedEvent positioned, String matter, WebhookKind kind, boolean open, Set<String> facets,
            @Nullable String sentence) {
        RecordedEvent event = positioned.event();
        String project = String.valueOf(event.project());
        String environment = String.valueOf(event.environment());
        return new MatterReport("%s/%s/%s".formatted(matter, project, environment), kind, project, environment, open,
                facets, null, null, sentence == null ? null : shown(sentence), event.recordedAt(),
                open ? event.recordedAt() : null, positioned.position(), environmentPath(project, environment));
    }

    private Optional<MatterReport> merge(MergeEvent event, PositionedEvent positioned) {
        String project = String.valueOf(positioned.event().project());
        return merges.outline(project, event.merge()).map(merge -> new MatterReport("merge/" + merge.merge(),
                WebhookKind.MERGE_WAITING, project, null, waits(merge), Set.of(), null, null,
                shown("The merge of %s waits for approval: %d of %d given.".formatted(
                        ListText.and(ListText.quoted(merge.content().heads()), MOST_NAMES),
                        counting(merge), merge.approvalsNeeded())),
                positioned.event().recordedAt(), merge.proposedAt(), positioned.position(),
                "/projects/%s/merges/%s".formatted(project, merge.merge())));
    }

    private static boolean waits(MergeProposal merge) {
        return merge.status() == MergeProposal.Status.OPEN && !merge.approved() && merge.approvalsNeeded() > 0;
    }

    private static long counting(MergeProposal merge) {
        return merge.approvals().stream().filter(one -> one.expired() == null)
                .map(MergeProposal.Approval::by).distinct().count();
    }

    private Optional<MatterReport> key(IdentityEvent event, PositionedEvent positioned) {
        return switch (event) {
            case AgentKeySuspended it -> key(it.key(), positioned, true);
            case AgentKeyReinstated it -> key(it.key(), positioned, false);
            case AgentKeyRevoked it -> key(it.key(), positioned, false);
            case AboutPeople _,EnrolmentCodeIssued _,AgentEnrolled _,AboutPipelines _ -> Optional.empty();
        };
    }

    private Optional<MatterReport> key(String id, PositionedEvent positioned, boolean open) {
        Instant at = positioned.event().recordedAt();
        return agents.key(id).map(Agents.Key::project).map(project -> new MatterReport("key/" + id,
                WebhookKind.AGENT_KEY, project, null, open, Set.of(), null, null, shown(
                        "The key of agent '%s' seems to be copied, and is refused. Decide who may use it."
                                .formatted(agents.key(id).map(Agents.Key::name).orElse(id))),
                at, open ? at : null, positioned.position(), "/agents"));
    }

    private static MatterReport tampering(EvidenceEvent event, PositionedEvent positioned) {
        boolean open = switch (event) {
            case TamperingFound _ -> true;
            case TamperingRepaired _ -> false;
        };
        Instant at = positioned.event().recordedAt();
        return new MatterReport("tampering/" + Sha256.hex(ContractJson.write(event.tampering())),
                WebhookKind.TAMPERING_FOUND, "*", null, open, Set.of(), null, null,
                shown("Someone changed the ledger's database: " + TamperingText.sentence(event.tampering())), at,
                open ? at : null, positioned.position(), "/audit?q=kind:tampering-found");
    }

    private static String environmentPath(String project, String environment) {
        return "/projects/%s/environments/%s".formatted(project, environment);
    }

    /** An older or another agent may send secrets and control characters. */
    private static String shown(String sentence) {
        String plain = PlainText.of(Redaction.of(sentence));
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
