package dev.migrationledger.ledger.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.policy.PolicyChanges;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.browser.TestBrowser.Look;
import dev.migrationledger.testsupport.browser.TestBrowser;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A page that is open while something is recorded. */
@LedgerTest
class LiveUpdateTest {

    @LocalServerPort
    int port;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    Merges merges;

    @Autowired
    PolicyChanges policies;

    @Test
    void a_change_appears_and_scroll_and_focus_stay() {
        for (int i = 10; i < 40; i++) {
            new Story("live" + i, "staging").scripts("a").applied("a").table("a").recordIn(commands);
        }
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page("http://127.0.0.1:" + port, Look.PHONE);
            page.navigate("/");
            // Scripts of a page that was loaded again would have forgotten it.
            page.evaluate("window.kept = true; scrollTo(0, 600)");
            page.locator("th[scope=row] a").nth(5).focus();
            String focused = (String) page.evaluate("document.activeElement.textContent");
            int scrolled = (int) page.evaluate("scrollY");
            page.waitForTimeout(1_500);
            new Story("live12", "production").scripts("a b<a").applied("a").table("a").recordIn(commands);
            page.locator("main a:text-is('production')").waitFor();
            assertThat(page.locator("main").innerText()).contains("31 environments");
            assertThat(page.evaluate("window.kept")).isEqualTo(true);
            assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo(focused);
            assertThat((int) page.evaluate("scrollY")).isCloseTo(scrolled, offset(200));
        }
    }

    @Test
    void pages_of_all_kinds_follow_what_is_recorded() {
        String project = "followed";
        new Story(project, "staging").scripts("a b<a c<a").applied("b").table("b").recordIn(commands);
        automations.round();
        try (TestBrowser browser = TestBrowser.open()) {
            Map<String, String> appears = Map.of("/projects/followed/environments/staging", "The version table says c",
                    "/projects/followed", "production",
                    "/projects/followed/merges/" + merges.open(project, 1).getFirst().merge(), "production",
                    "/audit?q=project:followed", "followed/production", "/projects/followed/policy",
                    "Version 1, applied by");
            Map<String, Page> pages = new LinkedHashMap<>();
            appears.forEach((address, text) -> {
                Page page = browser.page("http://127.0.0.1:" + port, Look.DESKTOP);
                page.navigate(address);
                assertThat(page.locator("main").innerText()).as(address).doesNotContain(text);
                page.evaluate("window.kept = true");
                pages.put(address, page);
            });
            Page policy = Objects.requireNonNull(pages.get("/projects/followed/policy"));
            policy.locator("#file").fill("freshness: []");

            new Story(project, "staging").agent("a2").at(60).scripts("a b<a c<a").table("c").recordIn(commands);
            new Story(project, "production").scripts("a b<a c<a").applied("c").table("c").recordIn(commands);
            policies.apply(project, "freshness:\n  - at-most: 5m\n", null, "ada");
            automations.round();

            pages.forEach((address, page) -> {
                page.locator("main :text('%s')".formatted(appears.get(address))).first().waitFor();
                assertThat(page.evaluate("window.kept")).as(address).isEqualTo(true);
            });
            assertThat(policy.locator("#file").inputValue()).isEqualTo("freshness: []");
            assertThat(policy.locator("form [name=version]").getAttribute("value")).isEqualTo("0");
        }
    }

    @Test
    void a_page_says_that_it_is_not_live() {
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page("http://127.0.0.1:" + port, Look.DESKTOP);
            page.route("**/api/v1/stream*", Route::abort);
            page.navigate("/agents");
            page.getByText("Not live: the ledger does not answer. Trying again.").waitFor();
            assertThat(browser.takeFaults()).isNotEmpty().allMatch(it -> it.contains("/api/v1/stream"));
        }
    }

    @Test
    void times_are_shown_in_the_readers_zone() {
        new Story("zoned", "staging").scripts("a").applied("a").table("a").recordIn(commands);
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page("http://127.0.0.1:" + port, Look.DESKTOP);
            page.navigate("/?q=project:zoned");
            assertThat(page.locator("main time").first().getAttribute("title"))
                    .startsWith("2026-01-01 13:0").contains(" CET\n2026-01-01T12:0");
            assertThat(page.locator("main").innerText()).doesNotContain("2026-01-01");
            page.getByLabel("Exact times").check();
            assertThat(page.locator("main").innerText()).contains("heartbeat 2026-01-01 13:0").doesNotContain(" ago");

            page.navigate("/projects/zoned/environments/staging?at=2026-01-01T12:30:00Z");
            assertThat(page.getByLabel("Exact times").isChecked()).isTrue();
            assertThat(page.locator("main .past").innerText()).contains("2026-01-01 13:30:00 CET");
            assertThat(page.getByLabel("State at (Europe/Berlin)").inputValue()).isEqualTo("2026-01-01T13:30");
            page.getByLabel("State at (Europe/Berlin)").fill("2026-01-01T14:00");
            page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
            page.waitForURL("**/staging?at=2026-01-01T13*00*00Z");

            Page without = browser.page("http://127.0.0.1:" + port, Look.WITHOUT_SCRIPTS);
            without.navigate("/projects/zoned/environments/staging?at=2026-01-01T12:30:00Z");
            without.getByLabel("Exact times").check();
            assertThat(without.locator("main").innerText()).contains("Last observation 2026-01-01 12:0").doesNotContain(
                    " ago");
            assertThat(without.getByLabel("State at (UTC)").inputValue()).startsWith("2026-01-01T12:30");
        }
    }
}
