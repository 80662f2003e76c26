package dev.migrationledger.ledger.divergence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import dev.migrationledger.ledger.divergence.project.ProjectRules;
import dev.migrationledger.ledger.divergence.project.RuleResult;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Projects as their views show them, and what the rules across environments find. That is the same for every question about one state of the
 * views, so it is worked out once. A state is named by the digests of the views and what people demand, so none can be out of date.
 */
final class ProjectStates {

    /** Environments of all states that are remembered. */
    private static final int REMEMBERED = 20_000;

    private final ProjectReader reader;
    private final Cache<Key, ProjectState> states = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED)
            .<Key, ProjectState>weigher((_, state) -> 1 + state.environments().size())
            .executor(Runnable::run)
            .build();

    ProjectStates(ProjectReader reader) {
        this.reader = reader;
    }

    private record Key(String project, Map<String, String> digests, ProjectDemands demands) {}

    /**
     * One state of a project.
     *
     * @param environments by name
     * @param findings by environment; one that no rule could evaluate is not there
     * @param demands what people demand
     */
    record ProjectState(
            Map<String, EnvironmentSnapshot> environments, Map<String, RuleResult> findings,
            ProjectDemands demands) {
        ProjectState {
            environments = Map.copyOf(environments);
            findings = Map.copyOf(findings);
        }
    }

    /** @param digests of the project's views, by environment */
    ProjectState of(String project, Map<String, String> digests) {
        return of(project, digests, () -> {
            Map<String, EnvironmentSnapshot> environments = new TreeMap<>();
            digests.forEach((name, digest) -> reader.snapshot(project, name, digest)
                    .ifPresent(it -> environments.put(name, it)));
            return environments;
        });
    }

    /** @param environments with these digests */
    ProjectState of(String project, Map<String, String> digests,
            Supplier<Map<String, EnvironmentSnapshot>> environments) {
        ProjectDemands demands = reader.demands(project);
        return states.get(new Key(project, Map.copyOf(digests), demands), _ -> {
            Map<String, EnvironmentSnapshot> read = environments.get();
            return new ProjectState(read, ProjectRules.evaluate(reader.project(project, read, demands)), demands);
        });
    }
}
