package dev.migrationledger.core.merge;

import dev.migrationledger.contracts.environment.RevisionStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a history counts as applied in one environment.
 *
 * @param rows of its version table; absent: no agent could read it, or its own scripts do not know one of them
 * @param applied revisions that count as applied, by its own scripts
 * @param statuses how that is known, by revision
 */
public record PlacedEnvironment(
        String name, @Nullable List<String> rows, Set<String> applied, Map<String, RevisionStatus> statuses) {
    public PlacedEnvironment {
        rows = rows == null ? null : List.copyOf(rows);
        applied = Set.copyOf(applied);
        statuses = Map.copyOf(statuses);
    }

    /** Whether it is known what ran there. */
    boolean isKnown() {
        return rows != null;
    }
}
