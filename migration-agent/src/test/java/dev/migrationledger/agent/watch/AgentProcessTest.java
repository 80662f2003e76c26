package dev.migrationledger.agent.watch;

import static dev.migrationledger.testsupport.postgresql.TestServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.testsupport.machine.FreePort;
import dev.migrationledger.testsupport.postgresql.TestServer;
import dev.migrationledger.testsupport.time.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The agent as it runs: a process that is killed, stopped, and started again. */
@Isolated("its agents have seconds to answer")
class AgentProcessTest {

    @TempDir
    Path temp;

    private final String name = TestServer.newDatabase();
    private int free;

    @BeforeEach
    void scripts() throws Exception {
        Files.createDirectory(temp.resolve("versions"));
        Files.writeString(temp.resolve("versions/a.py"), "revision = 'a'\ndown_revision = None\n");
        Files.writeString(temp.resolve("versions/b.py"), "revision = 'b'\ndown_revision = 'a'\n");
        run(name, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('a')");
        free = FreePort.find();
    }

    @Test
    void observed_changes_survive_kill_9_without_a_ledger_and_arrive_in_order_once() throws Exception {
        try (AgentProcess killed = watch()) {
            Eventually.holds("the agent watches", () -> log().contains("version-table-observed"));
            run(name, "CREATE TABLE users (id int)", "UPDATE alembic_version SET version_num = 'b'");
            Eventually.holds("the upgrade is in the spool", () -> log().contains("revision-applied revision=b"));
            killed.kill();
        }
        try (TestLedger ledger = new TestLedger(free); AgentProcess second = watch()) {
            Eventually.holds("the upgrade arrives", () -> ledger.events().stream().anyMatch(
                    event -> event.event() instanceof RevisionApplied));
            assertThat(second.stop()).isZero();

            List<AgentEnvelope> events = ledger.events();
            assertThat(events).extracting(AgentEnvelope::sequence)
                    .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
            assertThat(new HashSet<>(events.stream().map(AgentEnvelope::eventId).toList())).hasSameSizeAs(events);
            assertThat(events).filteredOn(event -> event.event() instanceof RevisionApplied).hasSize(1);
            assertThat(events.getLast().event()).isInstanceOf(AgentStopped.class);
        }
        assertThat(log()).doesNotContain("se:cr@t").doesNotContain("se%3Acr");
    }

    @Test
    void a_second_agent_on_the_same_spool_is_refused() throws Exception {
        try (AgentProcess first = watch()) {
            Eventually.holds("the first watches", () -> log().contains("version-table-observed"));
            try (AgentProcess second = watch()) {
                assertThat(second.exit()).isEqualTo(2);
            }
            assertThat(log()).contains("is in use by process " + first.process().pid());
        }
    }

    @Test
    void an_agent_whose_spool_folder_is_deleted_delivers_what_it_has_and_ends() throws Exception {
        try (TestLedger ledger = new TestLedger(free); AgentProcess watching = watch()) {
            Eventually.holds("the agent watches", () -> log().contains("version-table-observed"));
            Files.move(temp.resolve("spool"), temp.resolve("gone"));
            assertThat(watching.exit()).isEqualTo(3);
            assertThat(log()).contains("was deleted or replaced while the agent ran", "Start the agent again");
            assertThat(ledger.events().getLast().event()).isInstanceOf(AgentStopped.class);
        }
    }

    @Test
    void an_agent_that_starts_on_a_full_disk_waits_until_there_is_room() throws Exception {
        try (AgentProcess first = watch()) {
            Eventually.holds("the agent watches", () -> log().contains("version-table-observed"));
            first.stop();
        }
        try (Connection spool = DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("spool/spool.db"));
                Statement statement = spool.createStatement()) {
            statement.execute(
                    "CREATE TRIGGER full BEFORE INSERT ON event WHEN unixepoch() < %d BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
                            .formatted(Instant.now().getEpochSecond() + 20));
        }
        try (TestLedger ledger = new TestLedger(free); AgentProcess second = watch()) {
            Eventually.holds("the agent says so", () -> log().contains("disk is full"));
            Eventually.holds("it starts after all", () -> ledger.events().stream()
                    .filter(event -> event.event() instanceof AgentStarted).count() == 2);
            assertThat(second.stop()).isZero();
        }
    }

    @Test
    void what_can_never_work_ends_at_once_and_names_no_password() throws Exception {
        String server = "127.0.0.1:" + TestServer.port();
        try (AgentProcess rejected = watch("postgresql://watcher:s3cret@" + server + "/" + name)) {
            assertThat(rejected.exit()).isEqualTo(3);
        }
        try (AgentProcess noDatabase = watch("postgresql://watcher:se%3Acr%40t%2F%25@" + server + "/nothere")) {
            assertThat(noDatabase.exit()).isEqualTo(3);
        }
        try (AgentProcess wrong = watch("mysql://watcher:s3cret@" + server + "/" + name)) {
            assertThat(wrong.exit()).isEqualTo(2);
        }
        assertThat(log()).contains("does not accept the password of user 'watcher'", "no database 'nothere'",
                "only PostgreSQL is supported").doesNotContain("s3cret").doesNotContain("Exception");
    }

    @Test
    void a_database_that_is_not_there_yet_is_waited_for() throws Exception {
        try (TestLedger ledger = new TestLedger(free);
                AgentProcess waiting = watch("postgresql://watcher:s3cret@127.0.0.1:1/" + name)) {
            Eventually.holds("the agent says so", () -> log().contains("No PostgreSQL server answers"));
            Eventually.holds("the scripts are told meanwhile", () -> ledger.events().size() == 4);
            assertThat(waiting.stop()).isZero();
            assertThat(ledger.events().getLast().event()).isInstanceOf(AgentStopped.class);
        }
    }

    @Test
    void observe_shows_one_round_and_sends_it_only_to_a_named_ledger() throws Exception {
        String[] arguments = {"observe", "--scripts", "versions", "--database", TestServer.url(name), "--output",
            "json"};
        try (AgentProcess shown = AgentProcess.start(temp, Map.of(), arguments)) {
            assertThat(shown.exit()).isZero();
        }
        assertThat(out()).contains("\"rows\" : [ \"a\" ]", "agent.revision-stamped.v1").doesNotContain("cr@t");
        assertThat(temp.resolve("spool")).doesNotExist();

        try (AgentProcess undelivered = observe()) {
            assertThat(undelivered.exit()).isEqualTo(3);
        }
        assertThat(log()).contains("wait in the spool");
        try (TestLedger ledger = new TestLedger(free); AgentProcess delivered = observe()) {
            assertThat(delivered.exit()).isZero();
            assertThat(ledger.events()).hasSizeGreaterThan(6);
        }
    }

    @Test
    void captured_changes_wake_an_agent_that_polls_once_an_hour() throws Exception {
        TestCapture.install(name);
        try (TestLedger ledger = new TestLedger(free);
                AgentProcess patient = AgentProcess.start(temp, Map.of("DATABASE_URL", TestServer.url(name)), "watch",
                        "--scripts", "versions", "--ledger", ledger.url(), "--project", "navbot", "--environment",
                        "staging", "--interval", "60m", "--spool", "spool")) {
            Eventually.holds("the agent watches", () -> log().contains("version-table-observed"));
            run(name, "CREATE TABLE users (id int)",
                    "UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a'");
            Eventually.holds("the upgrade arrives", () -> ledger.events().stream().anyMatch(
                    event -> event.event() instanceof RevisionApplied));
            assertThat(log()).contains("by=\"postgres via PostgreSQL JDBC Driver from 127.0.0.1\"");
            assertThat(patient.stop()).isZero();
        }
    }

    private AgentProcess observe() throws Exception {
        return AgentProcess.start(temp, Map.of("DATABASE_URL", TestServer.url(name)), "observe", "--scripts",
                "versions", "--ledger", "http://127.0.0.1:" + free, "--project", "navbot", "--environment", "staging",
                "--spool", "spool");
    }

    private AgentProcess watch() throws Exception {
        return watch(TestServer.url(name));
    }

    private AgentProcess watch(String url) throws Exception {
        return AgentProcess.start(temp, Map.of("DATABASE_URL", url), "watch", "--scripts", "versions", "--ledger",
                "http://127.0.0.1:" + free, "--project", "navbot", "--environment", "staging", "--interval", "200ms",
                "--spool", "spool");
    }

    private String log() throws Exception {
        return Files.readString(AgentProcess.log(temp).toPath());
    }

    private String out() throws Exception {
        return Files.readString(AgentProcess.out(temp).toPath());
    }
}
