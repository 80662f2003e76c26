package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Story;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** An agent falls silent, by a clock that the test moves. Times are minutes past noon. */
@LedgerTest
class StaleStoryTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    EnvironmentViews views;

    @Autowired
    DivergenceViews divergences;

    @Autowired
    JdbcTemplate jdbc;

    private final MovedClock clock = new MovedClock();

    @Test
    void an_agent_that_falls_silent_is_missed_once_and_found_again() {
        new Story("silent").scripts("a").table("a").recordIn(environmentCommands);
        DivergenceEvaluator evaluator = ledgerStartsAt(0);
        listens(evaluator, 0, 10);
        sendHeartbeat("silent", 10);
        listens(evaluator, 10, 15);
        assertThat(stale("silent")).isEmpty();

        listens(evaluator, 16, 30);
        assertThat(stale("silent")).singleElement().satisfies(it -> {
            assertThat(it.message()).contains("a1");
            assertThat(it.firstSeen()).isEqualTo(minute(15));
            assertThat(it.state()).isEqualTo(Divergence.State.OPEN);
        });

        sendHeartbeat("silent", 31);
        listens(evaluator, 31, 32);
        assertThat(stale("silent")).singleElement().satisfies(it -> {
            assertThat(it.state()).isEqualTo(Divergence.State.RESOLVED);
            assertThat(it.resolvedAt()).isEqualTo(minute(31));
        });
    }

    @Test
    void a_deploy_meets_the_silence_of_an_agent_although_nothing_was_recorded() {
        Story story = new Story("deploying").scripts("a").table("a");
        story.recordIn(environmentCommands);
        sendHeartbeat("deploying", 10);
        TestEvaluators ledger = startsAt(10);
        DivergenceEvaluator evaluator = ledger.divergences();
        DeployEvaluator deploys = ledger.deploys();
        looks(evaluator, 10, 14);
        assertThat(codes(deploys)).doesNotContain(DivergenceCode.OBSERVATION_STALE);

        looks(evaluator, 15, 20);
        assertThat(codes(deploys)).contains(DivergenceCode.OBSERVATION_STALE);

        sendHeartbeat("deploying", 21);
        looks(evaluator, 21, 22);
        assertThat(codes(deploys)).doesNotContain(DivergenceCode.OBSERVATION_STALE);
    }

    private List<DivergenceCode> codes(DeployEvaluator deploys) {
        return deploys.evaluate("navbot", "deploying", "what was observed", () -> {
            EnvironmentView view = views.find("navbot", "deploying").orElseThrow();
            return new DeployEvaluator.Observation(view, false, view, SchemaView.empty("navbot", "deploying"));
        }).findings().stream().map(Finding::code).toList();
    }

    /** As {@link #listens}, and evaluates nothing. */
    private void looks(DivergenceEvaluator evaluator, int from, int until) {
        for (int minute = from; minute <= until; minute++) {
            clock.now = minute(minute);
            assertThat(evaluator.due()).isNotNull();
        }
    }

    @Test
    void a_starting_ledger_reports_and_resolves_no_silence_before_it_has_listened() {
        new Story("restart").scripts("a").table("a").recordIn(environmentCommands);
        sendHeartbeat("restart", 10);
        listens(ledgerStartsAt(10), 10, 20);
        assertThat(stale("restart")).hasSize(1);

        DivergenceEvaluator next = ledgerStartsAt(60);
        listens(next, 60, 64);
        assertThat(stale("restart")).singleElement().satisfies(
                it -> assertThat(it.state()).isEqualTo(Divergence.State.OPEN));
        listens(next, 65, 70);
        assertThat(stale("restart")).hasSize(1);

        new Story("innocent").scripts("a").table("a").recordIn(environmentCommands);
        sendHeartbeat("innocent", 58);
        DivergenceEvaluator third = ledgerStartsAt(100);
        listens(third, 100, 104);
        assertThat(stale("innocent")).isEmpty();
        listens(third, 105, 107);
        assertThat(stale("innocent")).hasSize(1);
    }

    @Test
    void an_agent_that_reported_its_stop_is_not_missed() {
        new Story("gone").scripts("a").table("a").says(new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP))
                .recordIn(environmentCommands);
        sendHeartbeat("gone", 10);
        listens(ledgerStartsAt(0), 0, 30);
        assertThat(stale("gone")).isEmpty();
    }

    @Test
    void an_agent_that_never_sent_a_heartbeat_is_not_missed() {
        new Story("old").scripts("a").table("a").recordIn(environmentCommands);
        listens(ledgerStartsAt(0), 0, 30);
        assertThat(stale("old")).isEmpty();
    }

    private DivergenceEvaluator ledgerStartsAt(int minute) {
        return startsAt(minute).divergences();
    }

    private TestEvaluators startsAt(int minute) {
        clock.now = minute(minute);
        return TestEvaluators.start(context, clock);
    }

    private void listens(DivergenceEvaluator evaluator, int from, int until) {
        for (int minute = from; minute <= until; minute++) {
            clock.now = minute(minute);
            evaluator.due().forEach(evaluator::run);
        }
    }

    /** As a heartbeat leaves it behind. */
    private void sendHeartbeat(String environment, int minute) {
        jdbc.update("""
                insert into ledger.heartbeat values ('navbot', ?, 'a1', ?)
                on conflict (project, environment, agent) do update set last_at = excluded.last_at
                """, environment, Timestamp.from(minute(minute)));
    }

    private List<Divergence> stale(String environment) {
        return divergences.find(new DivergenceFilter("navbot", environment, List.of(DivergenceCode.OBSERVATION_STALE),
                List.of(), null, null, null, null, 10), ProjectScope.ALL);
    }

    private static Instant minute(int minute) {
        return Story.NOON.plusSeconds(60L * minute);
    }

    private static final class MovedClock extends Clock {
        private Instant now = Story.NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
