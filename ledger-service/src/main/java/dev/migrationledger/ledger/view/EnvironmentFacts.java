package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.Retirement;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the events of an environment reported, apart from the scripts. Stored as JSON, with the observed status of each revision in a row of
 * its own. Its maps are sorted, so equal facts are equal bytes.
 *
 * @param events how many events these facts come from
 * @param recordedAt of the last of them
 * @param labels as the operator gave them last
 * @param labelledBy the agent that they came with
 * @param tableBy the agent whose observation of the version table counts; absent: no agent could read it yet
 * @param agents by name, those with the latest events
 * @param forgottenAgents how many others there were
 * @param sources by {@link #key agent and source}: where scripts were read
 * @param observedStatuses by revision: what was observed to run or to be stamped, and not observed to be undone
 * @param runs by id: what runs of migration commands reported of themselves, as far as it is still shown
 * @param schemaForm the form of the live schema as it was reported last; absent: no agent reported it
 * @param recentChanges what was observed lately
 * @param retired absent while it is used
 */
record EnvironmentFacts(
        long events,
        @Nullable Instant recordedAt,
        NavigableMap<String, String> labels,
        @Nullable String labelledBy,
        @Nullable String tableBy,
        NavigableMap<String, Agent> agents,
        int forgottenAgents,
        NavigableMap<String, Source> sources,
        NavigableMap<String, ObservedStatus> observedStatuses,
        NavigableMap<String, Run> runs,
        @Nullable Integer schemaForm,
        RecentChanges recentChanges,
        @Nullable Retirement retired) {

    static final EnvironmentFacts NONE = new EnvironmentFacts(0, null, sorted(Map.of()), null, null, sorted(Map.of()),
            0,
            sorted(Map.of()), sorted(Map.of()), sorted(Map.of()), null, RecentChanges.NONE, null);

    EnvironmentFacts {
        labels = sorted(labels);
        agents = sorted(agents);
        sources = sorted(sources);
        observedStatuses = sorted(observedStatuses);
        // Facts that were stored before these were known have none.
        runs = runs == null ? sorted(Map.of()) : sorted(runs);
        recentChanges = recentChanges == null ? RecentChanges.NONE : recentChanges;
    }

    EnvironmentFacts withObservedStatuses(Map<String, ObservedStatus> others) {
        return new EnvironmentFacts(events, recordedAt, labels, labelledBy, tableBy, agents, forgottenAgents, sources,
                sorted(others), runs, schemaForm, recentChanges, retired);
    }

    private static <V> NavigableMap<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableNavigableMap(new TreeMap<>(map));
    }

    /**
     * What one agent reported last.
     *
     * @param epoch the latest; its sequence is the one that counts
     * @param observedAt by the agent's clock
     * @param clockAhead seconds that this clock was ahead of the ledger's, as last measured
     * @param heardAt by the ledger's clock
     * @param event which of the environment's events was its last
     * @param version its own, as it reported when it started; absent: it has not yet
     * @param mode likewise
     */
    record Agent(
            UUID epoch,
            long lastSequence,
            boolean watching,
            Instant observedAt,
            @Nullable Long clockAhead,
            Instant heardAt,
            long event,
            @Nullable TableSeen table,
            @Nullable String version,
            @Nullable String mode) {

        /** By the ledger's clock: as long before its last event was recorded as the agent had stored that. */
        Instant lastObservation() {
            Instant observed = clockAhead == null ? heardAt : observedAt.minusSeconds(clockAhead);
            return observed.isAfter(heardAt) ? heardAt : observed;
        }

        Agent seen(TableSeen newTable) {
            return new Agent(epoch, lastSequence, watching, observedAt, clockAhead, heardAt, event, newTable, version,
                    mode);
        }

        Agent started(String newVersion, String newMode) {
            return new Agent(epoch, lastSequence, watching, observedAt, clockAhead, heardAt, event, table, newVersion,
                    newMode);
        }

        Agent stopped() {
            return new Agent(epoch, lastSequence, false, observedAt, clockAhead, heardAt, event, table, version, mode);
        }
    }

    /**
     * The version table as one agent saw it last.
     *
     * @param recordedAt by the ledger's clock
     * @param seenAt by the ledger's clock, when it was observed: as long before it was recorded as the agent had stored it
     */
    record TableSeen(VersionTable table, Instant recordedAt, Instant seenAt) {

        static TableSeen of(VersionTable table, Instant recordedAt, Duration age) {
            return new TableSeen(table, recordedAt, recordedAt.minus(age));
        }

        /**
         * Whether this, which was recorded after the other, also counts after it. What an agent had to keep for a while may have been
         * seen before: only that is asked, and only where the ledger's clock has not been set back since.
         */
        boolean supersedes(TableSeen other) {
            return recordedAt.isBefore(other.recordedAt) || !seenAt.isBefore(other.seenAt);
        }
    }

    /**
     * Scripts that an agent read somewhere; they themselves are kept apart.
     *
     * @param form of the scan
     * @param digest of the scan, as the agent reported it
     * @param tool how it is called for these scripts
     * @param heads as reported since; absent: not reported
     * @param firstSeen by the agent's clock, as is {@code lastSeen}
     * @param event number of the scan among the environment's events: the later recorded counts
     */
    record Source(
            String agent,
            String source,
            int form,
            String digest,
            List<ScriptProblem> problems,
            ToolInvocation tool,
            @Nullable Heads heads,
            Instant firstSeen,
            Instant lastSeen,
            long event) {

        Source detected(Heads newHeads) {
            return new Source(agent, source, form, digest, problems, tool, newHeads, firstSeen, lastSeen, event);
        }
    }

    /** What is longer would not fit into a key of PostgreSQL. */
    private static final int LONGEST_SOURCE = 300;

    /** Names a source of one agent. No agent's name has a {@code /}. */
    static String key(String agent, String source) {
        return agent + "/" + (source.length() <= LONGEST_SOURCE
                ? source
                : "sha256:" + Sha256.hex(source));
    }

    /** The source that this agent read last. */
    static Optional<Source> latestOf(String agent, Collection<Source> sources) {
        return sources.stream()
                .filter(source -> source.agent.equals(agent))
                .max(Comparator.comparingLong(Source::event));
    }

    /**
     * The source whose scripts are the environment's: of those that an agent reads who also sees the version table, the one that
     * was recorded last. Only where there is none, somebody's who does not.
     */
    static Optional<Source> counting(Collection<Source> sources, Map<String, Agent> agents) {
        Comparator<Source> latest = Comparator.comparingLong(Source::event);
        return sources.stream()
                .filter(source -> seesTable(source, agents))
                .max(latest)
                .or(() -> sources.stream().max(latest));
    }

    static boolean seesTable(Source source, Map<String, Agent> agents) {
        Agent agent = agents.get(source.agent);
        return agent != null && agent.table != null;
    }

    record Heads(List<String> heads, List<String> realHeads) {}

    /**
     * How a revision is known to count as applied.
     *
     * @param agent that observed it
     * @param observedAt by the ledger's clock, whatever the agent's shows
     */
    record ObservedStatus(RevisionStatus status, String agent, Instant observedAt) {}
}
