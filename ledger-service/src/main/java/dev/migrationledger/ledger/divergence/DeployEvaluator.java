package dev.migrationledger.ledger.divergence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.core.collection.PersistentMap;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.ledger.divergence.ProjectStates.ProjectState;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import dev.migrationledger.ledger.divergence.project.ProjectRules;
import dev.migrationledger.ledger.divergence.project.RuleResult;
import dev.migrationledger.ledger.heartbeat.HeartbeatMonitor.Presence;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.view.EnvironmentView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a deploy would meet: what the rules find in an environment as it was just observed, next to the other environments as they are known.
 * Nothing is recorded.
 *
 * <p>Evaluating an environment by itself is expensive and depends on no other, so its result is remembered for the observation and the digest
 * of its view. What the rules find across environments changes with any of them; {@link ProjectStates} works it out.
 */
public final class DeployEvaluator {

    /** About this many kilobytes are remembered of what was observed. */
    private static final int REMEMBERED = 32_000;

    private static final int REVISIONS_PER_KILOBYTE = 2;

    private final ProjectReader reader;
    private final ProjectStates states;
    private final DivergenceEvaluator evaluator;
    private final DivergenceViews divergences;
    private final Cache<Key, Evaluated> evaluated = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED)
            .<Key, Evaluated>weigher((_, one) -> one.kilobytes())
            .executor(Runnable::run)
            .build();

    DeployEvaluator(
            ProjectReader reader, ProjectStates states, DivergenceEvaluator evaluator, DivergenceViews divergences) {
        this.reader = reader;
        this.states = states;
        this.evaluator = evaluator;
        this.divergences = divergences;
    }

    /**
     * An environment as it was just observed.
     *
     * @param recorded as the ledger knows it
     * @param news whether the observation is not what the ledger knows
     * @param view as it would be if the observation were recorded
     * @param schema likewise
     */
    public record Observation(EnvironmentView recorded, boolean news, EnvironmentView view, SchemaView schema) {}

    /**
     * What was found.
     *
     * @param labels of the environment
     * @param observedAt by the ledger's clock, the last time anything was observed of it and recorded; absent: never
     * @param pending revisions that would run, parents first; none where a row is not in the scripts, because that is not known
     * @param others the project's other environments that are in use, by name
     */
    public record Result(
            List<Finding> findings, Map<String, String> labels, @Nullable Instant observedAt, List<String> pending,
            PersistentMap<EnvironmentSnapshot> others) {
        public Result {
            findings = List.copyOf(findings);
            labels = Map.copyOf(labels);
            pending = List.copyOf(pending);
        }
    }

    /** @param digest of the view that the ledger had */
    private record Key(String project, String environment, String digest, String observation) {}

    /**
     * An environment, evaluated by itself.
     *
     * @param news whether the observation is not what is recorded
     * @param watching agents that watch it
     * @param open what was found in it before
     * @param pending revisions that would run
     */
    private record Evaluated(
            EnvironmentSnapshot snapshot, boolean news, Map<String, String> labels, @Nullable Instant observedAt,
            Set<String> watching, Presence presence, RuleResult own, List<Divergence> open,
            List<String> pending) {

        /** Scripts of a recorded environment are shared with others that have the same. */
        int kilobytes() {
            return 1 + own.findings().size() + open.size()
                    + (news ? snapshot.graph().revisions().size() / REVISIONS_PER_KILOBYTE : 0);
        }

        /** Whether the project, as it is recorded, already has everything that a deploy would meet. */
        boolean isIn(ProjectState state) {
            return !news && snapshot.sources().size() <= 1
                    && snapshot.equals(state.environments().get(snapshot.name()));
        }
    }

    /**
     * Evaluates an environment.
     *
     * @param observation names what was just observed: equal for equal observations
     * @param observe gives it; asked only if it was not evaluated yet
     */
    public Result evaluate(
            String project, String environment, String observation, Supplier<Observation> observe) {
        // Read before everything else: what comes in meanwhile makes another key.
        ProjectState state = states.of(project);
        String digest = state.known().digests().get(environment);
        Evaluated one = digest == null
                ? evaluated(observe.get(), null)
                : remembered(new Key(project, environment, digest, observation), observe);
        RuleResult own = EnvironmentEvaluator.withHints(one.own, project, one.snapshot.tool(),
                id -> reader.remembered(project, id));
        RuleResult across = one.isIn(state)
                ? state.findings().getOrDefault(environment, RuleResult.NONE)
                : ProjectRules.evaluate(reader.deploying(one.snapshot, state.known(), state.demands()), environment);

        Set<DivergenceCode> codes = EnumSet.noneOf(DivergenceCode.class);
        codes.addAll(own.evaluated());
        codes.addAll(across.evaluated());
        List<Finding> findings = new ArrayList<>(own.findings());
        findings.addAll(across.findings());
        // What cannot be evaluated now is as it was found last.
        one.open.stream().filter(divergence -> !codes.contains(divergence.code())).map(Divergence::finding)
                .forEach(findings::add);
        return new Result(findings, one.labels, one.observedAt, one.pending, state.environments().minus(environment));
    }

    private Evaluated remembered(Key key, Supplier<Observation> observe) {
        Evaluated known = evaluated.get(key, _ -> evaluated(observe.get(), key.digest));
        if (known.presence.equals(evaluator.presence(key.project, key.environment, known.watching))) {
            return known;
        }
        evaluated.asMap().remove(key, known);
        return evaluated.get(key, _ -> evaluated(observe.get(), key.digest));
    }

    private static List<String> pending(EnvironmentView view) {
        RevisionGraph graph = view.graph();
        return view.versionTable().map(table -> ResolvedRows.of(table, graph))
                .map(rows -> rows.pending(graph)).orElse(List.of());
    }

    /** @param digest of the recorded view; absent: nothing is remembered */
    private Evaluated evaluated(Observation observation, @Nullable String digest) {
        EnvironmentView view = observation.view;
        EnvironmentSnapshot snapshot = digest == null || observation.news
                ? ProjectReader.snapshotOf(view, observation.schema)
                : reader.snapshot(view, observation.schema, digest);
        Presence presence = evaluator.presence(view.project(), view.environment(), view.watching());
        return new Evaluated(snapshot, observation.news, observation.recorded.labels(),
                observation.recorded.lastObservation(), view.watching(), presence,
                EnvironmentEvaluator.evaluate(view, observation.schema, presence),
                divergences.openIn(view.project(), List.of(view.environment()), null), pending(view));
    }
}
