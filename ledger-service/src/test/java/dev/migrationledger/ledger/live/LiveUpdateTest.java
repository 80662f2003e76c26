package dev.migrationledger.ledger.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.microsoft.playwright.Page;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.browser.TestBrowser.Look;
import dev.migrationledger.testsupport.browser.TestBrowser;
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
    void times_are_shown_in_the_readers_zone() {
        new Story("zoned", "staging").scripts("a").applied("a").table("a").recordIn(commands);
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page("http://127.0.0.1:" + port, Look.DESKTOP);
            page.navigate("/?q=project:zoned");
            assertThat(page.locator("main time").first().getAttribute("title")).contains("13:0", "2026-01-01T12:0");
        }
    }
}
