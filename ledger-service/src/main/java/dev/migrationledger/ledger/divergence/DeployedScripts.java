package dev.migrationledger.ledger.divergence;

import dev.migrationledger.core.collection.PersistentMap;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import dev.migrationledger.ledger.schema.SchemaView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The scripts of a project's environments, as they are known now. */
public final class DeployedScripts {

    private final ProjectReader reader;
    private final ProjectStates states;
    private final ChangedEnvironments changes;

    /** Where a schema is in a long history takes a processor for seconds. */
    private final FairConcurrencyLimit limit = new FairConcurrencyLimit(2);

    DeployedScripts(ProjectReader reader, ProjectStates states, ChangedEnvironments changes) {
        this.reader = reader;
        this.states = states;
        this.changes = changes;
    }

    /**
     * The scripts of one environment, with what they do.
     *
     * @param schema that is live there; absent: no agent read it
     */
    public record Scripts(ScriptsSeen scripts, @Nullable SchemaSeen schema) {}

    /** With an environment that is used. */
    public List<String> projects() {
        return reader.projects();
    }

    /** By project, a mark that changes with each event about its environments. Only projects with an event since the start. */
    public Map<String, Long> marks() {
        changes.look();
        return changes.lastLooks();
    }

    /**
     * The environments of a project that are used.
     *
     * @param byName sorted
     * @param graphs the scripts that count in any of them, each with the first environment in which they do, in the order of these
     */
    public record Environments(PersistentMap<EnvironmentSnapshot> byName, Map<String, RevisionGraph> graphs) {}

    /** Those that are used. */
    public Environments environments(String project) {
        KnownEnvironments known = states.environments(project, Set.of());
        Map<String, RevisionGraph> graphs = new TreeMap<>();
        known.graphs().forEach((graph, names) -> graphs.put(names.keySet().iterator().next(), graph));
        return new Environments(known.snapshots(), graphs);
    }

    /** Which revisions the live schema of an environment matches; empty where it or its scripts were not read, or cannot be relied on. */
    public Optional<PhysicalState> physical(String project, String environment) {
        SchemaView schema = reader.schema(project, environment);
        return reader.environment(project, environment)
                .flatMap(view -> Optional.ofNullable(limit.in(() -> EnvironmentEvaluator.physical(view, schema))));
    }

    /** Empty where no agent has seen any. */
    public Optional<Scripts> scripts(String project, String environment) {
        SchemaView schema = reader.schema(project, environment);
        return reader.environment(project, environment)
                .flatMap(view -> Optional.ofNullable(EnvironmentEvaluator.scripts(view, schema)))
                .map(scripts -> new Scripts(scripts, schema.schema().orElse(null)));
    }
}
