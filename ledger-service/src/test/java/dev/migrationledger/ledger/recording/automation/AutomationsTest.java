package dev.migrationledger.ledger.recording.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRetired;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RetireEnvironment;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.store.PositionedEvent;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.tracing.LedgerTraces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What it takes to add an automation: one bean. One follows the log, one the time. */
@LedgerTest
class AutomationsTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Added {

        /** As a webhook would: hands on what was recorded. */
        @Bean
        Automation<?> handOn(EventLog log, JdbcClient database, JdbcTemplate jdbc) {
            jdbc.execute("create table if not exists public.handed_on (position bigint, number bigserial)");
            return new EventFollower("hand-on", log, database, page -> {
                AutomationsTest.handOn(jdbc, page);
                if (FAILS.get()) {
                    throw new IllegalStateException("the receiver is away");
                }
            });
        }

        /** As an expiry would: retires environments whose time is over. */
        @Bean
        Expiry expiry(EnvironmentCommands environmentCommands, JdbcTemplate jdbc) {
            jdbc.execute("create table if not exists public.expires (environment text, at timestamptz)");
            return new Expiry(environmentCommands, jdbc);
        }
    }

    private static final AtomicBoolean FAILS = new AtomicBoolean();

    private static void handOn(JdbcTemplate jdbc, List<PositionedEvent> page) {
        page.forEach(one -> jdbc.update("insert into public.handed_on (position) values (?)", one.position()));
    }

    record Expiry(EnvironmentCommands environmentCommands,
            JdbcTemplate jdbc) implements Automation<StreamId.Environment> {
        @Override
        public String name() {
            return "expire";
        }

        @Override
        public Set<StreamId.Environment> due() {
            return JdbcClient.create(jdbc).sql("select environment from public.expires where at <= now()")
                    .query((row, _) -> row.getString(1)).list().stream()
                    .map(environment -> StreamId.of("navbot", environment))
                    .collect(Collectors.toSet());
        }

        @Override
        public void run(StreamId.Environment target) {
            if (target.environment().equals("stubborn")) {
                throw new IllegalStateException("this one cannot be retired");
            }
            environmentCommands
                    .retire(new RetireEnvironment(target.project(), target.environment(), "ada", "its time is over",
                            null, SampleBatches.NOON, 3));
            jdbc.update("delete from public.expires where environment = ?", target.environment());
        }
    }

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    Automations automations;

    @Autowired
    ObjectProvider<Automation<?>> beans;

    @Autowired
    AutomationHealth health;

    @Autowired
    LedgerTraces traces;

    @Autowired
    EventLog log;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource database;

    @BeforeEach
    void start() {
        FAILS.set(false);
        automations.start();
    }

    @AfterEach
    void stop() {
        automations.stop();
    }

    @Test
    void an_automation_that_follows_the_log_gets_every_event_in_order_soon_after_its_commit() {
        for (int sequence = 1; sequence <= 30; sequence++) {
            record("followed", sequence);
        }
        await().atMost(Duration.ofSeconds(5)).untilAsserted(
                () -> assertThat(new LinkedHashSet<>(handedOn())).containsExactlyElementsOf(recorded()));
    }

    @Test
    void what_failed_comes_again_and_nothing_is_left_out() {
        record("again", 1);
        await().untilAsserted(() -> assertThat(handedOn()).endsWith(recorded().getLast()));
        FAILS.set(true);
        record("again", 2);
        await().untilAsserted(() -> assertThat(handedOn()).endsWith(recorded().getLast()));
        assertThat(cursor()).as("what failed is not handled").isLessThan(log.end());
        FAILS.set(false);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(cursor()).isEqualTo(log.end()));
        assertThat(handedOn()).hasSizeGreaterThan(recorded().size());
        assertThat(new LinkedHashSet<>(handedOn())).containsExactlyElementsOf(recorded());
    }

    @Test
    void a_ledger_goes_on_where_another_one_ended() {
        record("resumed", 1);
        await().untilAsserted(() -> assertThat(cursor()).isEqualTo(log.end()));
        automations.stop();
        record("resumed", 2);
        List<PositionedEvent> next = new ArrayList<>();
        EventFollower other = new EventFollower("hand-on", log, JdbcClient.create(jdbc), page -> {
            next.addAll(page);
            handOn(jdbc, page);
        });

        other.run(new StreamId.Organisation());

        assertThat(next).singleElement().satisfies(one -> assertThat(one.position()).isEqualTo(log.end()));
        assertThat(other.due()).isEmpty();
    }

    @Test
    void two_ledgers_do_not_run_it_for_one_target_at_once() {
        automations.stop();
        automations.round();
        List<Long> before = handedOn();
        record("locked", 1);

        new AutomationLock(database).holding("hand-on", new StreamId.Organisation(), automations::round);
        assertThat(handedOn()).as("another ledger runs it").isEqualTo(before);

        automations.round();
        assertThat(handedOn()).endsWith(recorded().getLast());
    }

    @Test
    void a_lock_whose_connection_breaks_costs_the_pool_no_connection() {
        automations.stop();
        AutomationLock lock = new AutomationLock(database);
        AtomicInteger held = new AtomicInteger();
        for (int i = 0; i < 6; i++) {
            lock.holding("breaks", new StreamId.Organisation(), () -> {
                held.incrementAndGet();
                jdbc.execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
            });
        }
        assertThat(held).as("more often than the pool has connections").hasValue(6);
        record("after", 1);
    }

    /** An interrupted message of a webhook would be sent again by the next ledger. */
    @Test
    void a_ledger_that_stops_ends_the_step_that_it_began_and_gives_its_lock_back() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicReference<String> ended = new AtomicReference<>("");
        AutomationLock lock = new AutomationLock(database);
        AutomationLoop<StreamId.Organisation> loop = new AutomationLoop<>(new Automation<>() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public Set<StreamId.Organisation> due() {
                return Set.of(new StreamId.Organisation());
            }

            @Override
            public void run(StreamId.Organisation target) {
                throw new AssertionError("the loop says whether it stops");
            }

            @Override
            public void run(StreamId.Organisation target, BooleanSupplier stopping) {
                boolean before = stopping.getAsBoolean();
                began.countDown();
                try {
                    answer.await();
                    ended.set("stopping %s, then %s".formatted(before, stopping.getAsBoolean()));
                } catch (InterruptedException e) {
                    ended.set("interrupted");
                }
            }
        }, lock);
        loop.start();
        assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();

        loop.end();
        Thread stop = Thread.ofPlatform().start(() -> loop.awaitEnd(Duration.ofSeconds(20)));
        await().until(stop::getState, Thread.State.TIMED_WAITING::equals);
        assertThat(ended).hasValue("");
        answer.countDown();
        stop.join();

        assertThat(ended).hasValue("stopping false, then true");
        AtomicBoolean free = new AtomicBoolean();
        new AutomationLock(database).holding("slow", new StreamId.Organisation(), () -> free.set(true));
        assertThat(free).isTrue();
    }

    @Test
    void a_follower_ends_between_two_pages_when_its_ledger_stops() {
        automations.stop();
        automations.round();
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "pages", 1, 600)));
        List<Integer> pages = new ArrayList<>();
        EventFollower follower = new EventFollower("hand-on", log, JdbcClient.create(jdbc), page -> {
            pages.add(page.size());
            handOn(jdbc, page);
        });

        follower.run(new StreamId.Organisation(), () -> true);
        assertThat(pages).containsExactly(500);

        follower.run(new StreamId.Organisation());
        assertThat(pages).hasSize(2);
        assertThat(follower.due()).isEmpty();
    }

    @Test
    void time_makes_work_due_and_a_target_that_fails_keeps_no_other() {
        for (String environment : List.of("stubborn", "over", "later")) {
            record(environment, 1);
        }
        jdbc.update(
                "insert into public.expires values ('stubborn', now()), ('over', now()), ('later', now() + interval '1 day')");
        record("wakes", 1);

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(retired()).containsExactly("over"));
        jdbc.update("delete from public.expires");
    }

    /** Test ledgers start with automations disabled, so this one's health is asked of an enabled one beside it. */
    @Test
    void health_is_down_when_an_automation_completes_no_round_for_long() {
        assertThat(health.health().getDetails()).containsEntry("enabled", false);
        Automations enabled = new Automations(beans, database, true, traces);
        enabled.afterSingletonsInstantiated();
        AutomationHealth health = new AutomationHealth(enabled);

        assertThat(health.health().getDetails()).containsOnlyKeys("evaluate-divergences", "merges", "audit",
                "evidence-log", "checkpoint", "check-evidence", "close-overrides",
                "expire-acceptances", "follow-for-webhooks", "deliver-webhooks", "keep-past-views", "hand-on",
                "expire");
        assertThat(health.health(System.nanoTime() + Duration.ofMinutes(2).toNanos()).getStatus()).isEqualTo(Status.UP);
        assertThat(health.health(System.nanoTime() + Duration.ofMinutes(4).toNanos()).getStatus())
                .isEqualTo(Status.DOWN);
    }

    private List<String> retired() {
        return List.of("stubborn", "over", "later").stream()
                .filter(environment -> log.of(StreamId.of("navbot", environment)).map(RecordedEvent::event)
                        .anyMatch(EnvironmentRetired.class::isInstance))
                .toList();
    }

    private void record(String environment, long sequence) {
        environmentCommands
                .record(SampleBatches.command(SampleBatches.events("navbot", environment, sequence, sequence)));
    }

    private long cursor() {
        return Objects.requireNonNullElse(jdbc.queryForObject(
                "select max(position) from ledger.automation_cursor where automation = 'hand-on'", Long.class), 0L);
    }

    private List<Long> recorded() {
        return numbers("select global_index from ledger.event order by 1");
    }

    private List<Long> handedOn() {
        return numbers("select position from public.handed_on order by number");
    }

    private List<Long> numbers(String query) {
        return JdbcClient.create(jdbc).sql(query).query((row, _) -> row.getLong(1)).list();
    }

    /** Says what it was asked. */
    private record Asked(List<String> questions) implements Automation<StreamId.Organisation> {
        @Override
        public String name() {
            return "asked";
        }

        @Override
        public Set<StreamId.Organisation> due() {
            questions.add("due");
            return Set.of();
        }

        @Override
        public Set<StreamId.Organisation> dueByEvents() {
            questions.add("due by events");
            return Set.of();
        }

        @Override
        public void run(StreamId.Organisation target) {
            questions.add("run to the end");
        }

        @Override
        public void run(StreamId.Organisation target, BooleanSupplier stopping) {
            questions.add("run, stopping: " + stopping.getAsBoolean());
        }
    }

    @Test
    void one_whose_runs_are_in_traces_is_asked_as_it_would_be_without() {
        List<String> questions = new ArrayList<>();
        Automation<StreamId.Organisation> traced = TracedAutomation.of(new Asked(questions), traces);
        traced.due();
        traced.dueByEvents();
        traced.run(new StreamId.Organisation(), () -> true);
        assertThat(traced).isInstanceOf(TracedAutomation.class);
        assertThat(questions).containsExactly("due", "due by events", "run, stopping: true");
    }
}
