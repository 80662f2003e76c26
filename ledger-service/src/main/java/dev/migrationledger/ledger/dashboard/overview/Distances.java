package dev.migrationledger.ledger.dashboard.overview;

import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.view.EnvironmentListItem.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far environments of a project are from its heads and from each other, in few words. Its heads are those of the scripts of all its
 * environments together: an environment at the head of its own scripts may be behind them. Pure.
 */
final class Distances {

    /** What can be compared without a history: equal rows. */
    static final Distances WITHOUT_HISTORY = new Distances(null);

    private final @Nullable RevisionGraph history;
    private final List<String> heads;

    /** @param history of all its environments together; absent: it was not needed */
    Distances(@Nullable RevisionGraph history) {
        this.history = history;
        this.heads = history == null ? List.of() : history.realHeads();
    }

    /** Such as {@code 2 behind project head}; empty where its own scripts say the same. */
    String fromHeads(Cohort it) {
        RevisionGraph graph = history;
        if (graph == null || it.heads().isEmpty() || !isKnown(it, graph)
                || new HashSet<>(it.heads()).equals(new HashSet<>(heads))) {
            return "";
        }
        int missing = graph.distance(rows(it), heads);
        return missing == 0 || missing == it.missing()
                ? ""
                : "%,d behind project head%s".formatted(missing, heads.size() == 1 ? "" : "s");
    }

    /** Such as {@code even with staging}; empty where the two cannot be compared. */
    String between(Cohort it, Cohort other) {
        if (it.stamped() == null || other.stamped() == null) {
            return "";
        }
        String name = other.names().getFirst();
        if (Set.copyOf(it.stamped()).equals(Set.copyOf(other.stamped()))) {
            return "even with " + name;
        }
        RevisionGraph graph = history;
        if (graph == null || !isKnown(it, graph) || !isKnown(other, graph)) {
            return "";
        }
        int behind = graph.distance(rows(it), rows(other));
        int ahead = graph.distance(rows(other), rows(it));
        if (ahead == 0) {
            return behind == 0 ? "even with " + name : "%,d behind %s".formatted(behind, name);
        }
        return behind == 0
                ? "%,d ahead of %s".formatted(ahead, name)
                : "%,d behind, %,d ahead of %s".formatted(behind, ahead, name);
    }

    private static boolean isKnown(Cohort it, RevisionGraph graph) {
        return it.stamped() != null && it.position() != Position.NOT_SEEN && graph.unknown(rows(it)).isEmpty();
    }

    private static List<String> rows(Cohort it) {
        return it.stamped() == null ? List.of() : it.stamped();
    }
}
