package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.heartbeat.Heartbeats;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Further ledgers on the database of a test, as far as they evaluate. */
record TestEvaluators(DivergenceEvaluator divergences, DeployEvaluator deploys) {

    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** One for all: two ledgers that make the same ids at the same moment would be one. */
    private static final Random RANDOM = new Random(42);

    /** A ledger that starts and remembers nothing. */
    static TestEvaluators start(ApplicationContext context, Clock clock) {
        ProjectReader reader = new ProjectReader(context.getBean(EnvironmentViews.class),
                context.getBean(SchemaViews.class), context.getBean(StoredHistories.class),
                context.getBean(PipelineDemands.class), context.getBean(ProposedMerges.class));
        EvaluationCheckpoints checkpoints = new EvaluationCheckpoints(context.getBean(JdbcTemplate.class));
        ChangedEnvironments changes = new ChangedEnvironments(context.getBean(EventLog.class));
        ProjectStates states = new ProjectStates(reader, checkpoints, changes);
        Heartbeats heartbeats = context.getBean(Heartbeats.class);
        DivergenceViews views = context.getBean(DivergenceViews.class);
        DivergenceEvaluator evaluator = new DivergenceEvaluator(reader, checkpoints, changes, heartbeats,
                new ProjectEvaluator(reader, states, checkpoints, changes, heartbeats,
                        context.getBean(EnvironmentCommands.class), views, clock, RANDOM),
                clock, PATIENCE);
        return new TestEvaluators(evaluator, new DeployEvaluator(reader, states, evaluator, views));
    }
}
