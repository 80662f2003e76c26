package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.kafka.KafkaTopics;
import dev.migrationledger.contracts.log.ConsistencyProof;
import dev.migrationledger.contracts.log.LogCheckpoint;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.webhook.WebhookMessage.Change;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.merkle.MerkleProofs;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.time.Eventually;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two ledgers on one PostgreSQL and one broker. They are restarted one after the other while agents send, and one of them is killed. */
@Order(8)
@ExtendWith({SharedLedger.class, SharedBroker.class})
class SeveralLedgersIT {

    private static final KafkaTopics TOPICS = new KafkaTopics("several");
    private static final int WEBHOOKS = 4;
    private static final int PROJECTS = 6;

    /** As the JVM exits on SIGTERM. */
    private static final int TERMINATED = 143;

    @TempDir
    private static Path home;

    private static SampleServer server;
    private static String brokers;
    private static List<SampleLedger> ledgers;
    private static RoundRobin overHttp;

    @BeforeAll
    static void two_ledgers_start_at_once_on_an_empty_database(SampleLedger shared, SharedBroker.Broker broker)
            throws Exception {
        server = shared.databases().prefixed("several_");
        server.create("ledgers");
        brokers = broker.address();
        SequencedMap<SampleLayout, List<String>> settings = new LinkedHashMap<>();
        for (int i = 0; i < 2; i++) {
            settings.put(SampleLayout.here().workingIn(home.resolve(name(i))), settings(name(i)));
        }
        ledgers = SampleLedger.startTogether(settings);
        overHttp = new RoundRobin(ledgers);
    }

    @AfterAll
    static void they_stop() {
        overHttp.close();
        ledgers.forEach(SampleLedger::close);
    }

    private static String name(int ledger) {
        return "ledger-" + ledger;
    }

    private static List<String> settings(String name) {
        List<String> settings = new ArrayList<>(database(name));
        settings.addAll(List.of("--spring.datasource.hikari.maximum-pool-size=6",
                "--spring.kafka.bootstrap-servers=" + brokers,
                // The shortest that brokers allow: after so long, the partitions of a killed ledger are another's.
                "--spring.kafka.consumer.properties.session.timeout.ms=6000",
                "--spring.kafka.consumer.properties.heartbeat.interval.ms=1500",
                "--ledger.kafka.prefix=" + TOPICS.prefix(), "--ledger.kafka.partitions=4",
                "--ledger.webhooks.internal-hosts=127.0.0.1"));
        return settings;
    }

    private static List<String> database(String name) {
        return List.of(
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/several_ledgers?ApplicationName=%s"
                        .formatted(server.port(), name),
                "--spring.datasource.username=" + server.user(), "--spring.datasource.password=" + server.password());
    }

    @Test
    void agents_notice_no_restart_and_no_work_is_done_twice() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver(Duration.ofMillis(300));
                OverKafka overKafka = new OverKafka(brokers, TOPICS, overHttp);
                AgentLoad load = new AgentLoad()) {
            for (int i = 0; i < WEBHOOKS; i++) {
                addWebhook(receiver.url("/" + i));
            }
            // Two agents of one environment: their ledgers record in the same stream at the same moment.
            for (String name : List.of("a", "b")) {
                load.add(new AgentLoad.Agent("http", "shared", name), overHttp);
                load.add(new AgentLoad.Agent("http", name, name), overHttp);
                load.add(new AgentLoad.Agent("kafka", name, name), overKafka);
            }
            load.add(new AgentLoad.Agent("kafka", "c", "c"), overKafka);
            load.goesOn();
            LogCheckpoint before = checkpoint();
            rows(1, "zz");
            Eventually.becomes("webhooks have something to report",
                    () -> numbers("select count(*) from ledger.webhook_matter").getFirst(),
                    it -> it == (long) WEBHOOKS * PROJECTS);
            hasten();
            int deliverer = Eventually.becomes("a ledger sends messages", () -> receiver.received().isEmpty()
                    ? -1
                    : sender(), it -> it >= 0);
            assertThat(ledgers.get(deliverer).process().stop()).isEqualTo(TERMINATED);
            assertThat(receiver.received()).as("the ledger that stopped left some to the other")
                    .hasSizeLessThan(WEBHOOKS * PROJECTS);
            assertThat(consumers()).as("it left the group").isEqualTo(1);
            load.goesOn();
            Eventually.becomes("all messages arrive", receiver::received, it -> it.size() == WEBHOOKS * PROJECTS);
            ledgers.get(deliverer).restart();
            assertThat(ledgers.get(1 - deliverer).process().stop()).isEqualTo(TERMINATED);
            rows(4, "a");
            load.goesOn();
            ledgers.get(1 - deliverer).restart();
            load.goesOn();
            Eventually.becomes("all messages arrive", () -> {
                hasten();
                return receiver.received();
            }, it -> it.size() == 2 * WEBHOOKS * PROJECTS);

            // Who is killed before it has written down that a message arrived has it sent once more.
            Eventually.becomes("the ledgers know that all messages arrived",
                    () -> numbers("select count(*) from ledger.webhook_delivery where state = 'waiting'").getFirst(),
                    it -> it == 0L);
            ledgers.get(0).kill();
            load.goesOn();
            ledgers.get(0).restart();
            load.goesOn();
            load.end();

            allIsRecordedOnce(load.acknowledged());
            allIsReportedOnce(receiver.received());
            viewsAreThoseOfARebuild();
            theLogOnlyGrew(before);
            lagAndRebalancesAreMeasured();
        }
    }

    private static void addWebhook(String url) throws Exception {
        HttpResponse<byte[]> added = overHttp.post("/api/v1/webhooks",
                "{\"name\":\"ops\",\"url\":\"%s\"}".formatted(url).getBytes(StandardCharsets.UTF_8));
        assertThat(added.statusCode()).as(new String(added.body(), StandardCharsets.UTF_8)).isEqualTo(201);
    }

    /** Agents of several projects report which row the version table has; that of {@code zz} is a divergence. */
    private static void rows(long sequence, String row) throws Exception {
        for (int i = 0; i < PROJECTS; i++) {
            AgentLoad.Agent agent = new AgentLoad.Agent("project-" + i, "production", "db");
            List<AgentEvent> events = new ArrayList<>();
            if (sequence == 1) {
                events.add(new AgentStarted("0.1.0", "alembic", "watch", Map.of()));
                events.add(new ScriptsScanned("alembic.ini", 1, "d1", null,
                        List.of(new Revision("a", List.of(), List.of(), List.of(), "adds a table", "a.py",
                                "%064x".formatted(1))),
                        List.of(), List.of(), new ToolInvocation(ToolInvocation.Program.ALEMBIC, List.of(), null,
                                List.of(), false, "/srv")));
            }
            events.add(new VersionTableObserved(
                    new VersionTable("public.alembic_version", VersionTable.State.PRESENT, List.of(row))));
            long last = sequence + events.size() - 1;
            assertThat(AgentLoad.acknowledged(agent, overHttp, agent.batch(sequence, events)).lastSequence())
                    .isEqualTo(last);
        }
    }

    /** Messages wait half a minute for more that belongs to them; the test does not. */
    private static void hasten() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute("update ledger.webhook_matter set due_at = now() where due_at > now()");
        }
    }

    /** The ledger that sends messages now; -1: none does. */
    private static int sender() throws SQLException {
        List<String> names = texts(
                """
                        select distinct application_name from pg_locks join pg_stat_activity using (pid)
                        where application_name like 'ledger-%' and locktype = 'advisory' and classid::bigint = hashtext('automation deliver-webhooks')::bigint & 4294967295
                        """);
        return names.isEmpty() ? -1 : Integer.parseInt(names.getFirst().replace("ledger-", ""));
    }

    private static int consumers() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            return Objects.requireNonNull(admin.describeConsumerGroups(List.of(TOPICS.prefix())).all().get()
                    .get(TOPICS.prefix())).members().size();
        }
    }

    private static void allIsRecordedOnce(Map<String, Long> acknowledged) throws SQLException {
        Map<String, List<Long>> recorded = new TreeMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select stream || ' ' || (header ->> 'agent'), (header ->> 'sequence')::bigint from (
                            select global_index, stream, convert_from(metadata, 'UTF8')::json -> 'origin' as header
                            from ledger.event where stream like 'http/%' or stream like 'kafka/%') as events
                        where header ->> 'agent' is not null order by global_index
                        """)) {
            while (rows.next()) {
                recorded.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>()).add(rows.getLong(2));
            }
        }
        assertThat(acknowledged).hasSize(7);
        assertThat(recorded.keySet()).isEqualTo(acknowledged.keySet());
        acknowledged.forEach((agent, last) -> assertThat(recorded.get(agent)).as(agent)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList()));
    }

    private static void allIsReportedOnce(List<WebhookReceiver.Received> received) throws Exception {
        assertThat(received).extracting(WebhookReceiver.Received::id).doesNotHaveDuplicates();
        for (int i = 0; i < WEBHOOKS; i++) {
            String webhook = "/" + i;
            assertThat(received.stream().filter(it -> it.webhook().equals(webhook))
                    .flatMap(it -> it.message().data().notices().stream()
                            .map(notice -> tuple(it.message().data().project(), notice.change()))))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, PROJECTS).mapToObj(n -> "project-" + n)
                            .flatMap(project -> List.of(Change.BEGAN, Change.ENDED).stream()
                                    .map(change -> tuple(project, change)))
                            .toList());
        }
        for (String type : List.of("ledger.divergence-detected", "ledger.divergence-resolved")) {
            assertThat(texts("select stream from ledger.event where payload_type = '%s' and stream like 'project-%%'"
                    .formatted(type))).as(type)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, PROJECTS).mapToObj(n -> "project-" + n + "/production").toList());
        }
    }

    private static void viewsAreThoseOfARebuild() throws Exception {
        List<String> command = new ArrayList<>(SampleProcess.command(SampleLayout.here().startedLedger()));
        command.addAll(List.of("rebuild-views", "--check"));
        command.addAll(database("check"));
        ProcessOutput check = ProcessOutput.of(command);
        assertThat(check.exitCode()).as(check.text()).isZero();
    }

    private static LogCheckpoint checkpoint() throws Exception {
        return ContractJson.read(overHttp.post("/api/v1/log/checkpoints", new byte[0]).body(), LogCheckpoint.class);
    }

    private static void theLogOnlyGrew(LogCheckpoint before) throws Exception {
        Eventually.becomes("each event is a leaf, once",
                () -> numbers(
                        """
                                select (select count(*) from ledger.event) - count(distinct event) + count(event) - count(distinct event)
                                from ledger.log_leaf
                                """)
                        .getFirst(),
                it -> it == 0);
        assertThat(ledgers.getFirst().get("/api/v1/log/key").orElseThrow()).as("one key")
                .isEqualTo(ledgers.getLast().get("/api/v1/log/key").orElseThrow());
        LogCheckpoint one = checkpoint();
        LogCheckpoint other = checkpoint();
        assertThat(other.root()).as("both sign the same log").isEqualTo(one.root());
        ConsistencyProof proof = ContractJson
                .read(ledgers.getFirst().get("/api/v1/log/proof/consistency?first=%d&second=%d"
                        .formatted(before.size(), one.size())).orElseThrow(), ConsistencyProof.class);
        assertThat(MerkleProofs.extend(before.size(), LogHash.parse(before.root()), one.size(),
                LogHash.parse(one.root()), proof.proof().stream().map(LogHash::parse).toList())).isTrue();
    }

    private static void lagAndRebalancesAreMeasured() {
        for (SampleLedger ledger : ledgers) {
            assertThat(new String(ledger.get("/actuator/prometheus").orElseThrow(), StandardCharsets.UTF_8))
                    .contains("kafka_consumer_fetch_manager_records_lag_max{",
                            "kafka_consumer_coordinator_rebalance_total{");
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbc("several_ledgers"));
    }

    private static List<Long> numbers(String query) throws SQLException {
        return texts(query).stream().map(Long::valueOf).toList();
    }

    private static List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
