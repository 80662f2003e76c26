package dev.migrationledger.ledger.divergence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import dev.migrationledger.ledger.divergence.project.ProjectRules;
import dev.migrationledger.ledger.divergence.project.RuleResult;
import dev.migrationledger.ledger.heartbeat.HeartbeatMonitor.Presence;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.view.EnvironmentView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a deploy would meet: what the rules find in an environment as it was just observed, next to the other environments as they are known.
 * Nothing is recorded.
 */
public final class DeployEvaluator {

    private static final int REMEMBERED = 10_000;

    private final ProjectReader reader;
    private final EvaluationCheckpoints checkpoints;
    private final DivergenceEvaluator evaluator;
    private final DivergenceViews divergences;
    private final Cache<String, Result> evaluated = Caffeine.newBuilder().maximumSize(REMEMBERED)
            .executor(Runnable::run).build();

    DeployEvaluator(
            ProjectReader reader, EvaluationCheckpoints checkpoints, DivergenceEvaluator evaluator,
            DivergenceViews divergences) {
        this.reader = reader;
        this.checkpoints = checkpoints;
        this.evaluator = evaluator;
        this.divergences = divergences;
    }

    /**
     * What was found.
     *
     * @param others the project's other environments that are in use, by name
     */
    public record Result(List<Finding> findings, Map<String, EnvironmentSnapshot> others) {
        public Result {
            findings = List.copyOf(findings);
            others = Map.copyOf(others);
        }
    }

    /**
     * Evaluates an environment.
     *
     * @param view as it was just observed
     * @param schema likewise
     * @param observation names what was just observed: equal for equal observations
     */
    public Result evaluate(EnvironmentView view, SchemaView schema, String observation) {
        // Read before everything else: what comes in meanwhile makes another key.
        Map<String, String> digests = new TreeMap<>(checkpoints.viewDigests(view.project()));
        Presence presence = evaluator.presence(view);
        String key = Sha256.hex(view.project() + '\n' + view.environment() + '\n' + observation + '\n' + presence
                + '\n' + digests);
        Result known = evaluated.getIfPresent(key);
        if (known == null) {
            known = evaluate(view, schema, presence, digests);
            evaluated.put(key, known);
        }
        return known;
    }

    private Result evaluate(
            EnvironmentView view, SchemaView schema, Presence presence, Map<String, String> digests) {
        String here = view.environment();
        Map<String, EnvironmentSnapshot> others = new TreeMap<>();
        digests.forEach((name, digest) -> {
            if (!name.equals(here)) {
                reader.snapshot(view.project(), name, digest).ifPresent(it -> others.put(name, it));
            }
        });
        EnvironmentSnapshot deploying = ProjectReader.snapshotOf(view, schema);
        RuleResult own = EnvironmentEvaluator.evaluate(view, schema, presence,
                id -> reader.remembered(view.project(), id));
        RuleResult across = ProjectRules.evaluate(reader.deploying(view.project(), deploying, others))
                .getOrDefault(here, RuleResult.NONE);

        Set<DivergenceCode> codes = EnumSet.noneOf(DivergenceCode.class);
        codes.addAll(own.evaluated());
        codes.addAll(across.evaluated());
        List<Finding> findings = new ArrayList<>(own.findings());
        findings.addAll(across.findings());
        // What cannot be evaluated now is as it was found last.
        divergences.openIn(view.project(), List.of(here), null).stream()
                .filter(divergence -> !codes.contains(divergence.code()))
                .map(Divergence::finding)
                .forEach(findings::add);
        return new Result(findings, others);
    }
}
