package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.EnvironmentReport.ScriptsSource;
import dev.migrationledger.contracts.environment.EnvironmentReport.WatchingAgent;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.core.situation.Observations.UnattributedChange;
import dev.migrationledger.core.situation.ToolCalls;
import dev.migrationledger.ledger.view.EnvironmentFacts.Agent;
import dev.migrationledger.ledger.view.EnvironmentFacts.Heads;
import dev.migrationledger.ledger.view.EnvironmentFacts.ObservedStatus;
import dev.migrationledger.ledger.view.EnvironmentFacts.Source;
import dev.migrationledger.ledger.view.EnvironmentFacts.TableSeen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One environment as its events make it: what they said, and the scripts that give it meaning. Immutable.
 *
 * <p>Which of several voices counts: of one agent its latest word in sequence, whatever its clock says; for the version table across
 * agents the one recorded last, unless its agent had kept it since before the other was seen; for the scripts the source that
 * was recorded last of those whose agent sees the version table.
 *
 * @param scripts by agent and source, with {@code /} between them
 */
public record EnvironmentView(String project, String environment, EnvironmentFacts facts,
        NavigableMap<String, SourceScripts> scripts) {

    public EnvironmentView {
        scripts = Collections.unmodifiableNavigableMap(new TreeMap<>(scripts));
    }

    /** An environment of which nothing was heard. */
    public static EnvironmentView empty(String project, String environment) {
        return new EnvironmentView(project, environment, EnvironmentFacts.NONE, Collections.emptyNavigableMap());
    }

    /** This view after some more events, in the order in which they were recorded. */
    public EnvironmentView after(List<RecordedEvent> events) {
        return after(events.stream());
    }

    /** As {@link #after(List)}, without holding the events all at once. */
    public EnvironmentView after(Stream<RecordedEvent> events) {
        return after(events, _ -> {});
    }

    /** As {@link #after(Stream)}, telling of each scan on the way. */
    EnvironmentView after(Stream<RecordedEvent> events, Consumer<AppliedScan> scans) {
        return EnvironmentFold.evolve(this, events, scans);
    }

    /** As last seen; empty where no agent could read it yet. */
    public Optional<VersionTable> versionTable() {
        return Optional.ofNullable(table(facts)).map(TableSeen::table);
    }

    private static @Nullable TableSeen table(EnvironmentFacts facts) {
        Agent agent = facts.tableBy() == null ? null : facts.agents().get(facts.tableBy());
        return agent == null ? null : agent.table();
    }

    /** The stamped revisions; none where the table is missing, empty or was never read. */
    public List<String> rows() {
        return versionTable().map(VersionTable::rows).orElse(List.of());
    }

    /** The scripts that count; none before the first scan. */
    public SourceScripts currentScripts() {
        return counting().map(this::scripts).orElse(SourceScripts.NONE);
    }

    public RevisionGraph graph() {
        return currentScripts().graph();
    }

    /** Rows that name no revision of the scripts. */
    public List<String> unknownRows() {
        return graph().unknown(rows());
    }

    public List<String> heads() {
        Heads reported = reportedHeads();
        return reported == null ? graph().heads() : reported.heads();
    }

    public List<String> realHeads() {
        Heads reported = reportedHeads();
        return reported == null ? graph().realHeads() : reported.realHeads();
    }

    /** Everything wrong with the scripts. */
    public List<ScriptProblem> problems() {
        return counting().map(Source::problems).orElse(List.of());
    }

    /** What was said about the scripts since their last scan. */
    private @Nullable Heads reportedHeads() {
        return counting().map(Source::heads).orElse(null);
    }

    /** The source whose scripts are the environment's. */
    private Optional<Source> counting() {
        return EnvironmentFacts.counting(facts.sources().values(), facts.agents());
    }

    /**
     * How commands for this environment call its migration tool: as the agent does whose scripts count. Another agent that watches the
     * same version table and calls it differently makes that uncertain.
     */
    public ToolCall toolCall() {
        Source counts = counting().orElse(null);
        if (counts == null) {
            return ToolCalls.WITHOUT_SCRIPTS;
        }
        Map<String, ToolInvocation> differing = new TreeMap<>();
        facts.agents().forEach((name, agent) -> {
            if (agent.watching() && agent.table() != null) {
                EnvironmentFacts.latestOf(name, facts.sources().values()).map(Source::tool)
                        .filter(tool -> !tool.isLike(counts.tool()))
                        .ifPresent(tool -> differing.put(name, tool));
            }
        });
        if (differing.isEmpty()) {
            return ToolCalls.elsewhere(counts.tool());
        }
        differing.put(counts.agent(), counts.tool());
        return ToolCalls.differing(differing);
    }

    private SourceScripts scripts(Source source) {
        return scripts.getOrDefault(EnvironmentFacts.key(source.agent(), source.source()), SourceScripts.NONE);
    }

    /**
     * Scripts as one source has them.
     *
     * @param source as whoever read it named it
     * @param form in which they were read
     * @param digest the same for the same scripts read in the same form, wherever they lie
     * @param counts whether these are the environment's scripts
     * @param lastSeen when it was last known to have these scripts: of what an agent watches, the last it said anything
     */
    public record ScriptsOfSource(
            String source,
            String agent,
            int form,
            String digest,
            SourceScripts scripts,
            List<String> heads,
            List<ScriptProblem> problems,
            boolean counts,
            Instant firstSeen,
            Instant lastSeen) {
        public ScriptsOfSource {
            heads = List.copyOf(heads);
            problems = List.copyOf(problems);
        }
    }

    /** Every source that is remembered: the one that counts first, then by agent and source. */
    public List<ScriptsOfSource> sources() {
        Source first = counting().orElse(null);
        return facts.sources().values().stream()
                .map(source -> source(source, source.equals(first)))
                .sorted(Comparator.comparing(source -> !source.counts()))
                .toList();
    }

    /** Where scripts come from, each name once, in the order of {@link #sources}. No graph is worked out for it. */
    List<String> sourceNames() {
        Source first = counting().orElse(null);
        return facts.sources().values().stream()
                .sorted(Comparator.comparing(source -> !source.equals(first)))
                .map(Source::source)
                .distinct()
                .toList();
    }

    private ScriptsOfSource source(Source source, boolean counts) {
        SourceScripts has = scripts(source);
        Heads reported = source.heads();
        Agent agent = facts.agents().get(source.agent());
        boolean current = agent != null
                && EnvironmentFacts.latestOf(source.agent(), facts.sources().values()).filter(source::equals)
                        .isPresent();
        return new ScriptsOfSource(source.source(), source.agent(), source.form(), source.digest(), has,
                reported == null ? has.graph().heads() : reported.heads(), source.problems(), counts,
                source.firstSeen(),
                agent != null && current && agent.observedAt().isAfter(source.lastSeen())
                        ? agent.observedAt()
                        : source.lastSeen());
    }

    /** How it is known that a revision counts as applied, if it does. */
    public RevisionStatus status(String revision) {
        ObservedStatus observed = facts.observedStatuses().get(revision);
        return observed == null ? RevisionStatus.implied(revision) : observed.status();
    }

    /** Every revision that counts as applied, parents first; rows that the scripts do not know come last. */
    public List<RevisionStatus> statuses() {
        RevisionGraph graph = graph();
        List<RevisionStatus> statuses = new ArrayList<>();
        graph.topological(graph.implied(rows())).forEach(revision -> statuses.add(status(revision)));
        unknownRows().stream().distinct().forEach(row -> statuses.add(status(row)));
        return statuses;
    }

    /** By the agents' clocks, the last time anything was observed; absent before the first word of an agent. */
    public @Nullable Instant observedAt() {
        return facts.agents().values().stream().map(Agent::observedAt).max(Comparator.naturalOrder()).orElse(null);
    }

    /**
     * By the ledger's clock, the last time anything was observed, so that an agent whose clock is ahead does not look as if it had observed in the
     * future; absent before the first word of an agent.
     */
    public @Nullable Instant lastObservation() {
        return facts.agents().values().stream().map(Agent::lastObservation).max(Comparator.naturalOrder()).orElse(null);
    }

    /** By the ledger's clock, when an agent had observed that a revision ran; revisions without an observation are left out. */
    public Map<String, Instant> observedRuns() {
        Map<String, Instant> runs = new TreeMap<>();
        facts.observedStatuses().forEach((revision, observed) -> {
            if (observed.status().kind() == RevisionStatus.Kind.APPLIED) {
                runs.put(revision, observed.observedAt());
            }
        });
        return runs;
    }

    /** As the operator gave them last. */
    public Map<String, String> labels() {
        return facts.labels();
    }

    /** Agents that have not said that they stopped. */
    public Set<String> watching() {
        return facts.agents().entrySet().stream()
                .filter(entry -> entry.getValue().watching())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What changed in this database lately and nobody owns up to, oldest first. */
    public List<UnattributedChange> unattributedChanges() {
        return facts.recentChanges().unattributed();
    }

    /** The last time in which nothing could be seen and after which something had changed; absent: there is none. */
    public Observations.@Nullable Gap gap() {
        return facts.recentChanges().outage();
    }

    /** By the ledger's clock, when the last event was recorded; absent before the first. */
    public @Nullable Instant recordedAt() {
        return facts.recordedAt();
    }

    /** The form of the live schema as it was reported last; absent: no agent reported it. */
    public @Nullable Integer schemaForm() {
        return facts.schemaForm();
    }

    /** Whether somebody said that it is not used any more. */
    public boolean isRetired() {
        return facts.retired() != null;
    }

    /** What events alone say: as long as an agent has not said that it stopped, it watches. */
    public EnvironmentReport report() {
        return report(Map.of(), _ -> true);
    }

    /**
     * As things are now.
     *
     * @param lastHeartbeats by agent, its last heartbeat
     * @param present whether an agent that was heard last then is still there
     */
    public EnvironmentReport report(Map<String, Instant> lastHeartbeats, Predicate<Instant> present) {
        return new EnvironmentReport(
                project,
                environment,
                facts.labels(),
                versionTable().orElse(null),
                heads(),
                realHeads(),
                statuses(),
                unknownRows(),
                ScriptFindings.of(problems()),
                sources().stream().map(EnvironmentView::reported).toList(),
                facts.agents().entrySet().stream()
                        .map(it -> agent(it.getKey(), it.getValue(), lastHeartbeats.get(it.getKey()), present))
                        .toList(),
                runs(statuses()),
                observedAt(),
                facts.recordedAt(),
                facts.events(),
                facts.forgottenAgents(),
                facts.retired());
    }

    private static ScriptsSource reported(ScriptsOfSource source) {
        return new ScriptsSource(source.source(), source.agent(), source.digest(), source.heads(),
                source.scripts().revisions().size(), source.counts(), source.firstSeen(), source.lastSeen());
    }

    /** What the runs said of themselves that these standings' actors were part of. */
    public List<Run> runs(List<RevisionStatus> statuses) {
        return statuses.stream()
                .flatMap(status -> run(status).stream())
                .distinct()
                .map(facts.runs()::get)
                .filter(Objects::nonNull)
                .map(EnvironmentView::withoutSecrets)
                .toList();
    }

    /** The runs that are kept, the latest first. */
    public List<Run> latestRuns() {
        return facts.runs().values().stream()
                .sorted(Comparator.comparing(Run::startedAt).thenComparing(Run::run).reversed())
                .map(EnvironmentView::withoutSecrets)
                .toList();
    }

    /** Of these revisions, those that a run accounts for which an issuer proved to be a pipeline's. */
    public Set<String> proved(List<RevisionStatus> statuses) {
        return facts.runs().isEmpty()
                ? Set.of()
                : statuses.stream().filter(status -> RunTimes.isProved(status, facts.runs()))
                        .map(RevisionStatus::revision).collect(Collectors.toSet());
    }

    /** A word of a command may say that the next one is a secret. */
    private static Run withoutSecrets(Run run) {
        RunClaim claim = run.claim();
        return new Run(run.run(), new RunClaim(Redaction.of(claim.command()), claim.user(), claim.host(),
                claim.commit(), claim.image(), claim.ci()), run.provedBy(), run.startedAt(), run.endedAt(),
                run.exitCode());
    }

    /** The id of the run whose session was seen to do this. */
    static Optional<String> run(RevisionStatus status) {
        return Optional.ofNullable(status.evidence())
                .map(Evidence::attribution)
                .map(Attribution::actor)
                .flatMap(actor -> RunClaim.runOf(actor.applicationName()))
                .map(UUID::toString);
    }

    private static WatchingAgent agent(
            String name, Agent agent, @Nullable Instant heartbeat, Predicate<Instant> present) {
        Instant heardAt = heartbeat == null || heartbeat.isBefore(agent.heardAt()) ? agent.heardAt() : heartbeat;
        return new WatchingAgent(
                name, agent.epoch(), agent.lastSequence(), agent.watching() && present.test(heardAt),
                agent.observedAt(), agent.clockAhead(), heardAt, agent.version(), agent.mode());
    }
}
