package dev.migrationledger.ledger.divergence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.environment.ProjectSummary;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.core.collection.PersistentMap;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot.SourceSeen;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.History;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot;
import dev.migrationledger.ledger.divergence.project.SchemaComparisons;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads from the views what the rules need to know, and remembers of each environment what those across need of it. */
final class ProjectReader {

    /** What is remembered of an environment is small: its scripts are shared with all that have the same. */
    private static final int REMEMBERED = 20_000;
    private static final int PROJECTS = 100;

    private final EnvironmentViews environments;
    private final SchemaViews schemas;
    private final StoredHistories histories;
    private final PipelineDemands policies;
    private final ProposedMerges merges;
    private final SchemaComparisons comparisons;
    private final Cache<String, Edited> edited = Caffeine.newBuilder()
            .maximumSize(PROJECTS)
            .executor(Runnable::run)
            .build();
    private final Cache<Key, EnvironmentSnapshot> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    ProjectReader(
            EnvironmentViews environments, SchemaViews schemas, StoredHistories histories, PipelineDemands policies,
            ProposedMerges merges) {
        this.environments = environments;
        this.schemas = schemas;
        this.histories = histories;
        this.policies = policies;
        this.merges = merges;
        this.comparisons = new SchemaComparisons((project, environment) -> schema(project, environment).schema());
    }

    /** @param digest of its view: what an environment looks like never changes for one digest */
    private record Key(String project, String environment, String digest) {}

    List<String> projects() {
        return environments.projects().stream().map(ProjectSummary::project).toList();
    }

    Optional<EnvironmentView> environment(String project, String environment) {
        return environments.find(project, environment);
    }

    SchemaView schema(String project, String environment) {
        return schemas.find(project, environment).orElseGet(() -> SchemaView.empty(project, environment));
    }

    /** How many events a view comes from; empty where nobody remembers. */
    OptionalLong events(String project, String environment, String digest) {
        return environments.events(project, environment, digest);
    }

    /** The digest of an environment's view, if it comes from just so many events. */
    Optional<String> digest(String project, String environment, long events) {
        return environments.digest(project, environment, events);
    }

    /** Every form in which a source of the project ever had a revision; empty where none had. */
    Optional<RevisionHistory> remembered(String project, String revision) {
        return histories.revision(project, revision);
    }

    /** What rules across environments need of one; empty where it is gone. */
    Optional<EnvironmentSnapshot> snapshot(String project, String environment, String digest) {
        EnvironmentSnapshot known = remembered.getIfPresent(new Key(project, environment, digest));
        return known != null
                ? Optional.of(known)
                : environment(project, environment)
                        .map(view -> snapshot(view, schema(project, environment), digest));
    }

    EnvironmentSnapshot snapshot(EnvironmentView view, SchemaView schema, String digest) {
        Key key = new Key(view.project(), view.environment(), digest);
        EnvironmentSnapshot snapshot = snapshotOf(view, schema);
        EnvironmentSnapshot known = remembered.getIfPresent(key);
        if (known != null && known.equals(snapshot)) {
            return known;
        }
        remembered.put(key, snapshot);
        return snapshot;
    }

    static EnvironmentSnapshot snapshotOf(EnvironmentView view, SchemaView schema) {
        return new EnvironmentSnapshot(
                view.environment(),
                view.labels(),
                view.versionTable().map(VersionTable::rows).orElse(null),
                sources(view),
                EnvironmentEvaluator.statuses(view),
                view.proved(view.statuses()),
                schema.schema().map(SchemaComparisons::printOf).orElse(null),
                view.toolCall(),
                view.lastObservation(),
                view.observedRuns());
    }

    private static List<SourceSeen> sources(EnvironmentView view) {
        return view.sources().stream()
                .map(it -> new SourceSeen(it.source(), it.agent(), it.form(), it.digest(),
                        it.scripts().graph(), it.firstSeen(), it.lastSeen()))
                .toList();
    }

    /**
     * The revisions that somebody edited, and the scripts for which they were read.
     *
     * @param scripts of {@link KnownEnvironments}
     */
    private record Edited(Object scripts, EditedRevisions revisions) {}

    /**
     * Read again only when the scripts of an environment change: a thousand databases with a thousand revisions are a million sightings. Mostly
     * such a change edits nothing, and the history is the one that it was.
     */
    private History history(KnownEnvironments environments) {
        String project = environments.project();
        Edited known = edited.getIfPresent(project);
        if (known != null && known.scripts.equals(environments.scripts())) {
            return known.revisions;
        }
        EditedRevisions now = EditedRevisions.of(histories.edited(project), id -> histories.revision(project, id));
        EditedRevisions same = known != null && known.revisions.edited().equals(now.edited()) ? known.revisions : now;
        edited.put(project, new Edited(environments.scripts(), same));
        return same;
    }

    ProjectDemands demands(String project) {
        return new ProjectDemands(policies.pipelines(project), merges.proposed(project));
    }

    /** By project, of all that have any. */
    Map<String, ProjectDemands> demands() {
        Map<String, ProjectDemands> demands = new TreeMap<>();
        policies.pipelines().forEach((project, some) -> demands.put(project, new ProjectDemands(some, List.of())));
        merges.proposed().forEach((project, some) -> demands.merge(project, new ProjectDemands(List.of(), some),
                (one, other) -> new ProjectDemands(one.pipelines(), other.merges())));
        return demands;
    }

    ProjectSnapshot project(KnownEnvironments environments, ProjectDemands demands) {
        return new ProjectSnapshot(environments.snapshots(), history(environments),
                comparisons.of(environments.project()), demands.pipelines(), demands.merges());
    }

    /**
     * As {@link #project}, where an environment has scripts that the project's history may not have yet. They replace its others, so nothing
     * compares the two.
     *
     * @param deploying the environment
     * @param recorded all environments as they are recorded
     */
    ProjectSnapshot deploying(
            EnvironmentSnapshot deploying, KnownEnvironments recorded, ProjectDemands demands) {
        PersistentMap<EnvironmentSnapshot> others = recorded.snapshots().minus(deploying.name());
        History history = DeployingHistory.of(history(recorded), deploying, others.values());
        return new ProjectSnapshot(others.plus(deploying.name(), deploying.withCountingSource()), history,
                comparisons.of(recorded.project()), demands.pipelines(), demands.merges());
    }
}
