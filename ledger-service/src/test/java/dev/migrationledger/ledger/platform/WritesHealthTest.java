package dev.migrationledger.ledger.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

@LedgerTest
class WritesHealthTest {

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String url = "";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void a_database_that_answers_and_takes_nothing_is_not_well() throws Exception {
        assertThat(status("/actuator/health")).isEqualTo(200);

        TestDatabase.readOnly(url, true);
        inTheEnd("/api/v1/projects", 200);
        assertThat(status("/actuator/health")).isEqualTo(503);

        TestDatabase.readOnly(url, false);
        inTheEnd("/actuator/health", 200);
    }

    /** Connections that were broken are noticed when they are used again. */
    private void inTheEnd(String path, int expected) throws IOException, InterruptedException {
        for (int i = 0; i < 100 && status(path) != expected; i++) {
            Thread.sleep(100);
        }
        assertThat(status(path)).isEqualTo(expected);
    }

    private int status(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
