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
import java.util.TreeMap;
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
                page.navigate("/audit?q=kind:applied");
                Map<String, String> pages = new TreeMap<>(PAGES);
                pages.put(page.locator(".kind a").first().getAttribute("href"), "Place in the evidence log");
                pages.forEach((address, text) -> {
                    page.navigate(address);
                    assertThat(page.locator("main").innerText()).as("%s %s", address, look).contains(text);
                    if (look.scripts()) {
                        assertThat(TestBrowser.accessibilityFaults(page)).as("%s %s", address, look).isEmpty();
                        assertThat(TestBrowser.tooWide(page)).as("%s %s", address, look).isEmpty();
                        assertThat(TestBrowser.plainTimes(page)).as("%s %s", address, look).isEmpty();
                    }
                });
            }
        }
    }

    @Test
    void times_in_a_query_are_in_the_zone_of_the_reader_as_the_address_says() {
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page("http://127.0.0.1:" + port, Look.DESKTOP);
            page.navigate("/audit");
            page.getByLabel("What to find").fill("at:2026-01-01T12:00");
            page.getByText("Find", new Page.GetByTextOptions().setExact(true)).click();

            page.waitForURL("**/audit?q=at%3A2026-01-01T12%3A00&zone=Europe%2FBerlin");
            assertThat(page.locator("main").innerText()).contains("Times in the query are in Europe/Berlin.");
            page.navigate("/audit?q=since:7d&zone=UTC");
            assertThat(page.getByLabel("Times in").inputValue()).isEqualTo("UTC");

            Page without = browser.page("http://127.0.0.1:" + port, Look.WITHOUT_SCRIPTS);
            without.navigate("/audit?q=since:7d");
            assertThat(without.getByLabel("Times in").inputValue()).isEqualTo("UTC");
            assertThat(without.locator("main").innerText()).contains("Times in the query are in UTC.");
        }
    }
}
