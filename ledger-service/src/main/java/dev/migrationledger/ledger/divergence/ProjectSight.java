package dev.migrationledger.ledger.divergence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.environment.ProjectSummary;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.rules.Observations.ToolCall;
import dev.migrationledger.ledger.divergence.across.EnvironmentSeen;
import dev.migrationledger.ledger.divergence.across.EnvironmentSeen.SourceSeen;
import dev.migrationledger.ledger.divergence.across.ProjectSeen;
import dev.migrationledger.ledger.divergence.across.ProjectSeen.History;
import dev.migrationledger.ledger.divergence.across.ProjectSeen.Variant;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads from the views what the rules need to know, and remembers of each environment what those across need of it. */
final class ProjectSight {

    /** What is remembered of an environment is small: its scripts are shared with all that have the same. */
    private static final int REMEMBERED = 20_000;

    private final EnvironmentViews environments;
    private final SchemaViews schemas;
    private final Cache<Key, EnvironmentSeen> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    ProjectSight(EnvironmentViews environments, SchemaViews schemas) {
        this.environments = environments;
        this.schemas = schemas;
    }

    /** Of files that are gone nothing is known. */
    private static final History FORGETFUL = new History() {
        @Override
        public Set<String> contested() {
            return Set.of();
        }

        @Override
        public List<Variant> variants(String revision) {
            return List.of();
        }
    };

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

    /** What rules across environments need of one; empty where it is gone. */
    Optional<EnvironmentSeen> seen(String project, String environment, String digest) {
        EnvironmentSeen known = remembered.getIfPresent(new Key(project, environment, digest));
        return known != null
                ? Optional.of(known)
                : environment(project, environment)
                        .map(view -> seen(view, schema(project, environment), digest));
    }

    EnvironmentSeen seen(EnvironmentView view, SchemaView schema, String digest) {
        EnvironmentSeen seen = new EnvironmentSeen(
                view.environment(),
                view.labels(),
                view.versionTable().map(VersionTable::rows).orElse(null),
                sources(view),
                EnvironmentJudge.standings(view),
                schema.schema().map(it -> it.snapshot().fingerprint()).orElse(null),
                view.approvedMerges());
        remembered.put(new Key(view.project(), view.environment(), digest), seen);
        return seen;
    }

    private static List<SourceSeen> sources(EnvironmentView view) {
        return view.sources().stream()
                .map(it -> new SourceSeen(it.source(), it.agent(), it.scripts().graph(), it.firstSeen(), it.lastSeen()))
                .toList();
    }

    ProjectSeen project(String project, Map<String, EnvironmentSeen> seen) {
        return new ProjectSeen(seen, FORGETFUL, name -> schema(project, name).schema(), ToolCall.ALEMBIC);
    }
}
