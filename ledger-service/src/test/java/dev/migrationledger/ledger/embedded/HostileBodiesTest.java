package dev.migrationledger.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.OutOfMemory;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.platform.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Some 30 kB, compressed, that are 30 MiB and more in memory: a ledger with a small heap answers, and goes on. */
class HostileBodiesTest {

    @Test
    void sixteen_at_once_of_each_kind_leave_the_ledger_as_it_was() throws Exception {
        List<byte[]> bodies = List.of(
                gzip(body("label", new AgentStarted("1", "alembic", "watch", Map.of("tier", "MARK")),
                        "x".repeat(31_000_000))),
                gzip(body("rows", new VersionTableObserved(new VersionTable("public.alembic_version",
                        VersionTable.State.PRESENT, List.of("MARK"))), "a" + "\",\"a".repeat(6_000_000))),
                gzip(body("heads", new HeadDetected(List.of("MARK"), List.of()), "a" + "\",\"a".repeat(3_000_000))));
        assertThat(bodies).allSatisfy(body -> assertThat(body).hasSizeLessThan(60_000));

        try (LedgerProcess ledger = LedgerProcess.start("--spring.datasource.url=" + TestDatabase.create())) {
            String address = ledger.address();
            TestClient client = TestClient.at(address);
            ledger.record(address, 1, 3);
            List<Integer> answers = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(16)) {
                for (byte[] body : bodies) {
                    Callable<Integer> send = () -> client.post("/api/v1/events", body, "Content-Encoding", "gzip")
                            .statusCode();
                    for (Future<Integer> answer : threads.invokeAll(java.util.Collections.nCopies(16, send))) {
                        answers.add(answer.get());
                    }
                }
            }

            assertThat(answers).hasSize(48).isSubsetOf(413, 422, 503);
            assertThat(ledger.record(address, 4, 6).lastSequence()).isEqualTo(6);
            assertThat(client.status("/")).isEqualTo(200);
            assertThat(client.body("/api/v1/projects/navbot/environments")).contains("killed")
                    .doesNotContain("hostile");
            assertThat(client.status("/actuator/health")).isEqualTo(200);
        }
    }

    @Test
    void a_process_without_memory_ends_instead_of_going_on_without_a_thread() throws Exception {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m", "-cp",
                System.getProperty("java.class.path"), Greedy.class.getName()).redirectErrorStream(true).start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(OutOfMemory.EXIT_CODE);
        assertThat(output).contains("out of memory and stops");
    }

    /** One thread takes all there is, the other would go on for ever. */
    static final class Greedy {
        public static void main(String[] args) throws InterruptedException {
            OutOfMemory.endsTheProcess();
            Thread.ofPlatform().start(() -> {
                List<byte[]> all = new ArrayList<>();
                while (all.size() < Integer.MAX_VALUE) {
                    all.add(new byte[1 << 20]);
                }
            });
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static byte[] body(String environment, dev.migrationledger.contracts.event.AgentEvent event,
            String content) {
        byte[] json = ContractJson
                .write(new EventBatch(List.of(SampleBatches.event("hostile", environment, 1, event))));
        return new String(json, StandardCharsets.UTF_8).replace("MARK", content).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(bytes);
        }
        return zipped.toByteArray();
    }
}
