package dev.migrationledger.ledger.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

@LedgerTest
class DatabaseUnavailableTest {

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String database;

    @Test
    void a_ledger_without_its_database_says_so_and_recovers() throws Exception {
        assertThat(post(1, 2).statusCode()).isEqualTo(200);

        TestDatabase.close(database);
        HttpResponse<byte[]> refused = post(3, 4);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        Problem problem = ContractJson.read(refused.body(), Problem.class);
        assertThat(problem.code()).isEqualTo("unavailable");
        assertThat(problem.detail()).contains("cannot reach its database").doesNotContain("jdbc:", "SQL");

        TestDatabase.open(database);
        assertThat(firstAnswerThatIsNot503()).isEqualTo(200);
    }

    /** As an agent that tries again: each refusal may cost the pool one of its broken connections, and it has four. */
    private int firstAnswerThatIsNot503() throws Exception {
        int status = 503;
        for (int attempt = 0; attempt <= 4 && status == 503; attempt++) {
            status = post(3, 4).statusCode();
        }
        return status;
    }

    private HttpResponse<byte[]> post(long first, long last) throws Exception {
        byte[] batch = ContractJson.write(new EventBatch(SampleBatches.events("navbot", "cut-off", first, last)));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(batch))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
