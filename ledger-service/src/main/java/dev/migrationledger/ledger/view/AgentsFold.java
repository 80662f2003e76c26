package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.ledger.view.EnvironmentFacts.Agent;
import dev.migrationledger.ledger.view.EnvironmentFacts.TableSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Adds what agents report of themselves, and the version table as each of them observed it. */
final class AgentsFold {

    /** Where an agent has no disk, each of its runs is another agent. */
    private static final int LATEST = 50;

    private final NavigableMap<String, Agent> agents;
    private int forgotten;
    private @Nullable String tableBy;

    AgentsFold(EnvironmentFacts before) {
        this.agents = new TreeMap<>(before.agents());
        this.forgotten = before.forgottenAgents();
        this.tableBy = before.tableBy();
    }

    NavigableMap<String, Agent> agents() {
        return Collections.unmodifiableNavigableMap(agents);
    }

    int forgotten() {
        return forgotten;
    }

    @Nullable
    String tableBy() {
        return tableBy;
    }

    @Nullable
    Agent find(String name) {
        return agents.get(name);
    }

    /** The stamped revisions, as the agent observed them whose version table counts. */
    List<String> rows() {
        Agent agent = tableBy == null ? null : agents.get(tableBy);
        TableSeen seen = agent == null ? null : agent.table();
        return seen == null ? List.of() : seen.table().rows();
    }

    /**
     * Whether an event means that its agent watches. One that runs a migration reports that run, and one that publishes scripts reports
     * those; neither watches anything.
     */
    boolean watches(AgentEvent event, String agent) {
        return switch (event) {
            // @formatter:off: the formatter knows no list of patterns
            case RunStarted _, RunEnded _ -> false;
            case ScriptsScanned _, RevisionFilesRead _, RevisionAuthorsRead _, HeadDetected _ -> agents.containsKey(agent);
            case AgentStarted _, AgentStopped _, RevisionApplied _, RevisionReverted _, RevisionStamped _,
                    VersionTableObserved _, VersionTableEdited _, SchemaObserved _, ObservationGap _ -> true;
            // @formatter:on
        };
    }

    /**
     * Updates an agent that watches.
     *
     * @param event number of its event among the environment's events
     * @return whether another agent was forgotten for it
     */
    boolean update(Origin origin, Instant recordedAt, long event) {
        agents.compute(origin.agent(), (_, known) -> updated(origin, recordedAt, event, known));
        return agents.size() > LATEST && forgetOne();
    }

    /** The latest epoch counts. Within it the ledger takes events in sequence, so this one is the latest. */
    private static Agent updated(Origin origin, Instant recordedAt, long event, @Nullable Agent known) {
        Instant sent = origin.sentAt();
        // To the nearest second: a smaller difference is network delay.
        Long ahead = sent == null
                ? null
                : Long.valueOf(Duration.between(recordedAt, sent).plusMillis(500).toSeconds());
        return new Agent(origin.epoch(), origin.sequence(), true, origin.observedAt(), ahead,
                recordedAt, event, known == null ? null : known.table(), known == null ? null : known.version(),
                known == null ? null : known.mode());
    }

    /** Stopped agents go first, then those without an event for longest: they may have been killed. */
    private boolean forgetOne() {
        return agents.entrySet().stream()
                .filter(agent -> !agent.getKey().equals(tableBy))
                .min(Comparator.comparing((Map.Entry<String, Agent> agent) -> agent.getValue().watching())
                        .thenComparingLong(agent -> agent.getValue().event()))
                .map(agent -> {
                    agents.remove(agent.getKey());
                    forgotten++;
                    return true;
                })
                .orElse(false);
    }

    void started(AgentStarted started, String agent) {
        change(agent, it -> it.started(started.agentVersion(), started.mode()));
    }

    void stopped(String agent) {
        change(agent, Agent::stopped);
    }

    void tableObserved(VersionTableObserved observed, RecordedEvent event, Origin origin) {
        TableSeen now = TableSeen.of(observed.table(), event.recordedAt(), origin.age());
        Agent other = tableBy == null || tableBy.equals(origin.agent()) ? null : agents.get(tableBy);
        TableSeen counted = other == null ? null : other.table();
        change(origin.agent(), it -> it.seen(now));
        if (counted == null || now.supersedes(counted)) {
            tableBy = origin.agent();
        }
    }

    private void change(String agent, UnaryOperator<Agent> change) {
        agents.computeIfPresent(agent, (_, known) -> change.apply(known));
    }

    /** Whether it is the same table as before, at an unknown time: another version of the agent reports it again, and nothing changed. */
    boolean isRepeated(AgentEvent event, Occurrence when, String agent) {
        Agent known = agents.get(agent);
        TableSeen before = known == null ? null : known.table();
        return before != null && event instanceof VersionTableObserved observed
                && when.precision() == Occurrence.Precision.NO_LATER_THAN
                && observed.table().name().equals(before.table().name())
                && observed.table().state() == before.table().state()
                && observed.table().rows().equals(before.table().rows());
    }
}
