package dev.migrationledger.ledger.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.view.Story;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a page is sent about changes, read line by line from the socket. */
@LedgerTest
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
@Isolated
class StreamTest {

    @LocalServerPort
    int port;

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    ChangeStreams streams;

    @Test
    void a_change_is_named_and_its_content_is_not_sent() throws Exception {
        try (Reader reader = open("")) {
            assertThat(reader.message()).contains("event: position");
            new Story("navbot", "staging").scripts("secret_script").table("secret_script").recordIn(commands);
            List<String> message = reader.message();
            assertThat(message).contains("event: changed",
                    "data: {\"everything\":false,\"projects\":{\"navbot\":[\"staging\"]}}");
            assertThat(String.join("", message)).doesNotContain("secret_script");
        }
    }

    @Test
    void a_reader_that_comes_back_misses_nothing() throws Exception {
        String last;
        try (Reader reader = open("")) {
            last = id(reader.message());
        }
        new Story("navbot", "missed").scripts("a").table("a").recordIn(commands);
        try (Reader reader = open("?after=" + last)) {
            assertThat(id(reader.message())).isEqualTo(last);
            assertThat(reader.message()).anyMatch(line -> line.contains("\"missed\""));
        }
        try (Reader reader = open("", "Last-Event-ID", last)) {
            assertThat(id(reader.message())).isEqualTo(last);
            assertThat(reader.message()).anyMatch(line -> line.contains("\"missed\""));
        }
    }

    @Test
    void a_position_that_is_none_is_refused() throws Exception {
        assertThat(TestClient.problem(ledger.get("/api/v1/stream?after=x"), 422).detail())
                .isEqualTo("'x' is not a position; send the id of a message.");
    }

    @Test
    void the_number_of_streams_is_bounded_and_a_place_comes_free() throws Exception {
        int taken = 0;
        while (streams.reserve()) {
            taken++;
        }
        try {
            assertThat(TestClient.problem(ledger.get("/api/v1/stream"), 503).detail())
                    .isEqualTo("200 streams are open already; try again in a minute.");
        } finally {
            for (int i = 0; i < taken; i++) {
                streams.release();
            }
        }
        assertThat(ledger.statusOf(ledger.request("/api/v1/stream"))).isEqualTo(200);
    }

    @Test
    void a_reader_that_leaves_is_no_failure(CapturedOutput output) throws Exception {
        try (Reader reader = open("")) {
            reader.message();
        }
        // It is noticed when something is sent.
        AtomicInteger stories = new AtomicInteger();
        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(700)).until(() -> {
            new Story("navbot", "left" + stories.incrementAndGet()).scripts("a").recordIn(commands);
            return isNoneOpen();
        });
        assertThat(output.getAll()).doesNotContain("NotWritable", "A request failed.", "committed already");
    }

    private boolean isNoneOpen() {
        int taken = 0;
        while (streams.reserve()) {
            taken++;
        }
        for (int i = 0; i < taken; i++) {
            streams.release();
        }
        return taken == ChangeStreams.MOST;
    }

    @Test
    void streams_end_when_the_ledger_stops() throws Exception {
        try (Reader reader = open("")) {
            reader.message();
            streams.stop();
            assertThat(reader.message()).isEmpty();
        } finally {
            streams.start();
        }
    }

    private static String id(List<String> message) {
        return message.stream().filter(line -> line.startsWith("id: ")).findFirst().orElseThrow().substring(4);
    }

    private Reader open(String query, String... headers) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/stream" + query))
                .timeout(Duration.ofSeconds(20));
        HttpResponse<InputStream> answer = client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return new Reader(client, new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    /** Reads messages; they end with an empty line. */
    private record Reader(HttpClient client, BufferedReader lines) implements AutoCloseable {

        /** The next one that says something; empty where the stream ends. */
        List<String> message() throws IOException {
            List<String> message = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    message.add(line);
                } else if (message.stream().anyMatch(it -> it.startsWith("data:"))) {
                    return message;
                } else {
                    message.clear();
                }
            }
            return List.of();
        }

        @Override
        public void close() throws IOException {
            lines.close();
            client.shutdownNow();
        }
    }
}
