package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.environment.Retirement;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.BranchEvent;
import dev.migrationledger.contracts.event.EvidenceEvent;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.IdentityEvent;
import dev.migrationledger.contracts.event.LedgerEvent;
import dev.migrationledger.contracts.event.LedgerEvent.*;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.contracts.event.PolicyEvent;
import dev.migrationledger.contracts.event.WebhookEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds events to a view, each to the parts that it concerns. A pure function to the outside: no clock, no I/O, its argument untouched. Its
 * parts work on maps of their own, so many events cost no more than their number.
 */
final class EnvironmentFold {

    private final EnvironmentView before;
    private final AgentsFold agents;
    private final SourcesFold sources;
    private final StatusesFold statuses;
    private final RunsFold runs;
    private final RecentChangesFold recentChanges;
    private @Nullable Integer schemaForm;
    private @Nullable Retirement retired;
    private long events;
    private @Nullable Instant recordedAt;
    private Map<String, String> labels;
    private @Nullable String labelledBy;

    private EnvironmentFold(EnvironmentView before, Consumer<AppliedScan> scans) {
        EnvironmentFacts facts = before.facts();
        this.before = before;
        this.agents = new AgentsFold(facts);
        this.sources = new SourcesFold(before, agents, scans);
        this.statuses = new StatusesFold(facts.observedStatuses(), agents::rows, sources::graph);
        this.runs = new RunsFold(facts.runs(), statuses::observed);
        this.recentChanges = new RecentChangesFold(facts.recentChanges());
        this.schemaForm = facts.schemaForm();
        this.retired = facts.retired();
        this.events = facts.events();
        this.recordedAt = facts.recordedAt();
        this.labels = facts.labels();
        this.labelledBy = facts.labelledBy();
    }

    /**
     * The view after these events, which come in the order in which they were recorded.
     *
     * @param scans receives each scan, directly after its event came out of the stream
     */
    static EnvironmentView evolve(EnvironmentView view, Stream<RecordedEvent> events, Consumer<AppliedScan> scans) {
        EnvironmentFold fold = new EnvironmentFold(view, scans);
        events.forEachOrdered(fold::add);
        return fold.view();
    }

    private EnvironmentView view() {
        return new EnvironmentView(
                before.project(),
                before.environment(),
                new EnvironmentFacts(events, recordedAt, new TreeMap<>(labels), labelledBy, agents.tableBy(),
                        agents.agents(), agents.forgotten(), sources.sources(), statuses.statuses(), runs.runs(),
                        schemaForm, recentChanges.changes(), retired),
                sources.scripts());
    }

    private void add(RecordedEvent event) {
        events++;
        recordedAt = event.recordedAt();
        switch (event.event()) {
            case AgentEvent observed -> observed(observed, event);
            case LedgerEvent decided -> decided(decided, event.recordedAt());
        }
    }

    private void observed(AgentEvent event, RecordedEvent recorded) {
        Origin origin = Objects.requireNonNull(recorded.origin(), "origin");
        Occurrence when = recorded.occurredAt();
        String agent = origin.agent();
        Instant observedAt = recorded.recordedAt().minus(origin.age());
        if (!agents.isRepeated(event, when, agent)) {
            recentChanges.add(event, when, origin.observedAt());
        }
        if (agents.watches(event, agent) && agents.update(origin, recorded.recordedAt(), events)) {
            sources.forgetOldest();
        }
        switch (event) {
            case AgentStarted started -> {
                agents.started(started, agent);
                labelled(started.labels(), agent);
            }
            case AgentStopped _ -> agents.stopped(agent);
            case ScriptsScanned scan -> sources.scanned(scan, origin, events);
            case HeadDetected heads -> sources.headsDetected(heads, agent);
            case RevisionApplied applied -> statuses.applied(applied, when, agent, observedAt);
            case RevisionReverted reverted -> statuses.reverted(reverted.revision(), when, agent);
            case RevisionStamped stamped -> stamped.revisions()
                    .forEach(revision -> statuses.stamped(revision, when, stamped.evidence(), agent, observedAt));
            case VersionTableObserved observed -> {
                agents.tableObserved(observed, recorded, origin);
                statuses.forgetWhatNoLongerCounts();
            }
            case VersionTableEdited edited -> edited.after().stream()
                    .filter(row -> !edited.before().contains(row))
                    .forEach(row -> statuses.stamped(row, when, edited.evidence(), agent, observedAt));
            // The live schema itself and what revisions do to it are stored beside this view.
            case SchemaObserved observed -> schemaForm = observed.fingerprint().form();
            case RevisionFilesRead _ -> {
            }
            case RevisionAuthorsRead _ -> {
            }
            case ObservationGap _ -> {
            }
            case RunStarted run -> runs.started(run, when);
            case RunEnded run -> runs.ended(run, when);
        }
    }

    /** Few decisions of the ledger change the state of an environment. */
    private void decided(LedgerEvent event, Instant when) {
        switch (event) {
            case EnvironmentRegistered registered -> labels = registered.labels();
            case EnvironmentRetired retirement -> retired = new Retirement(when, retirement.by(), retirement.reason());
            case EnvironmentRevived _ -> retired = null;
            case RunProved proved -> runs.proved(proved);
            // @formatter:off: the formatter knows no list of patterns
            case DivergenceDetected _, DivergenceChanged _, DivergenceResolved _, ContentWithdrawn _, BranchEvent _, EvidenceEvent _, GateEvent _, IdentityEvent _, MergeEvent _, PolicyEvent _, WebhookEvent _ -> {}
            // @formatter:on
        }
    }

    /** The last given labels count. An agent that started without any takes none away that came from elsewhere. */
    private void labelled(Map<String, String> given, String agent) {
        if (!given.isEmpty() || agent.equals(labelledBy)) {
            labels = given;
            labelledBy = agent;
        }
    }
}
