package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.EnvironmentSummary;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.core.graph.RevisionGraph;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a list of many environments says about each of them, worked out when its events are recorded, so that a list reads
 * no scripts.
 *
 * @param summary what the API answers
 * @param rows of the version table, with how each is known
 * @param runs what the runs said of themselves that wrote them
 * @param unknownRows those of them that the scripts do not know
 * @param position relative to its own scripts
 * @param missing how many revisions of the scripts do not count as applied
 * @param applied how many revisions were seen to run
 * @param stamped how many were only written into the version table
 * @param implied how many count as applied and were never observed
 * @param problems how many things are wrong with the scripts
 * @param sources where scripts come from, each name once, the one that counts first
 * @param watching by agent that has not said that it stopped, when it reported something last, by the ledger's clock
 */
public record EnvironmentListItem(
        EnvironmentSummary summary,
        List<RevisionStatus> rows,
        List<Run> runs,
        List<String> unknownRows,
        Position position,
        int missing,
        int applied,
        int stamped,
        int implied,
        int problems,
        List<String> sources,
        Map<String, Instant> watching) {

    public EnvironmentListItem {
        rows = List.copyOf(rows);
        // Lines that were stored before runs were known have none.
        runs = runs == null ? List.of() : List.copyOf(runs);
        unknownRows = List.copyOf(unknownRows);
        sources = List.copyOf(sources);
        watching = Collections.unmodifiableMap(new TreeMap<>(watching));
    }

    /**
     * How many agents watch it.
     *
     * @param lastHeartbeats by agent, its last heartbeat
     * @param present whether an agent that was heard last then is still there
     */
    public int watching(Map<String, Instant> lastHeartbeats, Predicate<Instant> present) {
        return (int) watching.entrySet().stream()
                .filter(agent -> present.test(agent.getValue())
                        || (lastHeartbeats.containsKey(agent.getKey())
                                && present.test(lastHeartbeats.get(agent.getKey()))))
                .count();
    }

    /** Where a database stands relative to its own scripts. */
    public enum Position {
        /** No agent could read the version table yet, or none has seen scripts. */
        NOT_SEEN,
        /** The version table holds a row that the scripts do not know. */
        UNKNOWN_REVISION,
        /** Every revision of the scripts counts as applied. */
        AT_HEAD,
        /** It is on the way to the heads. */
        BEHIND,
        /** The scripts have several heads; it is at one of them and lacks another. */
        FORKED
    }

    /** Worked out from the whole view. */
    public static EnvironmentListItem of(EnvironmentView view) {
        RevisionGraph graph = view.graph();
        Set<String> counted = graph.implied(view.rows());
        List<RevisionStatus> statuses = view.statuses();
        List<RevisionStatus> rows = view.rows().stream().distinct().map(view::status).toList();
        int missing = (int) view.currentScripts().revisions().stream()
                .filter(revision -> !counted.contains(revision.revision()))
                .count();
        return new EnvironmentListItem(
                new EnvironmentSummary(
                        view.environment(),
                        view.facts().labels(),
                        view.versionTable().orElse(null),
                        view.heads(),
                        view.observedAt(),
                        view.facts().recordedAt(),
                        view.facts().retired()),
                rows.stream().map(EnvironmentListItem::brief).toList(),
                view.runs(rows),
                view.unknownRows(),
                position(view, counted),
                missing,
                count(statuses, RevisionStatus.Kind.APPLIED),
                count(statuses, RevisionStatus.Kind.STAMPED),
                count(statuses, RevisionStatus.Kind.IMPLIED),
                view.problems().size(),
                view.sourceNames(),
                view.facts().agents().entrySet().stream()
                        .filter(agent -> agent.getValue().watching())
                        .collect(Collectors.toMap(Map.Entry::getKey, agent -> agent.getValue().heardAt())));
    }

    private static Position position(EnvironmentView view, Set<String> counted) {
        List<String> heads = view.graph().realHeads();
        if (view.versionTable().isEmpty() || view.facts().sources().isEmpty()) {
            return Position.NOT_SEEN;
        }
        if (!view.unknownRows().isEmpty()) {
            return Position.UNKNOWN_REVISION;
        }
        if (counted.containsAll(heads)) {
            return Position.AT_HEAD;
        }
        return heads.stream().anyMatch(counted::contains) ? Position.FORKED : Position.BEHIND;
    }

    /** A list says who, and not which of a hundred tables. */
    private static RevisionStatus brief(RevisionStatus status) {
        Evidence evidence = status.evidence();
        Attribution known = evidence == null ? null : evidence.attribution();
        return evidence == null || known == null
                ? status
                : new RevisionStatus(status.revision(), status.kind(), status.inferred(), status.since(),
                        new Evidence(evidence.method(), evidence.certainty(), evidence.clues(),
                                new Attribution(known.actor(), null, List.of())));
    }

    private static int count(List<RevisionStatus> statuses, RevisionStatus.Kind kind) {
        return (int) statuses.stream().filter(status -> status.kind() == kind).count();
    }
}
