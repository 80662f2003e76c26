package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.EnvironmentReport.WatchingAgent;
import dev.migrationledger.contracts.environment.Standing;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.revision.RevisionGraph;
import dev.migrationledger.ledger.view.Facts.Agent;
import dev.migrationledger.ledger.view.Facts.Heads;
import dev.migrationledger.ledger.view.Facts.Scan;
import dev.migrationledger.ledger.view.Facts.TableSeen;
import dev.migrationledger.ledger.view.Facts.Witness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One environment as its events make it: what they said, and the scripts that give it meaning. Immutable.
 *
 * <p>Which of several voices counts: of one agent its latest word in sequence, so that a clock that was set back freezes
 * nothing; for the version table across agents the look with the latest {@code observedAt}; for the scripts the agent whose
 * scan was recorded last.
 *
 * @param scripts by agent
 */
public record EnvironmentView(String project, String environment, Facts facts, NavigableMap<String, Scripts> scripts) {

    public EnvironmentView {
        scripts = Collections.unmodifiableNavigableMap(new TreeMap<>(scripts));
    }

    /** An environment of which nothing was heard. */
    public static EnvironmentView empty(String project, String environment) {
        return new EnvironmentView(project, environment, Facts.NONE, Collections.emptyNavigableMap());
    }

    /** This view after some more events, in the order in which they were recorded. */
    public EnvironmentView after(List<RecordedEvent> events) {
        return after(events.stream());
    }

    /** As {@link #after(List)}, without holding the events all at once. */
    public EnvironmentView after(Stream<RecordedEvent> events) {
        return EnvironmentFold.evolve(this, events);
    }

    /** As last seen; empty where no agent could read it yet. */
    public Optional<VersionTable> versionTable() {
        return Optional.ofNullable(newestTable(facts.agents().values())).map(TableSeen::table);
    }

    static @Nullable TableSeen newestTable(Collection<Agent> agents) {
        return agents.stream()
                .map(Agent::table)
                .filter(Objects::nonNull)
                .max(Comparator.comparing(TableSeen::observedAt).thenComparingLong(TableSeen::event))
                .orElse(null);
    }

    /** The stamped revisions; none where the table is missing, empty or was never read. */
    public List<String> rows() {
        return versionTable().map(VersionTable::rows).orElse(List.of());
    }

    /** The scripts that count; none before the first scan. */
    public Scripts currentScripts() {
        return facts.scriptsOf() == null ? Scripts.NONE : scripts.getOrDefault(facts.scriptsOf(), Scripts.NONE);
    }

    public RevisionGraph graph() {
        return currentScripts().graph();
    }

    /** Rows that name no revision of the scripts. */
    public List<String> unknownRows() {
        return graph().unknown(rows());
    }

    public List<String> heads() {
        Heads said = saidHeads();
        return said == null ? graph().heads() : said.heads();
    }

    public List<String> realHeads() {
        Heads said = saidHeads();
        return said == null ? graph().realHeads() : said.realHeads();
    }

    /** Everything wrong with the scripts. */
    public List<Finding> problems() {
        Agent agent = scanning();
        return agent == null || agent.scan() == null ? List.of() : agent.scan().problems();
    }

    /** What was said about the scripts since their last scan. */
    private @Nullable Heads saidHeads() {
        Agent agent = scanning();
        return agent == null ? null : agent.heads();
    }

    /** The agent whose scripts count. */
    private @Nullable Agent scanning() {
        return facts.scriptsOf() == null ? null : facts.agents().get(facts.scriptsOf());
    }

    /** How it is known that a revision counts as applied, if it does. */
    public Standing standing(String revision) {
        Witness witness = facts.witnessed().get(revision);
        return witness == null ? Standing.implied(revision) : witness.standing();
    }

    /** Every revision that counts as applied, parents first; rows that the scripts do not know come last. */
    public List<Standing> standings() {
        RevisionGraph graph = graph();
        List<Standing> standings = new ArrayList<>();
        graph.topological(graph.implied(rows())).forEach(revision -> standings.add(standing(revision)));
        unknownRows().stream().distinct().forEach(row -> standings.add(standing(row)));
        return standings;
    }

    /** By the agents' clocks, the last time anything was witnessed; absent before the first word of an agent. */
    public @Nullable Instant observedAt() {
        return facts.agents().values().stream().map(Agent::observedAt).max(Comparator.naturalOrder()).orElse(null);
    }

    public EnvironmentReport report() {
        return new EnvironmentReport(
                project,
                environment,
                facts.labels(),
                versionTable().orElse(null),
                heads(),
                realHeads(),
                standings(),
                unknownRows(),
                problems(),
                facts.agents().values().stream()
                        .map(Agent::scan)
                        .filter(Objects::nonNull)
                        .map(Scan::source)
                        .distinct()
                        .toList(),
                facts.agents().entrySet().stream().map(EnvironmentView::agent).toList(),
                runs(standings()),
                observedAt(),
                facts.recordedAt(),
                facts.events());
    }

    /** What the runs said of themselves that these standings' actors were part of. */
    List<Run> runs(List<Standing> standings) {
        return standings.stream()
                .flatMap(standing -> run(standing).stream())
                .distinct()
                .map(facts.runs()::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The id of the run whose session was seen to do this. */
    static Optional<String> run(Standing standing) {
        return Optional.ofNullable(standing.evidence())
                .map(Evidence::attribution)
                .map(Attribution::actor)
                .flatMap(actor -> RunClaim.runOf(actor.applicationName()))
                .map(UUID::toString);
    }

    private static WatchingAgent agent(Map.Entry<String, Agent> entry) {
        Agent agent = entry.getValue();
        return new WatchingAgent(
                entry.getKey(), agent.epoch(), agent.lastSequence(), agent.watching(), agent.observedAt());
    }
}
