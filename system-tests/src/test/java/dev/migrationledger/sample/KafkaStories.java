package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.AgentKey.CodeWanted;
import dev.migrationledger.contracts.kafka.KafkaTopics;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.time.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A broker between agent and ledger: both executable jars. The agent's --ledger has no server: nothing goes over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
abstract class KafkaStories {

    /** Has no address anywhere. */
    private static final String NO_SERVER = "http://ledger.invalid:8080";

    @TempDir
    private static Path home;

    private String brokers;
    private SampleLedger ledger;
    private SampleRun run;

    /** Host and port. */
    abstract String brokers();

    @BeforeAll
    void a_ledger() throws Exception {
        brokers = brokers();
        SampleLayout layout = SampleLayout.here().workingIn(home);
        ledger = SampleLedger.start(layout, 0,
                List.of("--spring.kafka.bootstrap-servers=" + brokers,
                        "--ledger.kafka.partitions=3"));
        run = new SampleRun(ledger, layout, "over-kafka", ledger.databases().prefixed("kafka_"));
        run.databases().create("production");
        run.databases().database("production", layout.steps()).upgrade("001_initial");
        enroll();
    }

    @AfterAll
    void it_stops() {
        ledger.close();
    }

    private void enroll() throws Exception {
        AgentKey.Code code;
        try (HttpClient client = HttpClient.newHttpClient()) {
            code = ContractJson.read(client.send(HttpRequest
                    .newBuilder(URI.create(run.url() + "/api/v1/agents/enrolment-codes"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers
                            .ofByteArray(ContractJson.write(new CodeWanted(run.project(), "production", null, null))))
                    .build(), BodyHandlers.ofByteArray()).body(), AgentKey.Code.class);
        }
        ProcessOutput enrolled = ProcessOutput.of(agent("key.pem",
                List.of("enroll", "--ledger", run.url(), "--code", code.value(), "--agent", "db-1", "--key",
                        home.resolve("key.pem").toString())));
        assertThat(enrolled.exitCode()).as(enrolled.text()).isZero();
    }

    private static ProcessBuilder agent(String key, List<String> arguments) {
        List<String> command = new ArrayList<>(SampleProcess.command(SampleLayout.here().agentJar()));
        command.addAll(arguments);
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().put("HOME", home.toString());
        program.environment().put("MIGRATION_LEDGER_KEY", home.resolve(key).toString());
        return program;
    }

    private List<String> arguments(String command, String brokers, String... more) throws Exception {
        return arguments(command, brokers, "spool", more);
    }

    private List<String> arguments(String command, String brokers, String spool, String[] more)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command, "--ledger", NO_SERVER, "--kafka", brokers,
                "--project", run.project(), "--environment", "production",
                "--config", SampleLayout.here().alembicIni().toString(),
                "--database", run.databases().watchUrl("production"),
                "--spool", home.resolve(spool).toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private List<String> rows() {
        return run.report("production").map(EnvironmentReport::versionTable).map(it -> it.rows()).orElse(List.of());
    }

    @Test
    void a_change_while_the_ledger_is_killed_arrives_over_kafka() throws Exception {
        SampleDatabase production = run.databases().database("production", SampleLayout.here().steps());
        Path output = home.resolve("watch.txt");
        Process watch = agent("key.pem", arguments("watch", brokers, "--interval", "300ms"))
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            Eventually.becomes("the ledger knows the database", this::rows, production.rows()::equals);
            ledger.kill();
            List<String> ran = production.upgrade("002_rename_metadata");
            assertThat(ran).isNotEmpty();
            ledger.restart();
            Eventually.becomes("the ledger has what happened meanwhile", this::rows, production.rows()::equals);
        } finally {
            watch.destroy();
            watch.waitFor();
        }
        assertThat(Files.readString(output)).doesNotContain("Exception", "org.apache");

        ProcessOutput observed = ProcessOutput.of(agent("key.pem", arguments("observe", brokers)));
        assertThat(observed.exitCode()).as(observed.text()).isZero();
    }

    @Test
    void what_is_wrong_with_kafka_is_one_sentence() throws Exception {
        ProcessOutput noKey = ProcessOutput.of(agent("none.pem", arguments("observe", brokers)));
        assertThat(noKey.exitCode()).as(noKey.text()).isEqualTo(2);
        assertThat(noKey.text()).contains("there is no key for " + NO_SERVER, "migration-agent enroll");

        ProcessOutput noTopics = ProcessOutput.of(agent("key.pem", arguments("observe", brokers,
                "other", new String[]{"--kafka-prefix", "other"})));
        assertThat(noTopics.exitCode()).as(noTopics.text()).isEqualTo(3);
        assertThat(noTopics.text()).contains("have no topics '%s'".formatted(new KafkaTopics("other").requests()))
                .doesNotContain("Exception");

        Path config = Files.writeString(home.resolve("kafka.properties"), "security.protocol=PLAIN-SECRET\n");
        ProcessOutput wrong = ProcessOutput.of(agent("key.pem", arguments("observe", brokers,
                "--kafka-config", config.toString())));
        assertThat(wrong.exitCode()).as(wrong.text()).isEqualTo(2);
        assertThat(wrong.text()).contains("security.protocol").doesNotContain("Exception");

        ProcessOutput away = ProcessOutput.of(agent("key.pem", arguments("observe", "127.0.0.1:1", "away",
                new String[0])));
        assertThat(away.exitCode()).as(away.text()).isEqualTo(3);
        assertThat(away.text()).contains("No Kafka broker answers at 127.0.0.1:1", "wait in the spool")
                .doesNotContain("Exception");
    }
}
