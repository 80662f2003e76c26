package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.environment.StatusMark;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.view.EnvironmentView;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an environment, or several that look the same, has of each revision.
 *
 * @param chosen whether the reader looks at it
 * @param graph of its scripts
 * @param statuses by revision, what counts as applied
 * @param read whether an agent could read its version table
 */
record GraphColumn(
        EnvironmentGroup group, boolean chosen, RevisionGraph graph, Map<String, RevisionStatus> statuses,
        boolean read) {

    static GraphColumn of(EnvironmentGroup group, boolean chosen, EnvironmentView view) {
        Map<String, RevisionStatus> statuses = new HashMap<>();
        view.statuses().forEach(status -> statuses.put(status.revision(), status));
        return new GraphColumn(group, chosen, view.graph(), statuses, view.versionTable().isPresent());
    }

    /** Absent: the version table was never read. */
    @Nullable
    StatusMark mark(String revision) {
        RevisionStatus status = statuses.get(revision);
        return status != null
                ? StatusMark.of(status)
                : !read ? null : graph.contains(revision) ? StatusMark.PENDING : StatusMark.UNREACHABLE;
    }
}
