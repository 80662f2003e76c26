package dev.migrationledger.ledger.divergence;

import com.github.benmanes.caffeine.cache.Cache;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceEvent;
import dev.migrationledger.core.collection.PersistentMap;
import dev.migrationledger.ledger.divergence.EvaluationCheckpoints.Checkpoint;
import dev.migrationledger.ledger.divergence.project.RuleResult;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordDivergences;
import dev.migrationledger.ledger.heartbeat.HeartbeatMonitor.Presence;
import dev.migrationledger.ledger.heartbeat.HeartbeatMonitor;
import dev.migrationledger.ledger.heartbeat.Heartbeats;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.view.EnvironmentView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates one project: its environments of which more is known than was evaluated, each by itself, and all of them together. What is found
 * as it was found before is not recorded again.
 */
final class ProjectEvaluator {

    private static final Logger log = LoggerFactory.getLogger(ProjectEvaluator.class);

    /** Environments that are evaluated and recorded at once, of all projects together, each with a connection. Projects take turns. */
    private static final int ENVIRONMENTS = 2;

    private final ProjectReader reader;
    private final ProjectStates states;
    private final EvaluationCheckpoints checkpointStore;
    private final ChangedEnvironments changes;
    private final Heartbeats heartbeats;
    private final EnvironmentCommands environments;
    private final DivergenceViews divergences;
    private final Clock clock;
    private final RandomGenerator random;
    private final FairConcurrencyLimit limit = new FairConcurrencyLimit(ENVIRONMENTS);

    /** The latest of each project: what is as it was then is not looked at again. */
    private final Cache<String, Done> done = ProjectStates.latest((_, one) -> 1 + one.results.size());

    ProjectEvaluator(
            ProjectReader reader, ProjectStates states, EvaluationCheckpoints checkpointStore,
            ChangedEnvironments changes, Heartbeats heartbeats, EnvironmentCommands environments,
            DivergenceViews divergences, Clock clock, RandomGenerator random) {
        this.reader = reader;
        this.states = states;
        this.checkpointStore = checkpointStore;
        this.changes = changes;
        this.heartbeats = heartbeats;
        this.environments = environments;
        this.divergences = divergences;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Evaluates what is due. Only while no other ledger evaluates the project.
     *
     * @param names environments that are due though nothing may have been recorded about them since the last time
     * @param all whether every environment is due
     * @return how many events were recorded
     * @throws RuntimeException the first failure, after every other environment had its turn
     */
    int evaluate(String project, Set<String> names, HeartbeatMonitor monitor, boolean all) {
        Done last = limit.in(() -> checkpointStore.begin(project)) && !all ? done.getIfPresent(project) : null;
        // What failed is looked at again as if nothing was known.
        done.invalidate(project);
        Round round = limit.in(() -> new Round(project, names, monitor, all, last));
        FailureCollector failures = new FailureCollector();
        failures.at(() -> limit.each(round.names, round::evaluate));
        PersistentMap<RuleResult> results = limit.in(() -> states.of(round.known).findings());
        failures.at(() -> limit.each(round.affected(results, last),
                name -> round.record(name, results.getOrDefault(name, RuleResult.NONE))));
        failures.at(() -> limit.run(() -> checkpointStore.write(project, round.checkpoints)));
        failures.end();
        round.before.putAll(round.checkpoints);
        done.put(project, new Done(round.known.look(), round.before, results));
        return round.recorded.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * How a project was left.
     *
     * @param look of {@link ChangedEnvironments}: all that it found is evaluated
     * @param checkpoints by environment
     * @param results of the rules across environments, by environment
     */
    private record Done(long look, Map<String, Checkpoint> checkpoints, PersistentMap<RuleResult> results) {}

    /** What was found in one environment by itself. */
    private record EnvironmentResult(RuleResult result, String digest, @Nullable Instant observedAt) {

        /** A heartbeat says that the last observation still holds. */
        private static @Nullable Instant observedAt(
                EnvironmentView view, Presence presence, Map<String, Instant> agents) {
            Instant latest = view.observedAt() == null ? view.recordedAt() : view.observedAt();
            for (Instant heartbeat : agents.values()) {
                latest = latest == null || heartbeat.isAfter(latest) ? heartbeat : latest;
            }
            return presence instanceof Presence.Missing missing && (latest == null
                    || missing.silence().asOf().isAfter(latest)) ? missing.silence().asOf() : latest;
        }
    }

    /** Evaluating all of a project once. */
    private final class Round {
        private final String project;
        private final HeartbeatMonitor monitor;
        private final boolean all;
        private final KnownEnvironments known;
        private final Map<String, Checkpoint> before;

        /** That may be due. */
        private final Set<String> names;

        private final Map<String, Map<String, Instant>> lastHeartbeats;
        private final Map<String, EnvironmentResult> due = new ConcurrentHashMap<>();
        private final Map<String, Checkpoint> checkpoints = new ConcurrentSkipListMap<>();
        private final Map<String, Integer> recorded = new ConcurrentHashMap<>();

        Round(String project, Set<String> suspects, HeartbeatMonitor monitor, boolean all, @Nullable Done last) {
            this.project = project;
            this.monitor = monitor;
            this.all = all;
            // Before anything else is read: what comes in meanwhile is evaluated, or else is due again.
            this.known = states.environments(project, suspects);
            if (last == null) {
                this.names = known.digests().keySet();
                this.before = checkpointStore.of(project);
            } else {
                this.names = changes.since(project, last.look);
                this.names.addAll(suspects);
                this.before = last.checkpoints;
                Map<String, Checkpoint> read = checkpointStore.of(project, names);
                this.names.forEach(name -> before.compute(name, (_, _) -> read.get(name)));
                this.names.removeIf(name -> !known.digests().containsKey(name));
            }
            this.lastHeartbeats = heartbeats.of(project, names);
            lastHeartbeats.replaceAll((_, agents) -> monitor.corrected(agents));
        }

        /** The environments that may be due, and those whose result of the rules across environments has changed. */
        private Set<String> affected(PersistentMap<RuleResult> results, @Nullable Done last) {
            if (last == null) {
                return known.snapshots().keySet();
            }
            Set<String> affected = results.differing(last.results);
            affected.addAll(names);
            affected.removeIf(name -> !known.snapshots().containsKey(name));
            return affected;
        }

        private Checkpoint last(String name) {
            return before.getOrDefault(name, Checkpoint.NEVER);
        }

        private String digest(String name) {
            return Objects.requireNonNull(known.digests().get(name));
        }

        private String silence(String name) {
            return monitor.silenceDigest(lastHeartbeats.getOrDefault(name, Map.of()));
        }

        /** Evaluates an environment by itself, if it is due. */
        void evaluate(String name) {
            String digest = digest(name);
            if (!all && digest.equals(last(name).viewDigest())
                    && monitor.isEvaluated(lastHeartbeats.getOrDefault(name, Map.of()), last(name).silenceDigest())) {
                return;
            }
            reader.environment(project, name).ifPresent(view -> {
                Map<String, Instant> agents = lastHeartbeats.getOrDefault(name, Map.of());
                SchemaView schema = reader.schema(project, name);
                Presence presence = monitor.presence(agents, view.watching());
                RuleResult result = EnvironmentEvaluator.withHints(
                        EnvironmentEvaluator.evaluate(view, schema, presence), project, view.toolCall(),
                        id -> reader.remembered(project, id));
                due.put(name, new EnvironmentResult(result, FindingsDigest.of(result.evaluated(), result.findings()),
                        EnvironmentResult.observedAt(view, presence, agents)));
            });
        }

        /** Records what was found in an environment, if it is not what was found before. */
        void record(String name, RuleResult projectResult) {
            Checkpoint last = last(name);
            EnvironmentResult own = due.get(name);
            String projectDigest = FindingsDigest.of(projectResult.evaluated(), projectResult.findings());
            // Evaluated again at a start, it is what it was.
            boolean viewChanged = !digest(name).equals(last.viewDigest());
            boolean ownChanged = own != null && !own.digest.equals(last.environmentDigest());
            boolean projectChanged = !projectDigest.equals(last.projectDigest())
                    || (viewChanged && !last.projectRecorded());
            if (own == null && !projectChanged) {
                return;
            }
            Instant observedAt = own == null ? last.observedAt() : own.observedAt;
            String view = own == null ? last.viewDigest() : digest(name);
            boolean projectRecorded = viewChanged
                    || (last.projectRecorded() && projectDigest.equals(last.projectDigest()));
            if (ownChanged || projectChanged) {
                OptionalLong eventsBefore = digest(name).equals(view)
                        ? reader.events(project, name, digest(name))
                        : OptionalLong.empty();
                int events = recordDivergences(name, own, projectResult, viewChanged, observedAt, last);
                recorded.put(name, events);
                if (events > 0 && eventsBefore.isPresent()) {
                    // What evaluation itself recorded is no reason to evaluate again; what came in meanwhile is.
                    view = reader.digest(project, name, eventsBefore.getAsLong() + events).orElse(view);
                }
            }
            if (all || ownChanged || projectChanged) {
                // An older ledger may have said the same in other words.
                divergences.reword(project, name, findings(own, projectResult));
            }
            Checkpoint now = new Checkpoint(view, own == null ? last.silenceDigest() : silence(name),
                    own == null ? last.environmentDigest() : own.digest, projectDigest, projectRecorded, observedAt);
            if (!now.equals(last)) {
                checkpoints.put(name, now);
            }
        }

        private static List<Finding> findings(@Nullable EnvironmentResult own, RuleResult projectResult) {
            List<Finding> findings = new ArrayList<>(projectResult.findings());
            if (own != null) {
                findings.addAll(own.result.findings());
            }
            return findings;
        }

        private int recordDivergences(
                String name, @Nullable EnvironmentResult own, RuleResult projectResult, boolean viewChanged,
                @Nullable Instant observedAt,
                Checkpoint last) {
            Set<DivergenceCode> codes = EnumSet.noneOf(DivergenceCode.class);
            codes.addAll(projectResult.evaluated());
            if (own != null) {
                codes.addAll(own.result.evaluated());
            }
            Instant now = clock.instant();
            List<RecordedEvent> events = environments.recordDivergences(new RecordDivergences(
                    project, name, findings(own, projectResult), codes,
                    viewChanged ? Set.of() : projectResult.evaluated(),
                    Objects.requireNonNullElse(observedAt, now), last.observedAt(),
                    now, random.nextLong()));
            for (RecordedEvent event : events) {
                if (event.event() instanceof DivergenceEvent about) {
                    log.atInfo()
                            .addKeyValue("project", project)
                            .addKeyValue("environment", name)
                            .log(LogLine.of(about));
                }
            }
            return events.size();
        }
    }
}
