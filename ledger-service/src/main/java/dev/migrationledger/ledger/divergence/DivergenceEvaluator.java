package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.heartbeat.HeartbeatMonitor;
import dev.migrationledger.ledger.heartbeat.HeartbeatMonitor.Presence;
import dev.migrationledger.ledger.heartbeat.Heartbeats;
import dev.migrationledger.ledger.heartbeat.Heartbeats.EnvironmentHeartbeats;
import dev.migrationledger.ledger.recording.automation.Automation;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Evaluates the divergences of each project that is due: events changed one of its environments since the last time, an agent fell silent or came
 * back, or its policy says something else of pipelines, or a merge was approved. Evaluating once too often records nothing, because the environment knows what is open.
 */
final class DivergenceEvaluator implements Automation<StreamId.Project> {

    private final ProjectReader reader;
    private final EvaluationCheckpoints checkpoints;
    private final ChangedEnvironments changes;
    private final Heartbeats heartbeats;
    private final ProjectEvaluator evaluator;
    private final Clock clock;

    /** By project, what people demanded when it was evaluated last. */
    private final Map<String, ProjectDemands> evaluatedDemands = new ConcurrentHashMap<>();

    /** Evaluated again after each start, too: a newer ledger may have better rules. */
    private final Set<String> evaluatedSinceStart = ConcurrentHashMap.newKeySet();

    /** By project, the environments that are due. None for a project that is due because people demand something else. */
    private final Map<String, Set<String>> pending = new ConcurrentHashMap<>();

    /** Up to this look of {@link ChangedEnvironments} they are known. */
    private long look;

    private volatile HeartbeatMonitor monitor;
    private volatile Map<String, Map<String, Map<String, Instant>>> lastHeartbeats = Map.of();

    DivergenceEvaluator(
            ProjectReader reader, EvaluationCheckpoints checkpoints, ChangedEnvironments changes, Heartbeats heartbeats,
            ProjectEvaluator evaluator, Clock clock, Duration patience) {
        this.reader = reader;
        this.checkpoints = checkpoints;
        this.changes = changes;
        this.heartbeats = heartbeats;
        this.evaluator = evaluator;
        this.clock = clock;
        this.monitor = HeartbeatMonitor.startedAt(clock.instant(), patience);
    }

    @Override
    public String name() {
        return "evaluate-divergences";
    }

    @Override
    public synchronized Set<StreamId.Project> due() {
        monitor = monitor.continuedAt(clock.instant());
        look = changes.look();
        checkpoints.due().forEach(this::isDue);
        Map<String, String> silenceDigests = checkpoints.silenceDigests();
        Map<String, Map<String, Map<String, Instant>>> latest = new HashMap<>();
        for (EnvironmentHeartbeats it : heartbeats.all()) {
            latest.computeIfAbsent(it.project(), _ -> new HashMap<>())
                    .put(it.environment(), monitor.corrected(it.agents()));
            String name = it.project() + "/" + it.environment();
            if (!monitor.isEvaluated(it.agents(), silenceDigests.getOrDefault(name, ""))) {
                isDue(it.project(), Set.of(it.environment()));
            }
        }
        lastHeartbeats = latest;
        reader.projects().stream().filter(project -> !evaluatedSinceStart.contains(project))
                .forEach(project -> isDue(project, Set.of()));
        return demandsAndPending();
    }

    @Override
    public synchronized Set<StreamId.Project> dueByEvents() {
        long before = look;
        look = changes.look();
        checkpoints.due(changes.since(before)).forEach(this::isDue);
        return demandsAndPending();
    }

    private void isDue(String project, Set<String> environments) {
        pending.merge(project, environments, (some, others) -> Stream.concat(some.stream(), others.stream())
                .collect(Collectors.toUnmodifiableSet()));
    }

    private Set<StreamId.Project> demandsAndPending() {
        Map<String, ProjectDemands> demanded = reader.demands();
        Stream.concat(demanded.keySet().stream(), evaluatedDemands.keySet().stream())
                .filter(project -> !demanded.getOrDefault(project, ProjectDemands.NONE)
                        .equals(evaluatedDemands.getOrDefault(project, ProjectDemands.NONE)))
                .forEach(project -> isDue(project, Set.of()));
        return pending.keySet().stream().map(StreamId.Project::new).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether an environment's agents are there, as it was known when the automation looked last. */
    Presence presence(String project, String environment, Set<String> watching) {
        return monitor.presence(lastHeartbeats.getOrDefault(project, Map.of()).getOrDefault(environment, Map.of()),
                watching);
    }

    @Override
    public void run(StreamId.Project target) {
        String project = target.project();
        // Before it is evaluated: what is applied or approved meanwhile makes it due again.
        ProjectDemands demanded = reader.demands(project);
        Set<String> due = Objects.requireNonNullElse(pending.remove(project), Set.of());
        try {
            evaluator.evaluate(project, due, monitor, !evaluatedSinceStart.contains(project));
        } catch (RuntimeException | Error e) {
            isDue(project, due);
            throw e;
        }
        evaluatedSinceStart.add(project);
        evaluatedDemands.put(project, demanded);
    }
}
