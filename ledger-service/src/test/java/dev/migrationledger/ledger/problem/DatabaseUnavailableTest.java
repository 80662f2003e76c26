package dev.migrationledger.ledger.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.platform.TestDatabase;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

@LedgerTest
class DatabaseUnavailableTest {

    @Autowired
    TestClient client;

    @Value("${spring.datasource.url}")
    String database;

    @Test
    void a_ledger_without_its_database_says_so_and_recovers() throws Exception {
        assertThat(post(1, 2).statusCode()).isEqualTo(200);

        TestDatabase.close(database);
        HttpResponse<String> refused = post(3, 4);
        Problem problem = TestClient.problem(refused, 503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
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

    private HttpResponse<String> post(long first, long last) throws Exception {
        return client.post("/api/v1/events",
                ContractJson.write(new EventBatch(SampleBatches.events("navbot", "cut-off", first, last))));
    }
}
