package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;

/**
 * The environments of a project that are in use, as their views were at one moment.
 *
 * @param project its name
 * @param look of {@link ChangedEnvironments}: all that it found is in here
 * @param content equal as long as all else but the look is
 * @param scripts equal as long as every source of every environment has the scripts that it had
 * @param digests of the views, by name
 * @param snapshots by name
 */
record KnownEnvironments(
        String project, long look, long content, long scripts, Map<String, String> digests,
        SortedMap<String, EnvironmentSnapshot> snapshots) {
    KnownEnvironments {
        digests = Collections.unmodifiableMap(digests);
        snapshots = Collections.unmodifiableSortedMap(snapshots);
    }
}
