package dev.migrationledger.ledger.divergence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import dev.migrationledger.core.collection.PersistentMap;
import dev.migrationledger.ledger.divergence.KnownEnvironments.Known;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import dev.migrationledger.ledger.divergence.project.ProjectEvaluation;
import dev.migrationledger.ledger.divergence.project.RuleResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Projects as they are recorded, and what the rules across environments find. Of the latest state of each project everything is remembered: only the
 * environments about which something was recorded since are read again.
 */
final class ProjectStates {

    /** Environments of all projects that are remembered. */
    private static final int REMEMBERED = 20_000;

    private final ProjectReader reader;
    private final EvaluationCheckpoints checkpoints;
    private final ChangedEnvironments changes;
    private final Cache<String, KnownEnvironments> environments = latest((_, known) -> 1 + known.snapshots().size());
    private final Cache<String, Evaluated> evaluated = latest(
            (_, one) -> 1 + one.state.environments().size());

    /** By project: what is asked twice at once is worked out once. */
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    ProjectStates(ProjectReader reader, EvaluationCheckpoints checkpoints, ChangedEnvironments changes) {
        this.reader = reader;
        this.checkpoints = checkpoints;
        this.changes = changes;
    }

    static <T> Cache<String, T> latest(Weigher<String, T> weigher) {
        return Caffeine.newBuilder().maximumWeight(REMEMBERED).weigher(weigher).executor(Runnable::run).build();
    }

    private record Evaluated(ProjectState state, ProjectEvaluation evaluation) {}

    /**
     * One state of a project.
     *
     * @param known its environments
     * @param findings by environment; one that no rule could evaluate is not there
     * @param demands what people demand
     */
    record ProjectState(KnownEnvironments known, PersistentMap<RuleResult> findings, ProjectDemands demands) {
        PersistentMap<EnvironmentSnapshot> environments() {
            return known.snapshots();
        }

        private boolean isOf(KnownEnvironments others, ProjectDemands other) {
            return known.digests().differing(others.digests()).isEmpty()
                    && known.snapshots().differing(others.snapshots()).isEmpty() && demands.equals(other);
        }
    }

    /** As it is recorded now. */
    ProjectState of(String project) {
        return of(environments(project, Set.of()));
    }

    /** With these environments. */
    ProjectState of(KnownEnvironments known) {
        String project = known.project();
        ProjectDemands demands = reader.demands(project);
        synchronized (lock(project)) {
            Evaluated last = evaluated.getIfPresent(project);
            if (last != null && last.state.isOf(known, demands)) {
                return last.state;
            }
            ProjectEvaluation evaluation = last == null ? new ProjectEvaluation() : last.evaluation;
            ProjectState state = new ProjectState(known, evaluation.evaluate(reader.project(known, demands)), demands);
            evaluated.put(project, new Evaluated(state, evaluation));
            return state;
        }
    }

    /**
     * The environments as they are recorded now.
     *
     * @param suspects read again though nothing was recorded about them: their views may have been made again
     */
    KnownEnvironments environments(String project, Collection<String> suspects) {
        long look = changes.look();
        synchronized (lock(project)) {
            KnownEnvironments last = environments.getIfPresent(project);
            KnownEnvironments now = last == null
                    ? read(KnownEnvironments.none(project), look, checkpoints.viewDigests(project), Set.of())
                    : updated(last, look, suspects);
            environments.put(project, now);
            return now;
        }
    }

    private Object lock(String project) {
        return locks.computeIfAbsent(project, _ -> new Object());
    }

    private KnownEnvironments updated(KnownEnvironments last, long look, Collection<String> suspects) {
        Set<String> names = changes.since(last.project(), last.look());
        names.addAll(suspects);
        if (names.isEmpty() && last.look() >= look) {
            return last;
        }
        Map<String, String> digests = names.isEmpty() ? Map.of() : checkpoints.viewDigests(last.project(), names);
        return read(last, Math.max(look, last.look()), digests, names);
    }

    /**
     * The same at a later moment.
     *
     * @param digests of those in use that may have changed
     * @param names of all that may have changed
     */
    private KnownEnvironments read(
            KnownEnvironments last, long look, Map<String, String> digests, Collection<String> names) {
        Map<String, Known> changed = new HashMap<>();
        digests.forEach((name, digest) -> {
            if (!digest.equals(last.digests().get(name))) {
                changed.put(name, new Known(digest, reader.snapshot(last.project(), name, digest).orElse(null)));
            }
        });
        names.stream().filter(name -> !digests.containsKey(name)).forEach(name -> changed.put(name, Known.UNUSED));
        return last.with(look, changed);
    }
}
