package dev.migrationledger.agent.send;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.send.Sender.Outcome;
import dev.migrationledger.agent.send.TestLedger.Canned;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.core.situation.GapText;
import dev.migrationledger.testsupport.machine.FreePort;
import dev.migrationledger.testsupport.time.MovableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderTest {

    @TempDir
    Path temp;

    private final MovableClock clock = new MovableClock();
    private final TestLedger ledger = new TestLedger();
    private final LedgerClient connection = LedgerClient.at(ledger.url());
    private Spool spool;
    private Sender sender;

    @BeforeEach
    void open() {
        spool = Spool.open(temp.resolve("spool"), "navbot", "staging", "agent-1", clock);
        sender = new Sender(spool, connection, new Backoff(new Random(1)));
    }

    @AfterEach
    void close() {
        spool.close();
        connection.close();
        ledger.close();
    }

    @Test
    void events_arrive_in_order_in_batches_and_leave_the_spool() throws InterruptedException {
        record(1, 1_201);

        assertThat(drained()).isInstanceOf(Outcome.Empty.class);

        assertThat(ledger.batches()).containsExactly(500, 500, 201);
        assertThat(arrived()).isEqualTo(names(1, 1_201));
        assertThat(spool.pending()).isZero();
    }

    @Test
    void a_receipt_that_is_lost_makes_no_event_twice() throws InterruptedException {
        record(1, 3);
        ledger.loseReceipts(true);
        assertThat(sender.attempt()).isInstanceOf(Outcome.Delayed.class);
        assertThat(spool.pending()).isEqualTo(3);

        ledger.loseReceipts(false);
        record(4, 4);
        drained();

        assertThat(arrived()).isEqualTo(names(1, 4));
    }

    @Test
    void a_ledger_that_is_down_or_busy_or_none_at_all_is_waited_for() throws InterruptedException {
        record(1, 2);
        ledger.answer(
                Canned.status(500),
                Canned.status(503),
                new Canned(429, "", Map.of("Retry-After", "7")),
                new Canned(200, "<html>Welcome</html>", Map.of()),
                new Canned(200, "{\"recorded\":0,\"duplicates\":0,\"lastSequence\":0}", Map.of()),
                new Canned(400, "<html>Bad Request</html>", Map.of()),
                Canned.status(302),
                Canned.status(404),
                Canned.problem(401, "unauthorized", "Who are you?"));

        Duration longest = Duration.ZERO;
        for (int i = 0; i < 9; i++) {
            Outcome.Delayed delayed = (Outcome.Delayed) sender.attempt();
            if (i == 2) {
                assertThat(delayed.pause()).isEqualTo(Duration.ofSeconds(7));
            }
            longest = delayed.pause().compareTo(longest) > 0 ? delayed.pause() : longest;
            assertThat(spool.pending()).isEqualTo(2);
        }
        assertThat(longest).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));

        drained();
        assertThat(arrived()).isEqualTo(names(1, 2));
    }

    @Test
    void a_closed_port_and_a_silent_server_are_told_apart() throws Exception {
        record(1, 1);
        int free = FreePort.find();
        try (LedgerClient closed = LedgerClient.at("http://127.0.0.1:" + free)) {
            assertThat(delayed(closed)).contains("No ledger answers at http://127.0.0.1:" + free);
        }
        try (RawServer silent = new RawServer(_ -> {});
                LedgerClient slow = LedgerClient.at(silent.url(), Duration.ofMillis(300))) {
            assertThat(delayed(slow)).contains("did not answer");
        }
        assertThat(spool.pending()).isEqualTo(1);
    }

    @Test
    void an_event_that_the_ledger_refuses_is_kept_aside_and_its_place_says_so() throws InterruptedException {
        record(1, 9);
        ledger.refuse(event -> event.event().equals(named("6")));

        assertThat(drained()).isInstanceOf(Outcome.Empty.class);

        List<AgentEnvelope> events = ledger.events();
        assertThat(events).extracting(AgentEnvelope::sequence)
                .isEqualTo(IntStream.rangeClosed(1, 9).mapToObj(i -> (long) i).toList());
        assertThat(events.get(5).event()).isInstanceOfSatisfying(
                ObservationGap.class, gap -> assertThat(GapText.of(gap.reason()))
                        .contains("agent.version-table-observed.v1", "does not like it"));
        assertThat(events).filteredOn(event -> event.event() instanceof ObservationGap).hasSize(1);
    }

    @Test
    void a_ledger_that_refuses_everything_loses_nothing() throws InterruptedException {
        record(1, 4);
        ledger.refuse(event -> true);
        for (int i = 0; i < 3; i++) {
            sender.attempt();
        }
        assertThat(sender.attempt()).isInstanceOfSatisfying(Outcome.Delayed.class,
                delayed -> assertThat(delayed.pause()).isEqualTo(Duration.ofMinutes(1)));
        assertThat(spool.pending()).isEqualTo(4);

        ledger.refuse(event -> false);
        drained();
        assertThat(arrived()).isEqualTo(names(1, 4));
    }

    @Test
    void a_batch_too_large_for_a_proxy_is_halved() throws InterruptedException {
        record(1, 8);
        ledger.answer(Canned.status(413), Canned.status(413));

        drained();

        assertThat(ledger.batches()).containsExactly(2, 4, 2);
        assertThat(arrived()).isEqualTo(names(1, 8));
    }

    @Test
    void a_ledger_restored_from_a_backup_gets_a_new_epoch() throws InterruptedException {
        record(1, 5);
        drained();
        ledger.forgetAfter(2);
        record(6, 7);

        drained();

        List<AgentEnvelope> after = ledger.events().subList(2, ledger.events().size());
        assertThat(after).extracting(AgentEnvelope::epoch).containsOnly(spool.epoch());
        assertThat(after.getFirst().event()).isInstanceOfSatisfying(
                ObservationGap.class,
                gap -> assertThat(GapText.of(gap.reason())).contains("expects event 3", "restored"));
        assertThat(after.subList(1, after.size())).extracting(AgentEnvelope::event)
                .containsExactly(named("6"), named("7"));
        assertThat(spool.pending()).isZero();
    }

    /** As another version of the agent leaves behind. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_event_that_this_version_cannot_read_stops_none_after_it(boolean restored) throws Exception {
        record(1, 2);
        drained();
        record(3, 4);
        spool.close();
        try (Connection tables = DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("spool/spool.db"));
                Statement statement = tables.createStatement()) {
            statement.execute(
                    "UPDATE event SET envelope = CAST(replace(CAST(envelope AS TEXT), 'agent.version-table-observed.v1', 'agent.new.v9') AS BLOB), sum = NULL WHERE sequence = 3");
        }
        open();
        if (restored) {
            ledger.forgetAfter(1);
        }

        assertThat(drained()).isInstanceOf(Outcome.Empty.class);

        assertThat(ledger.events().getLast().event()).isEqualTo(named("4"));
        assertThat(ledger.events().get(ledger.events().size() - 2).event()).isInstanceOfSatisfying(ObservationGap.class,
                gap -> assertThat(GapText.of(gap.reason())).contains("agent.new.v9"));
    }

    @Test
    void a_copied_spool_begins_an_epoch_of_its_own() throws InterruptedException {
        record(1, 2);
        ledger.answer(Canned.problem(409, "sequence-conflict", "Another event is there."));

        drained();

        assertThat(ledger.events().getFirst().event()).isInstanceOf(ObservationGap.class);
        assertThat(ledger.events()).extracting(AgentEnvelope::event)
                .contains(named("1"), named("2"));
    }

    /** The client's timeout is over with the headers; an agent would wait for the rest for ever while it says that it is there. */
    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n{\"recorded\":1,",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"rec\r\n",
        "HTTP/1.1 503 Busy\r\nContent-Length: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Slow: "})
    @Timeout(30)
    void an_answer_that_stalls_is_given_up_and_sent_again(String beginning) throws Exception {
        record(1, 1);
        try (RawServer stalling = new RawServer(out -> out.write(beginning.getBytes(US_ASCII)));
                LedgerClient slow = LedgerClient.at(stalling.url(), Duration.ofMillis(300))) {
            assertThat(delayed(slow)).contains("did not answer within");
        }
        assertThat(spool.pending()).isEqualTo(1);
    }

    @Test
    @Timeout(60)
    void an_answer_that_drips_for_ever_is_given_up() throws Exception {
        record(1, 1);
        try (RawServer dripping = new RawServer(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(US_ASCII));
            while (true) {
                out.write(' ');
                out.flush();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }); LedgerClient slow = LedgerClient.at(dripping.url(), Duration.ofMillis(500))) {
            assertThat(delayed(slow)).contains("did not answer within");
            assertThat(slow.send(new Heartbeat("navbot", "staging", "agent-1", spool.epoch(), 0L, null)).accepted())
                    .isFalse();
        }
    }

    @Test
    @Timeout(60)
    void an_answer_without_end_is_cut() throws Exception {
        record(1, 1);
        AtomicLong sent = new AtomicLong();
        try (RawServer endless = new RawServer(out -> {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            byte[] block = new byte[8192];
            while (true) {
                out.write(block);
                sent.addAndGet(block.length);
            }
        }); LedgerClient loud = LedgerClient.at(endless.url(), Duration.ofSeconds(20))) {
            assertThat(delayed(loud)).contains("broke");
            // What the sockets hold between them comes on top.
            assertThat(sent.get()).isLessThan(16L * 1024 * 1024);
        }
    }

    /** Nothing repeats a GET, so a command that waits for it has to end with an error. */
    @Test
    @Timeout(30)
    void an_answer_to_a_question_that_never_ends_is_given_up() throws Exception {
        try (RawServer stalling = new RawServer(
                out -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n{".getBytes(US_ASCII)));
                LedgerClient slow = LedgerClient.at(stalling.url(), Duration.ofMillis(300))) {
            assertThatThrownBy(() -> slow.get("/api/v1/projects", Map.class)).isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("did not answer within");
        }
        AtomicLong sent = new AtomicLong();
        try (RawServer endless = new RawServer(out -> {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            byte[] block = new byte[1 << 16];
            while (true) {
                out.write(block);
                sent.addAndGet(block.length);
            }
        }); LedgerClient loud = LedgerClient.at(endless.url(), Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> loud.file("/api/v1/projects/navbot/files/0")).isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("broke");
            assertThat(sent.get()).isLessThan(32L * 1024 * 1024);
        }
    }

    @Test
    @Timeout(60)
    void a_ledger_that_answers_conflict_for_ever_gets_one_new_epoch_and_is_waited_for() throws Exception {
        refusedForEver(Canned.problem(409, "sequence-conflict", "Another event is there."));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 2})
    @Timeout(60)
    void a_ledger_that_expects_what_no_epoch_begins_with_gets_a_new_epoch(long expected) throws Exception {
        refusedForEver(Canned.problem(409, "sequence-ahead", "Events are missing.", expected));
    }

    private void refusedForEver(Canned refusal) throws InterruptedException {
        record(1, 3);
        drained();
        record(4, 5);
        ledger.alwaysAnswer(refusal);
        int before = ledger.requests();
        UUID epoch = spool.epoch();

        Outcome outcome = sender.drain(Duration.ofSeconds(10));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Delayed.class, delayed -> {
            assertThat(delayed.reason()).contains("The ledger at " + ledger.url());
        });
        assertThat(ledger.requests() - before).isLessThan(12);
        assertThat(spool.epoch()).isNotEqualTo(epoch);
        assertThat(spool.next(100, 1_000_000)).hasSize(3); // a gap, and what was pending
    }

    @Test
    void a_ledgers_answer_controls_no_terminal_and_fills_no_log() throws InterruptedException {
        record(1, 1);
        ledger.answer(Canned.problem(500, "x", "\u001b[2J\nERROR all is lost " + "x".repeat(100_000)));
        Outcome.Delayed delayed = (Outcome.Delayed) sender.attempt();
        assertThat(delayed.reason()).doesNotContain("\u001b", "\n").hasSizeLessThan(700);
    }

    @Test
    void a_digest_that_is_none_is_one_sentence() {
        assertThatThrownBy(() -> connection.file("/api/v1/projects/navbot/files/x y\u001b"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("sent an invalid name or digest")
                .hasMessageNotContaining("\u001b");
    }

    private void record(int from, int to) {
        spool.record(
                spool.epoch(),
                names(from, to).stream().map(name -> ObservedFact.now(clock.instant(), named(name)))
                        .toList(),
                Map.of());
    }

    private static List<String> names(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    private List<String> arrived() {
        return ledger.events().stream().map(event -> ((VersionTableObserved) event.event()).table().name()).toList();
    }

    private Outcome drained() throws InterruptedException {
        return sender.drain(Duration.ZERO);
    }

    private String delayed(LedgerClient other) throws InterruptedException {
        return ((Outcome.Delayed) new Sender(spool, other, new Backoff(new Random(1))).attempt()).reason();
    }

    private static AgentEvent named(String name) {
        return new VersionTableObserved(new VersionTable(name, VersionTable.State.MISSING, List.of()));
    }
}
