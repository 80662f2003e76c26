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
import java.util.Set;
import java.util.TreeSet;
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
    private final Heartbeats heartbeats;
    private final ProjectEvaluator evaluator;
    private final Clock clock;

    /** By project, what people demanded when it was evaluated last. */
    private final Map<String, ProjectDemands> evaluatedDemands = new ConcurrentHashMap<>();

    /** Evaluated again after each start, too: a newer ledger may have better rules. */
    private final Set<String> evaluatedSinceStart = ConcurrentHashMap.newKeySet();

    private volatile HeartbeatMonitor monitor;
    private volatile Map<String, Map<String, Map<String, Instant>>> lastHeartbeats = Map.of();

    DivergenceEvaluator(
            ProjectReader reader, EvaluationCheckpoints checkpoints, Heartbeats heartbeats, ProjectEvaluator evaluator,
            Clock clock,
            Duration patience) {
        this.reader = reader;
        this.checkpoints = checkpoints;
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
        Set<String> due = new TreeSet<>(checkpoints.due());
        Map<String, String> silenceDigests = checkpoints.silenceDigests();
        Map<String, Map<String, Map<String, Instant>>> latest = new HashMap<>();
        for (EnvironmentHeartbeats it : heartbeats.all()) {
            latest.computeIfAbsent(it.project(), _ -> new HashMap<>())
                    .put(it.environment(), monitor.corrected(it.agents()));
            String name = it.project() + "/" + it.environment();
            if (!monitor.silenceDigest(it.agents()).equals(silenceDigests.getOrDefault(name, ""))) {
                due.add(it.project());
            }
        }
        lastHeartbeats = latest;
        Map<String, ProjectDemands> demanded = reader.demands();
        Stream.concat(demanded.keySet().stream(), evaluatedDemands.keySet().stream())
                .filter(project -> !demanded.getOrDefault(project, ProjectDemands.NONE)
                        .equals(evaluatedDemands.getOrDefault(project, ProjectDemands.NONE)))
                .forEach(due::add);
        reader.projects().stream().filter(project -> !evaluatedSinceStart.contains(project)).forEach(due::add);
        return due.stream().map(StreamId.Project::new).collect(Collectors.toUnmodifiableSet());
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
        evaluator.evaluate(project, lastHeartbeats.getOrDefault(project, Map.of()), monitor,
                !evaluatedSinceStart.contains(project));
        evaluatedSinceStart.add(project);
        evaluatedDemands.put(project, demanded);
    }
}
