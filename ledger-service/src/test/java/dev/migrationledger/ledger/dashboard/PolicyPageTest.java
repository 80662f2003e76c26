package dev.migrationledger.ledger.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LedgerTest
class PolicyPageTest {

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Test
    void it_shows_the_file_that_counts_with_who_applied_it() throws Exception {
        new Story("staging").scripts("a").recordIn(commands);
        assertThat(ledger.body("/projects/navbot/policy")).contains("the defaults count")
                .contains("migration-agent policy dry-run policy.yaml --ledger http://127.0.0.1:");
        assertThat(ledger.send(ledger.request("/api/v1/projects/navbot/policy").header("Content-Type",
                "application/yaml").PUT(BodyPublishers.ofString("unreachable: local\n# <b>as agreed</b>\n")))
                .statusCode())
                .isEqualTo(200);
        assertThat(ledger.body("/projects/navbot/policy")).contains("Version 1, applied by local")
                .contains("&lt;b&gt;as agreed", "/audit?q=project%3Anavbot").doesNotContain("<b>as");
        assertThat(ledger.status("/projects/never/policy")).isEqualTo(404);
    }
}
