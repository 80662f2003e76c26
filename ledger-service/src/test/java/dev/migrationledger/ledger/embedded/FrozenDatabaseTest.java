package dev.migrationledger.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.platform.TestDatabase;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that hangs, as on a disk that does not answer: no request waits for long, and the ledger says that it lives. */
class FrozenDatabaseTest {

    private static final int REQUESTS = 200;

    @TempDir
    Path temp;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @Timeout(300)
    void requests_are_refused_and_liveness_is_answered_while_it_hangs() throws Exception {
        TestDatabase.create();
        Path folder = temp.resolve("ledger");
        try (LedgerProcess ledger = LedgerProcess.startIn(folder)) {
            String address = ledger.address();
            assertThat(ledger.record(address, 1, 20)).isEqualTo(new Receipt(20, 0, 20));
            assertThat(status(address, "/actuator/health/readiness")).isEqualTo(200);
            signal("STOP", folder);
            try {
                // Each ends by itself although the database never comes back: within the wait for a connection and for an answer.
                List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, REQUESTS)
                        .mapToObj(_ -> http.sendAsync(request(address, "/api/v1/projects"),
                                HttpResponse.BodyHandlers.ofString()))
                        .toList();
                int alive = 0;
                while (asked.stream().anyMatch(one -> !one.isDone())) {
                    assertThat(status(address, "/actuator/health/liveness")).isEqualTo(200);
                    alive++;
                    Thread.sleep(200);
                }
                assertThat(asked).allSatisfy(one -> {
                    assertThat(one.join().statusCode()).isEqualTo(503);
                    assertThat(one.join().headers().firstValue("Retry-After")).isPresent();
                });
                assertThat(alive).isPositive();
                assertThat(status(address, "/actuator/health/readiness")).isEqualTo(503);
            } finally {
                signal("CONT", folder);
            }
            assertThat(ledger.recordInTheEnd(address, "killed", 1, 25)).isEqualTo(new Receipt(5, 20, 25));
            ledger.stop();
        }
    }

    private int status(String address, String path) throws Exception {
        return http.send(request(address, path), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static HttpRequest request(String address, String path) {
        return TestClient.at(address).request(path).build();
    }

    private static void signal(String name, Path folder) throws Exception {
        String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip();
        ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        for (ProcessHandle one : Stream.concat(Stream.of(server), server.descendants()).toList()) {
            new ProcessBuilder("kill", "-" + name, Long.toString(one.pid())).start().waitFor();
        }
    }
}
