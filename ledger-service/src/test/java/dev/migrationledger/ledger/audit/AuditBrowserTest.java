package dev.migrationledger.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.browser.TestBrowser.Look;
import dev.migrationledger.testsupport.browser.TestBrowser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page of the audit in a real browser. */
@LedgerTest
class AuditBrowserTest {

    private static final Map<String, String> PAGES = Map.of("/audit", "Applied b.", "/audit?q=kind:applied",
            "Applied b.",
            "/audit?q=actr:ada", "Did you mean 'actor'?", "/audit?q=kind:reverted", "Nothing found.");

    @LocalServerPort
    int port;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Test
    void everyone_can_read_entries_and_mistakes() {
        new Story("head").scripts("a b<a").applied("b").table("b").recordIn(commands);
        automations.round();
        try (TestBrowser browser = TestBrowser.open()) {
            for (Look look : List.of(Look.DESKTOP, Look.DARK, Look.PHONE, Look.WITHOUT_SCRIPTS)) {
                Page page = browser.page("http://127.0.0.1:" + port, look);
                PAGES.forEach((address, text) -> {
                    page.navigate(address);
                    assertThat(page.locator("main").innerText()).as("%s %s", address, look).contains(text);
                    if (look.scripts()) {
                        assertThat(TestBrowser.accessibilityFaults(page)).as("%s %s", address, look).isEmpty();
                        assertThat(TestBrowser.fitsTheWindow(page)).as("%s %s", address, look).isTrue();
                    }
                });
            }
        }
    }
}
