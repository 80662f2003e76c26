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
        new Story("alone", "production").scripts("a").recordIn(environmentCommands);
        automations.round();
        TestPeople.key(context, "navbot");
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("/", "unknown-revision");
        texts.put("/?q=status:forked", "Found: ");
        texts.put("/?q=enviroment:odd", "enviroment");
        texts.put("/projects/navbot/environments/odd", "zz");
        texts.put("/projects/navbot/environments/head?at=2026-01-01T12:00:00Z", "You look at the past.");
        texts.put("/projects/alone/compare", "Choose two environments");
        texts.put("/projects/navbot/compare", "Exchange the sides");
        texts.put("/projects/navbot/compare?left=head&right=odd", "The schemas differ in 1 object.");
        texts.put("/projects/navbot/compare?left=head&right=copy", "= Both have the same 2 revisions.");
        texts.put("/divergences", "How to repair it");
        texts.put("/merges", "The merge of b and c needs 1 approval.");
        texts.put("/projects/navbot/merges/" + merges.open("navbot", 1).getFirst().merge(), "What happened");
        texts.put("/deploys", "No deploy asked the gate yet.");
        texts.put("/agents", "Keys of agents");
        texts.put("/projects/navbot/policy", "the defaults count");
        texts.put("/webhooks", "There are none.");
        texts.put("/webhooks/new", "Card for Microsoft Teams");
        texts.put("/sign-in", "No sign-in is needed");
        try (TestBrowser browser = TestBrowser.open()) {
            for (Look look : LOOKS) {
                Page page = browser.page("http://127.0.0.1:" + port, look);
                texts.forEach((address, text) -> {
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
    void a_page_that_does_not_exist_is_as_readable_as_the_others() {
        new Story("head").scripts("a b<a").applied("b").table("b").recordIn(environmentCommands);
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page("http://127.0.0.1:" + port, Look.PHONE);
            page.navigate("/projects/nowhere");
            assertThat(page.locator("main").innerText()).contains("Project 'nowhere' does not exist");
            assertThat(TestBrowser.accessibilityFaults(page)).isEmpty();
            assertThat(TestBrowser.tooWide(page)).isEmpty();
            assertThat(browser.takeFaults()).singleElement().asString().contains("status of 404");
        }
    }

    @Test
    void the_keyboard_reaches_all_that_can_be_used_and_shows_where_it_is() {
        new Story("head").scripts("a b<a").schema("a", "b").applied("b").table("b").recordIn(environmentCommands);
        new Story("fork").scripts("a b<a c<a").schema("a").applied("b").table("b").recordIn(environmentCommands);
        new Story("odd").scripts("a").schema("a").table("zz").recordIn(environmentCommands);
        automations.round();
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page("http://127.0.0.1:" + port, Look.DESKTOP);
            for (String address : List.of("/", "/projects/navbot", "/projects/navbot/environments/odd",
                    "/projects/navbot/compare?left=head&right=odd",
                    "/projects/navbot/merges/" + merges.open("navbot", 1).getFirst().merge(), "/audit")) {
                page.navigate(address);
                page.keyboard().press("Tab");
                assertThat(page.evaluate("document.activeElement.textContent")).as(address)
                        .isEqualTo("Skip to the content");
                page.evaluate(MARK_WHAT_CAN_BE_USED);
                for (int i = 0; i < 400 && !(boolean) page.evaluate(VISIT); i++) {
                    page.keyboard().press("Tab");
                }
                assertThat(page.evaluate("""
                        () => [...document.querySelectorAll('[data-use]')].map(it => it.outerHTML.slice(0, 150))"""))
                        .as(
                                "not reached, or without a frame, on %s", address)
                        .isEqualTo(List.of());
            }
        }
    }

    private static final String MARK_WHAT_CAN_BE_USED = """
            () => document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]').forEach(it => {
                if (it.checkVisibility()) {
                    it.dataset.use = '';
                }
            })""";

    /** Takes the mark away from what has the focus if a frame shows it. Says whether none is left or the focus left the page. */
    private static final String VISIT = """
            () => {
                const here = document.activeElement;
                if (getComputedStyle(here).outlineStyle !== 'none') {
                    delete here.dataset.use;
                }
                return here === document.body || !document.querySelector('[data-use]');
            }""";
}
