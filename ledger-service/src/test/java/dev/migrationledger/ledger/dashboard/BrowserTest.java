package dev.migrationledger.ledger.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.identity.TestPeople;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.browser.TestBrowser.Look;
import dev.migrationledger.testsupport.browser.TestBrowser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

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

    @Autowired
    Merges merges;

    @Autowired
    ApplicationContext context;

    @Test
    void every_page_can_be_read_by_everyone() {
        new Story("head").scripts("a b<a").schema("a", "b").applied("b").table("b").recordIn(environmentCommands);
        new Story("copy").scripts("a b<a").schema("a", "b").applied("b").table("b").recordIn(environmentCommands);
        new Story("fork").scripts("a b<a c<a").applied("b").table("b").recordIn(environmentCommands);
        new Story("odd").scripts("a").schema("a").table("zz").recordIn(environmentCommands);
        automations.round();
        TestPeople.key(context, "navbot");
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("/", "unknown-revision");
        texts.put("/?q=status:forked", "Found: ");
        texts.put("/?q=enviroment:odd", "enviroment");
        texts.put("/projects/navbot/environments/odd", "zz");
        texts.put("/projects/navbot/environments/head?at=2026-01-01T12:00:00Z", "You look at the past.");
        texts.put("/projects/navbot/compare", "Choose two environments");
        texts.put("/projects/navbot/compare?left=head&right=odd", "The schemas differ in 1 object.");
        texts.put("/projects/navbot/compare?left=head&right=copy", "= Both have the same 2 revisions.");
        texts.put("/divergences", "How to repair it");
        texts.put("/merges", "The merge of b and c needs 1 approval.");
        texts.put("/projects/navbot/merges/" + merges.open("navbot", 1).getFirst().merge(), "What happened");
        texts.put("/deploys", "No deploy asked the gate yet.");
        texts.put("/agents", "Keys of agents");
        texts.put("/projects/navbot/policy", "the defaults count");
        texts.put("/sign-in", "No sign-in is needed");
        try (TestBrowser browser = TestBrowser.open()) {
            for (Look look : LOOKS) {
                Page page = browser.page("http://127.0.0.1:" + port, look);
                texts.forEach((address, text) -> {
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
