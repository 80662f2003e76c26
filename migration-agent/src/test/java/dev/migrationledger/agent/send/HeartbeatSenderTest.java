package dev.migrationledger.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.spool.Memory;
import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tracing.AgentTraces;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.core.situation.GapText;
import dev.migrationledger.testsupport.time.MovableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatSenderTest {

    @TempDir
    Path temp;

    private final MovableClock clock = new MovableClock();
    private final TestLedger ledger = new TestLedger();
    private final LedgerClient client = LedgerClient.at(ledger.url());
    private final AtomicBoolean sees = new AtomicBoolean(true);
    private long nanos;
    private Spool spool;
    private Sender sender;
    private HeartbeatSender heartbeats;

    @BeforeEach
    void open() {
        spool = Spool.open(temp.resolve("spool"), "navbot", "prod", "watcher", clock);
        sender = new Sender(spool, client, new Backoff(new Random(1)), AgentTraces.OFF, () -> nanos);
        heartbeats = new HeartbeatSender(client, spool, sender, clock, new HeartbeatSender.Names("navbot", "prod"),
                sees::get,
                new Backoff(new Random(1)));
    }

    @AfterEach
    void close() {
        spool.close();
        client.close();
        ledger.close();
    }

    @Test
    void an_agent_that_reaches_its_database_sends_heartbeats_and_retries_soon() throws Exception {
        assertThat(heartbeats.sendOnce()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ledger.heartbeats()).containsExactly(
                new Heartbeat("navbot", "prod", "watcher", spool.epoch(), 0L, null));
        delivered(1);
        assertThat(heartbeats.sendOnce()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void it_says_what_is_acknowledged_and_how_long_the_rest_has_waited() throws Exception {
        delivered(3);
        record(4);
        clock.move(Duration.ofSeconds(90));
        record(5);
        heartbeats.sendOnce();
        assertThat(ledger.heartbeats().getLast())
                .isEqualTo(new Heartbeat("navbot", "prod", "watcher", spool.epoch(), 3L, 90L));
    }

    @Test
    void an_agent_that_does_not_see_its_database_keeps_quiet() throws Exception {
        sees.set(false);
        heartbeats.sendOnce();
        assertThat(ledger.heartbeats()).isEmpty();
    }

    @Test
    void a_ledger_that_is_away_is_asked_less_and_less_often() throws Exception {
        ledger.close();
        assertThat(heartbeats.sendOnce()).isEqualTo(Duration.ofSeconds(5));
        Duration pause = Duration.ZERO;
        for (int i = 0; i < 8; i++) {
            pause = heartbeats.sendOnce();
        }
        assertThat(pause).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void a_quiet_agent_publishes_everything_again_to_a_restored_ledger() throws Exception {
        delivered(5);
        ledger.forgetAfter(2);
        renewedBy("expects event 3");
    }

    @Test
    void a_ledger_with_events_of_others_and_none_of_this_epoch_gets_everything() throws Exception {
        delivered(5);
        UUID first = spool.epoch();
        sender.compare(spool.progress(), 0);
        sender.drain(Duration.ZERO);
        assertThat(spool.epoch()).isNotEqualTo(first);
        ledger.forgetAfter(5);
        nanos += Duration.ofMinutes(2).toNanos();
        renewedBy("expects event 1");
    }

    @Test
    void an_emptied_ledger_gets_everything() throws Exception {
        delivered(5);
        ledger.forgetAfter(0);
        renewedBy("expects event 1");
    }

    @Test
    void a_spool_that_is_older_than_what_the_ledger_has_begins_a_new_epoch() throws Exception {
        delivered(3);
        UUID before = spool.epoch();
        sender.compare(spool.progress(), 4);
        assertThat(spool.epoch()).isNotEqualTo(before);
        sender.drain(Duration.ZERO);
        assertThat(ledger.events().getLast().event()).isInstanceOfSatisfying(
                ObservationGap.class, gap -> assertThat(GapText.of(gap.reason())).contains("the spool is a copy"));
    }

    @Test
    void what_was_sent_while_the_ledger_made_its_answer_is_no_copy() throws Exception {
        delivered(3);
        Spool.Progress asked = spool.progress();
        record(4);
        sender.drain(Duration.ZERO);
        sender.compare(asked, 4);
        assertThat(spool.epoch()).isEqualTo(asked.epoch());
    }

    @Test
    void a_ledger_that_has_everything_or_says_nothing_changes_nothing() throws Exception {
        delivered(3);
        record(4);
        UUID before = spool.epoch();
        heartbeats.sendOnce();
        sender.compare(spool.progress(), 4);
        assertThat(spool.epoch()).isEqualTo(before);
    }

    @Test
    void ledgers_that_take_turns_behind_one_address_do_not_make_an_epoch_each_time() throws Exception {
        delivered(3);
        int epochs = 0;
        for (int i = 0; i < 240; i++) { // two hours
            UUID before = spool.epoch();
            sender.compare(spool.progress(), 0);
            sender.drain(Duration.ZERO);
            epochs += spool.epoch().equals(before) ? 0 : 1;
            nanos += Duration.ofSeconds(30).toNanos();
        }
        assertThat(epochs).isBetween(2, 8);
    }

    private void renewedBy(String words) throws Exception {
        UUID before = spool.epoch();
        spool.record(before, List.of(), Map.of(Memory.PUBLISHED_TABLE, "{}".getBytes(StandardCharsets.UTF_8)));
        heartbeats.sendOnce();
        assertThat(spool.epoch()).isNotEqualTo(before);
        assertThat(spool.remembered(Memory.PUBLISHED_TABLE)).as("the next round tells it again").isEmpty();
        sender.drain(Duration.ZERO);
        assertThat(ledger.events().getLast().event()).isInstanceOfSatisfying(
                ObservationGap.class, gap -> assertThat(GapText.of(gap.reason())).contains(words));
    }

    private void delivered(int upTo) throws Exception {
        for (int i = 1; i <= upTo; i++) {
            record(i);
        }
        sender.drain(Duration.ZERO);
        assertThat(ledger.events()).hasSize(upTo);
    }

    private void record(int number) {
        spool.record(spool.epoch(), List.of(ObservedFact.now(clock.instant(), named("" + number))),
                Map.of());
    }

    private static AgentEvent named(String name) {
        return new VersionTableObserved(new VersionTable(name, VersionTable.State.MISSING, List.of()));
    }
}
