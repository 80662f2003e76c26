package dev.migrationledger.ledger.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.browser.TestBrowser.Look;
import dev.migrationledger.testsupport.browser.TestBrowser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The pages in a real browser. */
@LedgerTest
class BrowserTest {

    private static final List<Look> LOOKS = List.of(Look.DESKTOP, Look.DARK, Look.PHONE, Look.WITHOUT_SCRIPTS);

    @LocalServerPort
    int port;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    Automations automations;

    @Test
    void every_page_can_be_read_by_everyone() {
        new Story("head").scripts("a b<a").applied("b").table("b").recordIn(environmentCommands);
        new Story("fork").scripts("a b<a c<a").applied("b").table("b").recordIn(environmentCommands);
        new Story("odd").scripts("a").table("zz").recordIn(environmentCommands);
        automations.round();
        List<String> addresses = List.of("/", "/projects/navbot/environments/odd",
                "/projects/navbot/environments/head?at=2026-01-01T12:00:00Z");
        try (TestBrowser browser = TestBrowser.open()) {
            for (Look look : LOOKS) {
                Page page = browser.page("http://127.0.0.1:" + port, look);
                for (String address : addresses) {
                    page.navigate(address);
                    if (look.scripts()) {
                        assertThat(TestBrowser.accessibilityFaults(page)).as("%s %s", address, look).isEmpty();
                        assertThat(TestBrowser.fitsTheWindow(page)).as("%s %s", address, look).isTrue();
                    } else {
                        assertThat(page.locator("main").innerText()).contains(address.contains("head") ? "past" : "zz");
                    }
                }
            }
        }
    }
}
