package dev.migrationledger.ledger.divergence;

import dev.migrationledger.core.collection.PersistentMap;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot.SourceSeen;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environments of a project that are in use, as their views were at one moment.
 *
 * @param project its name
 * @param look of {@link ChangedEnvironments}: all that it found is in here
 * @param scripts the same as long as every source of every environment has the scripts that it had
 * @param digests of the views, by name
 * @param snapshots by name
 * @param graphs the scripts that count in any of them, each with the names of those in which they do; a name is its own value
 */
record KnownEnvironments(
        String project, long look, Object scripts, PersistentMap<String> digests,
        PersistentMap<EnvironmentSnapshot> snapshots, Map<RevisionGraph, PersistentMap<String>> graphs) {

    KnownEnvironments {
        graphs = Collections.unmodifiableMap(graphs);
    }

    static KnownEnvironments none(String project) {
        return new KnownEnvironments(project, 0, new Object(), PersistentMap.empty(), PersistentMap.empty(), Map.of());
    }

    /**
     * An environment.
     *
     * @param digest of its view; absent: it is not in use
     * @param snapshot absent: its view is gone
     */
    record Known(@Nullable String digest, @Nullable EnvironmentSnapshot snapshot) {
        static final Known UNUSED = new Known(null, null);
    }

    /**
     * The same at a later moment.
     *
     * @param changed by name, what may not be as it was
     */
    KnownEnvironments with(long now, Map<String, Known> changed) {
        PersistentMap<String> newDigests = digests;
        PersistentMap<EnvironmentSnapshot> newSnapshots = snapshots;
        Map<RevisionGraph, PersistentMap<String>> moved = new HashMap<>();
        boolean sameScripts = true;
        for (Map.Entry<String, Known> one : changed.entrySet()) {
            String name = one.getKey();
            EnvironmentSnapshot before = snapshots.get(name);
            EnvironmentSnapshot after = one.getValue().snapshot;
            String digest = one.getValue().digest;
            newDigests = digest == null ? newDigests.minus(name) : newDigests.plus(name, digest);
            newSnapshots = after == null ? newSnapshots.minus(name) : newSnapshots.plus(name, after);
            sameScripts &= scripts(before).equals(scripts(after));
            if (before == null || after == null || before.graph() != after.graph()) {
                if (before != null) {
                    moved.put(before.graph(), names(before.graph(), moved).minus(name));
                }
                if (after != null) {
                    moved.put(after.graph(), names(after.graph(), moved).plus(name, name));
                }
            }
        }
        return new KnownEnvironments(project, now, sameScripts ? scripts : new Object(), newDigests, newSnapshots,
                moved.isEmpty() ? graphs : with(moved));
    }

    private PersistentMap<String> names(RevisionGraph graph, Map<RevisionGraph, PersistentMap<String>> moved) {
        return moved.getOrDefault(graph, graphs.getOrDefault(graph, PersistentMap.empty()));
    }

    private Map<RevisionGraph, PersistentMap<String>> with(Map<RevisionGraph, PersistentMap<String>> moved) {
        Map<RevisionGraph, PersistentMap<String>> others = new HashMap<>(graphs);
        others.putAll(moved);
        others.values().removeIf(Map::isEmpty);
        return others;
    }

    private record Scripts(String agent, String source, String digest) {
        static Scripts of(SourceSeen seen) {
            return new Scripts(seen.agent(), seen.source(), seen.digest());
        }
    }

    private static List<Scripts> scripts(@Nullable EnvironmentSnapshot environment) {
        return environment == null ? List.of() : environment.sources().stream().map(Scripts::of).toList();
    }
}
