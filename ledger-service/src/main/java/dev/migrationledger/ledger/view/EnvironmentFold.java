package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.Retirement;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.LedgerEvent;
import dev.migrationledger.contracts.event.LedgerEvent.*;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.view.EnvironmentFacts.Agent;
import dev.migrationledger.ledger.view.EnvironmentFacts.Heads;
import dev.migrationledger.ledger.view.EnvironmentFacts.Source;
import dev.migrationledger.ledger.view.EnvironmentFacts.TableSeen;
import dev.migrationledger.ledger.view.EnvironmentFacts.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds events to a view. A pure function to the outside: no clock, no I/O, its argument untouched. Inside it works on maps of
 * its own, so that many events cost no more than their number.
 */
final class EnvironmentFold {

    private static final int LATEST_RUNS = 20;

    /** So many of those who also see the database, and as many of those who do not. */
    private static final int LATEST_SOURCES = 10;

    /** Where an agent has no disk, each of its runs is another agent. */
    static final int LATEST_AGENTS = 50;

    private final EnvironmentView before;
    private final Consumer<AppliedScan> scans;
    private final Map<String, Agent> agents;
    private final Map<String, Witness> witnessed;
    private final Map<String, SourceScripts> scripts;
    private final Map<String, Source> sources;
    private final Map<String, Run> runs;
    private final RecentChangesFold recentChanges;
    private int forgottenAgents;
    private @Nullable Integer schemaForm;
    private @Nullable Retirement retired;
    private long events;
    private @Nullable Instant recordedAt;
    private Map<String, String> labels;
    private @Nullable String labelledBy;
    private @Nullable String tableBy;

    private EnvironmentFold(EnvironmentView before, Consumer<AppliedScan> scans) {
        this.scans = scans;
        EnvironmentFacts facts = before.facts();
        this.before = before;
        this.agents = new TreeMap<>(facts.agents());
        this.witnessed = new TreeMap<>(facts.witnessed());
        this.scripts = new TreeMap<>(before.scripts());
        this.runs = new TreeMap<>(facts.runs());
        this.recentChanges = new RecentChangesFold(facts.recentChanges());
        this.forgottenAgents = facts.forgottenAgents();
        this.schemaForm = facts.schemaForm();
        this.retired = facts.retired();
        this.events = facts.events();
        this.recordedAt = facts.recordedAt();
        this.labels = facts.labels();
        this.labelledBy = facts.labelledBy();
        this.tableBy = facts.tableBy();
        this.sources = new TreeMap<>(facts.sources());
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
                new EnvironmentFacts(events, recordedAt, new TreeMap<>(labels), labelledBy, tableBy,
                        new TreeMap<>(agents), forgottenAgents,
                        new TreeMap<>(sources),
                        new TreeMap<>(witnessed), new TreeMap<>(runs), schemaForm, recentChanges.changes(), retired),
                new TreeMap<>(scripts));
    }

    private void add(RecordedEvent event) {
        events++;
        recordedAt = event.recordedAt();
        switch (event.event()) {
            case AgentEvent observed -> addObserved(observed, event);
            case LedgerEvent decided -> decided(decided, event.recordedAt());
        }
    }

    /** Who runs a migration tells of that run, and who publishes scripts tells of those; neither watches anything. */
    private boolean watches(AgentEvent event, String agent) {
        return switch (event) {
            // @formatter:off: the formatter knows no list of patterns
            case RunStarted _, RunEnded _ -> false;
            case ScriptsScanned _, RevisionFilesRead _, HeadDetected _ -> agents.containsKey(agent);
            case AgentStarted _, AgentStopped _, RevisionApplied _, RevisionReverted _, RevisionStamped _,
                    VersionTableObserved _, VersionTableEdited _, SchemaObserved _, ObservationGap _ -> true;
            // @formatter:on
        };
    }

    /** Runs are many; those stay that somebody was seen to be part of, and the latest, who may be seen yet. */
    private void started(RunStarted run, Occurrence when) {
        runs.put(run.run().toString(), new Run(run.run(), run.claim(), when.at(), null));
        if (runs.size() > LATEST_RUNS) {
            Set<String> seen = witnessed.values().stream()
                    .flatMap(witness -> EnvironmentView.run(witness.standing()).stream())
                    .collect(Collectors.toSet());
            runs.values().stream()
                    .filter(one -> !seen.contains(one.run().toString()))
                    .sorted(Comparator.comparing(Run::startedAt).thenComparing(Run::run).reversed())
                    .skip(LATEST_RUNS)
                    .map(one -> one.run().toString())
                    .toList()
                    .forEach(runs::remove);
        }
    }

    /** The epoch heard of last counts, and within it the ledger takes events in sequence: this one is the latest. */
    private Agent updated(Origin origin, Instant recordedAt, @Nullable Agent known) {
        Instant sent = origin.sentAt();
        // To the nearest second: what differs by less is the way, not the clock.
        Long ahead = sent == null
                ? null
                : Long.valueOf(Duration.between(recordedAt, sent).plusMillis(500).toSeconds());
        return new Agent(origin.epoch(), origin.sequence(), true, origin.observedAt(), ahead,
                recordedAt, events, known == null ? null : known.table());
    }

    /** Those that stopped go first, then those that were not heard of for longest: they may have been killed. */
    private void forgetAgents() {
        if (agents.size() <= LATEST_AGENTS) {
            return;
        }
        agents.entrySet().stream()
                .filter(agent -> !agent.getKey().equals(tableBy))
                .min(Comparator.comparing((Map.Entry<String, Agent> agent) -> agent.getValue().watching())
                        .thenComparingLong(agent -> agent.getValue().event()))
                .ifPresent(agent -> {
                    agents.remove(agent.getKey());
                    forgottenAgents++;
                    forgetSources();
                });
    }

    private void tableSeen(VersionTableObserved observed, RecordedEvent event, Origin origin) {
        TableSeen now = TableSeen.of(observed.table(), event.recordedAt(), origin.age());
        Agent other = tableBy == null || tableBy.equals(origin.agent()) ? null : agents.get(tableBy);
        TableSeen counted = other == null ? null : other.table();
        update(origin.agent(), it -> it.seen(now));
        if (counted == null || now.supersedes(counted)) {
            tableBy = origin.agent();
        }
    }

    /** The same table as before, at an unknown time: another version of the agent reports it again, and nothing changed. */
    private boolean isRepeated(AgentEvent event, Occurrence when, String agent) {
        Agent known = agents.get(agent);
        TableSeen before = known == null ? null : known.table();
        return before != null && event instanceof VersionTableObserved observed
                && when.precision() == Occurrence.Precision.NO_LATER_THAN
                && observed.table().name().equals(before.table().name())
                && observed.table().state() == before.table().state()
                && observed.table().rows().equals(before.table().rows());
    }

    private void addObserved(AgentEvent event, RecordedEvent recorded) {
        Origin origin = Objects.requireNonNull(recorded.origin(), "origin");
        Occurrence when = recorded.occurredAt();
        String agent = origin.agent();
        if (!isRepeated(event, when, agent)) {
            recentChanges.add(event, when, origin.observedAt());
        }
        if (watches(event, agent)) {
            agents.compute(agent, (_, known) -> updated(origin, recorded.recordedAt(), known));
            forgetAgents();
        }
        switch (event) {
            case AgentStarted started -> labelled(started.labels(), agent);
            case AgentStopped _ -> update(agent, Agent::stopped);
            case ScriptsScanned scan -> scanned(scan, origin);
            case HeadDetected heads -> latestOf(agent)
                    .ifPresent(it -> sources.put(EnvironmentFacts.key(agent, it.source()),
                            it.detected(new Heads(heads.heads(), heads.realHeads()))));
            case RevisionApplied applied -> seenToRun(applied, when, agent);
            case RevisionReverted reverted -> witnessed.computeIfPresent(
                    reverted.revision(), (_, witness) -> outlives(witness, when, agent) ? witness : null);
            case RevisionStamped stamped -> stamped.revisions()
                    .forEach(revision -> seenStamped(revision, when, stamped.evidence(), agent));
            case VersionTableObserved observed -> {
                tableSeen(observed, recorded, origin);
                forgetWhatNoLongerCounts();
            }
            case VersionTableEdited edited -> edited.after().stream()
                    .filter(row -> !edited.before().contains(row))
                    .forEach(row -> seenStamped(row, when, edited.evidence(), agent));
            // The live schema itself and what revisions do to it are kept beside this view.
            case SchemaObserved observed -> schemaForm = observed.fingerprint().form();
            case RevisionFilesRead _ -> {
            }
            case ObservationGap _ -> {
            }
            case RunStarted run -> started(run, when);
            case RunEnded run -> runs.computeIfPresent(run.run().toString(),
                    (_, known) -> new Run(known.run(), known.claim(), known.startedAt(), run.exitCode()));
        }
    }

    /** Of what the ledger decides, little says something about where the database stands. */
    private void decided(LedgerEvent event, Instant when) {
        switch (event) {
            case EnvironmentRegistered registered -> labels = registered.labels();
            case EnvironmentRetired retirement -> retired = new Retirement(when, retirement.by(), retirement.reason());
            case EnvironmentRevived _ -> retired = null;
            // @formatter:off: the formatter knows no list of patterns
            case DivergenceDetected _, DivergenceChanged _, DivergenceResolved _, ContentWithdrawn _ -> {}
            // @formatter:on
        }
    }

    private void update(String agent, UnaryOperator<Agent> change) {
        agents.computeIfPresent(agent, (_, known) -> change.apply(known));
    }

    /** Whoever gave labels last is right; an agent started without any takes none away that came from elsewhere. */
    private void labelled(Map<String, String> given, String agent) {
        if (!given.isEmpty() || agent.equals(labelledBy)) {
            labels = given;
            labelledBy = agent;
        }
    }

    /**
     * A difference leads on from what this agent said last, which may be what another source has. Where that was forgotten,
     * nobody can say what the scripts are until they are told whole.
     */
    private void scanned(ScriptsScanned scan, Origin origin) {
        String key = EnvironmentFacts.key(origin.agent(), scan.source());
        SourceScripts base = scan.base() == null
                ? SourceScripts.NONE
                : base(origin.agent(), key, scan.form(), scan.base());
        if (base != null) {
            Source known = sources.get(key);
            SourceScripts had = scripts.getOrDefault(key, SourceScripts.NONE);
            SourceScripts has = base.after(scan);
            scripts.put(key, has);
            scans.accept(new AppliedScan(before.project(), before.environment(), origin.agent(), scan.source(),
                    origin.observedAt(), had, has));
            sources.put(key, new Source(origin.agent(), scan.source(), scan.form(), scan.digest(), scan.problems(),
                    scan.tool(), null,
                    known == null ? origin.observedAt() : known.firstSeen(), origin.observedAt(), events));
            forgetSources();
        }
    }

    private void forgetSources() {
        forget(source -> EnvironmentFacts.seesTable(source, agents));
        forget(source -> !EnvironmentFacts.seesTable(source, agents));
    }

    private @Nullable SourceScripts base(String agent, String key, int form, String digest) {
        return sources.values().stream()
                .filter(source -> source.agent().equals(agent) && source.form() == form
                        && source.digest().equals(digest))
                .findFirst()
                .map(source -> scripts.get(EnvironmentFacts.key(agent, source.source())))
                .orElseGet(() -> scripts.get(key));
    }

    /** Pipelines publish a source for each commit. What somebody watches is not forgotten. */
    private void forget(Predicate<Source> which) {
        List<String> forgotten = sources.values().stream()
                .filter(which)
                .sorted(Comparator.comparingLong(Source::event).reversed())
                .skip(LATEST_SOURCES)
                .filter(source -> !watched(source))
                .map(source -> EnvironmentFacts.key(source.agent(), source.source()))
                .toList();
        forgotten.forEach(sources::remove);
        forgotten.forEach(scripts::remove);
    }

    private Optional<Source> latestOf(String agent) {
        return EnvironmentFacts.latestOf(agent, sources.values());
    }

    private boolean watched(Source source) {
        Agent agent = agents.get(source.agent());
        return agent != null && agent.watching()
                && latestOf(source.agent()).filter(source::equals).isPresent();
    }

    private void seenToRun(RevisionApplied applied, Occurrence when, String agent) {
        RevisionStatus now = new RevisionStatus(
                applied.revision(), RevisionStatus.Kind.APPLIED, applied.inferred(), when, applied.evidence());
        Witness known = witnessed.get(applied.revision());
        if (known == null || replaces(now, agent, known)) {
            witnessed.put(applied.revision(), new Witness(now, agent));
        }
    }

    /** A revision that ran and still counts was not undone by writing its id once more. */
    private void seenStamped(String revision, Occurrence when, Evidence evidence, String agent) {
        RevisionStatus now = new RevisionStatus(revision, RevisionStatus.Kind.STAMPED, false, when, evidence);
        Witness known = witnessed.get(revision);
        boolean ran = known != null && known.standing().kind() == RevisionStatus.Kind.APPLIED;
        if (known == null || (!(ran && counts(revision)) && replaces(now, agent, known))) {
            witnessed.put(revision, new Witness(now, agent));
        }
    }

    /**
     * A first poll says only that it was so already: it never overrides what somebody saw happen. Otherwise an agent may
     * correct itself, and a certain witness one that presumed something else.
     */
    private static boolean replaces(RevisionStatus now, String agent, Witness known) {
        if (now.since() != null && now.since().precision() == Occurrence.Precision.NO_LATER_THAN) {
            return false;
        }
        return known.agent().equals(agent)
                || (now.kind() != known.standing().kind() && presumed(known.standing()) && !presumed(now));
    }

    private static boolean presumed(RevisionStatus standing) {
        return standing.evidence() == null || standing.evidence().certainty() == Certainty.PRESUMED;
    }

    /** Another agent's late word about an earlier downgrade does not undo what ran after it. */
    private static boolean outlives(Witness witness, Occurrence reverted, String agent) {
        Occurrence since = witness.standing().since();
        return !witness.agent().equals(agent) && since != null && since.at().isAfter(reverted.at());
    }

    private boolean counts(String revision) {
        List<String> rows = rows();
        return rows.contains(revision) || graph().implied(rows).contains(revision);
    }

    /**
     * What the version table does not imply any more is not applied any more, and if it comes back it comes back
     * unwitnessed. With a row that the scripts do not know, nobody can say what is implied, so nothing is forgotten.
     */
    private void forgetWhatNoLongerCounts() {
        List<String> rows = rows();
        if (witnessed.isEmpty()) {
            return;
        }
        if (rows.isEmpty()) {
            witnessed.clear();
        } else if (graph().unknown(rows).isEmpty()) {
            Set<String> implied = graph().implied(rows);
            witnessed.keySet().removeIf(revision -> !implied.contains(revision));
        }
    }

    private List<String> rows() {
        Agent agent = tableBy == null ? null : agents.get(tableBy);
        TableSeen seen = agent == null ? null : agent.table();
        return seen == null ? List.of() : seen.table().rows();
    }

    private RevisionGraph graph() {
        return EnvironmentFacts.counting(sources.values(), agents)
                .map(it -> scripts.getOrDefault(EnvironmentFacts.key(it.agent(), it.source()), SourceScripts.NONE))
                .orElse(SourceScripts.NONE)
                .graph();
    }
}
