package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.view.Story;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Two ledgers on one database take turns in evaluating a project, and each remembers how it left the project. */
@LedgerTest
class TwoLedgersEvaluateTest {

    private static final String PROJECT = "in-turn";

    @Autowired
    ApplicationContext context;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    DivergenceViews divergences;

    @Test
    void words_that_one_has_changed_are_put_right_by_the_other() {
        at("one", "x");
        at("two", "x");
        at("odd", "y");
        Story three = at("three", "x");
        DivergenceEvaluator first = ledger();
        DivergenceEvaluator second = ledger();
        run(first);
        run(second);
        assertThat(words()).contains("2 other environments have the same schema as 'one'.");

        three.at(10).schema("y", "z").recordIn(commands);
        run(first);
        assertThat(words()).contains("1 other environment has the same schema as 'one'.");

        three.at(20).schema("x").recordIn(commands);
        run(second);
        assertThat(words()).contains("2 other environments have the same schema as 'one'.");
        run(first);
        assertThat(words()).contains("2 other environments have the same schema as 'one'.");
    }

    private Story at(String name, String table) {
        Story story = new Story(PROJECT, name).scripts("a").applied("a").table("a").schema(table);
        story.recordIn(commands);
        return story;
    }

    private DivergenceEvaluator ledger() {
        return TestEvaluators.start(context, Clock.systemUTC()).divergences();
    }

    private static void run(DivergenceEvaluator ledger) {
        ledger.dueByEvents();
        if (ledger.due().contains(new StreamId.Project(PROJECT))) {
            ledger.run(new StreamId.Project(PROJECT));
        }
    }

    private List<String> words() {
        return divergences
                .find(new DivergenceFilter(PROJECT, "odd", List.of(DivergenceCode.SCHEMA_DIFFERS), List.of(), null,
                        null, null,
                        null, 10), ProjectScope.ALL)
                .getFirst().evidence().stream().map(Exhibit::value).toList();
    }
}
