package dev.migrationledger.ledger.divergence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot.SourceSeen;
import dev.migrationledger.ledger.divergence.project.ProjectRules.Evaluation;
import dev.migrationledger.ledger.divergence.project.ProjectRules;
import dev.migrationledger.ledger.divergence.project.RuleResult;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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

    private final AtomicLong contents = new AtomicLong();

    ProjectStates(ProjectReader reader, EvaluationCheckpoints checkpoints, ChangedEnvironments changes) {
        this.reader = reader;
        this.checkpoints = checkpoints;
        this.changes = changes;
    }

    static <T> Cache<String, T> latest(Weigher<String, T> weigher) {
        return Caffeine.newBuilder().maximumWeight(REMEMBERED).weigher(weigher).executor(Runnable::run).build();
    }

    private record Evaluated(ProjectState state, Evaluation evaluation) {}

    /**
     * One state of a project.
     *
     * @param known its environments
     * @param findings by environment; one that no rule could evaluate is not there
     * @param demands what people demand
     */
    record ProjectState(KnownEnvironments known, Map<String, RuleResult> findings, ProjectDemands demands) {
        ProjectState {
            findings = Collections.unmodifiableMap(findings);
        }

        Map<String, EnvironmentSnapshot> environments() {
            return known.snapshots();
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
            if (last != null && last.state.known.content() == known.content()
                    && last.state.demands.equals(demands)) {
                return last.state;
            }
            Evaluation now = ProjectRules.evaluate(reader.project(known, demands),
                    last == null ? null : last.evaluation);
            ProjectState state = new ProjectState(known, now.results(), demands);
            evaluated.put(project, new Evaluated(state, now));
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
            KnownEnvironments now = last == null ? read(project, look) : updated(last, look, suspects);
            environments.put(project, now);
            return now;
        }
    }

    private Object lock(String project) {
        return locks.computeIfAbsent(project, _ -> new Object());
    }

    private KnownEnvironments read(String project, long look) {
        Map<String, String> digests = checkpoints.viewDigests(project);
        TreeMap<String, EnvironmentSnapshot> snapshots = new TreeMap<>();
        digests.forEach((name, digest) -> reader.snapshot(project, name, digest)
                .ifPresent(it -> snapshots.put(name, it)));
        long content = contents.incrementAndGet();
        return new KnownEnvironments(project, look, content, content, digests, snapshots);
    }

    private KnownEnvironments updated(KnownEnvironments last, long look, Collection<String> suspects) {
        Set<String> names = changes.since(last.project(), last.look());
        names.addAll(suspects);
        Map<String, String> now = names.isEmpty() ? Map.of() : checkpoints.viewDigests(last.project(), names);
        names.removeIf(name -> now.containsKey(name)
                ? now.get(name).equals(last.digests().get(name))
                : !last.digests().containsKey(name));
        if (names.isEmpty()) {
            return last.look() >= look
                    ? last
                    : new KnownEnvironments(last.project(), look, last.content(), last.scripts(), last.digests(),
                            last.snapshots());
        }
        Map<String, String> digests = new HashMap<>(last.digests());
        TreeMap<String, EnvironmentSnapshot> snapshots = new TreeMap<>(last.snapshots());
        boolean otherScripts = false;
        for (String name : names) {
            String digest = now.get(name);
            EnvironmentSnapshot snapshot = digest == null
                    ? null
                    : reader.snapshot(last.project(), name, digest).orElse(null);
            EnvironmentSnapshot before = snapshot == null ? snapshots.remove(name) : snapshots.put(name, snapshot);
            if (digest == null) {
                digests.remove(name);
            } else {
                digests.put(name, digest);
            }
            otherScripts |= !scripts(before).equals(scripts(snapshot));
        }
        long content = contents.incrementAndGet();
        return new KnownEnvironments(last.project(), Math.max(look, last.look()), content,
                otherScripts ? content : last.scripts(), digests, snapshots);
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
