package dev.migrationledger.ledger.recording.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.store.PositionedEvent;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;

@LedgerTest
class EventPositionsTest {

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    EventLog log;

    @Autowired
    JdbcTemplate jdbc;

    @Value("${spring.datasource.url}")
    String database;

    @Test
    void an_event_that_commits_late_is_not_missed() throws Exception {
        record("early", 1);
        long before = log.end();
        try (Connection late = DriverManager.getConnection(database)) {
            late.setAutoCommit(false);
            insert(late, "late");
            record("meanwhile", 1);

            assertThat(log.after(before, 100)).as("an earlier position may still appear").isEmpty();
            assertThat(log.end()).isEqualTo(before);
            late.commit();
        }
        assertThat(streams(log.after(before, 100))).startsWith("navbot/late", "navbot/meanwhile");
    }

    /** The late one has an earlier position and a later transaction id. */
    @Test
    void an_event_of_a_transaction_that_began_after_the_one_that_overtakes_it_is_not_missed() throws Exception {
        record("sample", 1);
        long before = log.end();
        try (Connection overtaking = DriverManager.getConnection(database);
                Connection late = DriverManager.getConnection(database)) {
            overtaking.setAutoCommit(false);
            late.setAutoCommit(false);
            overtaking.createStatement().execute("select pg_current_xact_id()");
            insert(late, "overtaken");
            insert(overtaking, "overtaking");
            overtaking.commit();
            assertThat(log.after(before, 100)).isEmpty();
            late.commit();
        }
        assertThat(streams(log.after(before, 100))).startsWith("navbot/overtaken", "navbot/overtaking");
    }

    /** A migration that runs for hours in another database of the server. */
    @Test
    void transactions_that_do_not_write_events_hold_nothing_up() throws Exception {
        record("alone", 1);
        String maintenance = database.replaceFirst("/[^/?]+(\\?|$)", "/postgres$1");
        try (Connection elsewhere = DriverManager.getConnection(maintenance);
                Connection here = DriverManager.getConnection(database)) {
            for (Connection other : List.of(elsewhere, here)) {
                other.setAutoCommit(false);
                other.createStatement().execute("select pg_current_xact_id()");
            }
            here.createStatement().execute("select count(*) from ledger.event");
            long before = log.end();
            record("unhindered", 1);
            assertThat(streams(log.after(before, 100))).isNotEmpty().allMatch("navbot/unhindered"::equals);
        }
    }

    @Test
    void a_transaction_that_is_rolled_back_holds_nothing_up_afterwards() throws Exception {
        record("first", 1);
        long before = log.end();
        try (Connection failing = DriverManager.getConnection(database)) {
            failing.setAutoCommit(false);
            insert(failing, "rolled-back");
            record("second", 1);
            assertThat(log.after(before, 100)).isEmpty();
            failing.rollback();
        }
        assertThat(streams(log.after(before, 100))).isNotEmpty().allMatch("navbot/second"::equals);
    }

    /** Between a position and the row there is time: a trigger makes it long. */
    @Test
    void a_transaction_that_has_drawn_a_position_and_written_nothing_yet_is_not_missed() throws Exception {
        record("sample", 1);
        jdbc.execute("create function ledger.slow() returns trigger language plpgsql as"
                + " $$ begin perform pg_sleep(1.5); return new; end $$");
        jdbc.execute("create trigger slow before insert on ledger.event for each row when (new.stream = 'navbot/slow')"
                + " execute function ledger.slow()");
        long before = log.end();
        CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> {
            try (Connection connection = DriverManager.getConnection(database)) {
                insert(connection, "slow");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await().until(() -> jdbc.queryForObject("select exists (select from pg_stat_activity"
                + " where datname = current_database() and wait_event = 'PgSleep')", Boolean.class));
        record("quick", 1);

        assertThat(log.after(before, 100)).isEmpty();
        slow.join();
        assertThat(streams(log.after(before, 100))).startsWith("navbot/slow", "navbot/quick");
    }

    @Test
    void who_follows_while_many_record_sees_each_event_once_in_order() throws Exception {
        long start = log.end();
        List<PositionedEvent> seen = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<Void>> all = IntStream.range(0, 8)
                    .mapToObj(stream -> CompletableFuture.runAsync(
                            () -> IntStream.rangeClosed(1, 40).forEach(sequence -> record("many-" + stream, sequence)),
                            writers))
                    .toList();
            CompletableFuture<Void> written = CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
            while (!written.isDone()) {
                seen.addAll(log.after(seen.isEmpty() ? start : seen.getLast().position(), 7));
            }
            written.join();
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            seen.addAll(log.after(seen.getLast().position(), 1_000));
            return Integer.valueOf(seen.size()).equals(jdbc.queryForObject(
                    "select count(*)::int from ledger.event where global_index > ?", Integer.class, start));
        });
        assertThat(seen).extracting(PositionedEvent::position).containsExactlyElementsOf(jdbc.queryForList(
                "select global_index from ledger.event where global_index > ? order by 1", Long.class, start));
        assertThat(streams(seen)).contains("navbot/many-0", "navbot/many-7");
    }

    private void record(String environment, long sequence) {
        environmentCommands
                .record(SampleBatches.command(SampleBatches.events("navbot", environment, sequence, sequence)));
    }

    /** Any recorded event once more, in another stream. */
    private static void insert(Connection connection, String environment) throws SQLException {
        try (var statement = connection.prepareStatement(
                """
                        insert into ledger.event (event_identifier, stream, sequence_number, stream_type, payload_type, payload_revision, payload, metadata, time_stamp)
                        select gen_random_uuid()::text, 'navbot/' || ?, 0, stream_type, payload_type, payload_revision, payload,
                            convert_to(replace(convert_from(metadata, 'UTF8'), '"' || split_part(stream, '/', 2) || '"', '"' || ? || '"'), 'UTF8'), time_stamp
                        from ledger.event order by global_index limit 1
                        """)) {
            statement.setString(1, environment);
            statement.setString(2, environment);
            statement.executeUpdate();
        }
    }

    private static List<String> streams(List<PositionedEvent> events) {
        return events.stream().map(PositionedEvent::event).map(EventPositionsTest::stream).toList();
    }

    private static String stream(RecordedEvent event) {
        return StreamId.of(event).key();
    }
}
