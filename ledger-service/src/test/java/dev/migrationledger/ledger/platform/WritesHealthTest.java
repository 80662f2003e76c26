package dev.migrationledger.ledger.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.time.Eventually;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

@LedgerTest
class WritesHealthTest {

    @Autowired
    TestClient client;

    @Value("${spring.datasource.url}")
    String url = "";

    @Test
    void a_database_that_answers_and_takes_nothing_is_not_well() throws Exception {
        assertThat(client.status("/actuator/health")).isEqualTo(200);

        TestDatabase.readOnly(url, true);
        inTheEnd("/api/v1/projects", 200);
        assertThat(client.status("/actuator/health")).isEqualTo(503);

        TestDatabase.readOnly(url, false);
        inTheEnd("/actuator/health", 200);
    }

    /** Connections that were broken are noticed when they are used again. */
    private void inTheEnd(String path, int expected) throws Exception {
        Eventually.holds(path + " answers " + expected, () -> client.status(path) == expected);
    }
}
