package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.view.EnvironmentFacts.ObservedStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Adds what was observed of revisions: that they ran, were stamped or were undone. */
final class StatusesFold {

    private final NavigableMap<String, ObservedStatus> statuses;
    private final Supplier<List<String>> rows;
    private final Supplier<RevisionGraph> graph;

    /**
     * @param rows the stamped revisions after the last event
     * @param graph of the scripts that count after it
     */
    StatusesFold(Map<String, ObservedStatus> before, Supplier<List<String>> rows, Supplier<RevisionGraph> graph) {
        this.statuses = new TreeMap<>(before);
        this.rows = rows;
        this.graph = graph;
    }

    NavigableMap<String, ObservedStatus> statuses() {
        return Collections.unmodifiableNavigableMap(statuses);
    }

    Collection<RevisionStatus> observed() {
        return statuses.values().stream().map(ObservedStatus::status).toList();
    }

    /** @param observedAt by the ledger's clock */
    void applied(RevisionApplied applied, Occurrence when, String agent, Instant observedAt) {
        RevisionStatus now = new RevisionStatus(
                applied.revision(), RevisionStatus.Kind.APPLIED, applied.inferred(), when, applied.evidence());
        ObservedStatus known = statuses.get(applied.revision());
        if (known == null || replaces(now, agent, known)) {
            statuses.put(applied.revision(), new ObservedStatus(now, agent,
                    known != null && isTheSame(known.status(), now) ? known.observedAt() : observedAt));
        }
    }

    /** Whether the same run is reported once more. */
    private static boolean isTheSame(RevisionStatus one, RevisionStatus other) {
        return one.kind() == other.kind() && Objects.equals(one.since(), other.since());
    }

    /** A revision that ran and still counts is not undone by stamping it again. */
    void stamped(String revision, Occurrence when, Evidence evidence, String agent, Instant observedAt) {
        RevisionStatus now = new RevisionStatus(revision, RevisionStatus.Kind.STAMPED, false, when, evidence);
        ObservedStatus known = statuses.get(revision);
        boolean ran = known != null && known.status().kind() == RevisionStatus.Kind.APPLIED;
        if (known == null || (!(ran && counts(revision)) && replaces(now, agent, known))) {
            statuses.put(revision, new ObservedStatus(now, agent, observedAt));
        }
    }

    /** Another agent's late report of an earlier downgrade does not undo what ran after it. */
    void reverted(String revision, Occurrence when, String agent) {
        statuses.computeIfPresent(revision, (_, observed) -> outlives(observed, when, agent) ? observed : null);
    }

    private static boolean outlives(ObservedStatus observed, Occurrence reverted, String agent) {
        Occurrence since = observed.status().since();
        return !observed.agent().equals(agent) && since != null && since.at().isAfter(reverted.at());
    }

    /**
     * A first poll shows only that it was so already: it never overrides an observed change. Otherwise an agent may correct itself, and
     * certain evidence replaces a presumed status of another kind.
     */
    private static boolean replaces(RevisionStatus now, String agent, ObservedStatus known) {
        if (now.since() != null && now.since().precision() == Occurrence.Precision.NO_LATER_THAN) {
            return false;
        }
        return known.agent().equals(agent)
                || (now.kind() != known.status().kind() && isPresumed(known.status()) && !isPresumed(now));
    }

    private static boolean isPresumed(RevisionStatus status) {
        return status.evidence() == null || status.evidence().certainty() == Certainty.PRESUMED;
    }

    private boolean counts(String revision) {
        List<String> stamped = rows.get();
        return stamped.contains(revision) || graph.get().implied(stamped).contains(revision);
    }

    /**
     * What the version table no longer implies is no longer applied, and if it comes back, it is not known how. With a row that the scripts
     * do not know, it is unknown what is implied, so nothing is forgotten.
     */
    void forgetWhatNoLongerCounts() {
        List<String> stamped = rows.get();
        if (statuses.isEmpty()) {
            return;
        }
        if (stamped.isEmpty()) {
            statuses.clear();
            return;
        }
        RevisionGraph scripts = graph.get();
        if (scripts.unknown(stamped).isEmpty()) {
            Set<String> implied = scripts.implied(stamped);
            statuses.keySet().removeIf(revision -> !implied.contains(revision));
        }
    }
}
