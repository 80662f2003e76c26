package dev.migrationledger.ledger.dashboard.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
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

/** The graph of a project and the page of a revision in a real browser. */
@LedgerTest
class GraphBrowserTest {

    private static final List<Look> LOOKS = List.of(Look.DESKTOP, Look.DARK, Look.PHONE, Look.WITHOUT_SCRIPTS);

    @LocalServerPort
    int port;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Test
    void the_graph_and_a_revision_can_be_read_by_everyone() {
        record(new Story("navbot", "production").scripts("a b<a c<b x<a m<c,x n<m h<n k<n")
                .files("versions", "a", "b", "c", "x", "m", "n").schema("a", "b").applied("a", "b").table("n"));
        record(new Story("navbot", "staging").scripts("a b<a c<b x<a m<c,x n<m h<n k<n").applied("b").table("h"));
        record(new Story("navbot", "odd").scripts("a b<a").table("zz"));
        record(new Story("long", "dev").says(new ScriptsScanned("versions", 1, "d", null, ProjectPageTest.bushy(500),
                List.of(), List.of(), Story.TOOL)).table("r400"));
        try (TestBrowser browser = TestBrowser.open()) {
            for (Look look : LOOKS) {
                Page page = browser.page("http://127.0.0.1:" + port, look);
                for (String address : List.of("/projects/navbot", "/projects/navbot?environment=production&q=does+b",
                        "/projects/navbot/revisions/n", "/projects/navbot/revisions/zz", "/projects/long",
                        "/projects/long?open=r499..r0")) {
                    page.navigate(address);
                    assertThat(page.locator("main").innerText()).as("%s %s", address, look).isNotBlank();
                    if (look.scripts()) {
                        assertThat(TestBrowser.accessibilityFaults(page)).as("%s %s", address, look).isEmpty();
                        assertThat(TestBrowser.tooWide(page)).as("%s %s", address, look).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void the_picture_of_a_row_is_as_high_as_its_row_and_begins_where_the_one_above_ends() {
        record(new Story("rows", "production").scripts("a b<a c<b x<a m<c,x").table("m"));
        try (TestBrowser browser = TestBrowser.open()) {
            for (Look look : List.of(Look.DESKTOP, Look.PHONE)) {
                Page page = browser.page("http://127.0.0.1:" + port, look);
                page.navigate("/projects/rows");
                double end = -1;
                for (int i = 0; i < 5; i++) {
                    BoundingBox row = page.locator(".graph li").nth(i).boundingBox();
                    BoundingBox picture = page.locator(".graph li svg").nth(i).boundingBox();
                    assertThat(picture.height).isBetween(row.height - 1, row.height + 1);
                    assertThat(end < 0 ? picture.y : end).isBetween(picture.y - 1, picture.y + 1);
                    end = picture.y + picture.height;
                }
            }
        }
    }

    @Test
    void folds_open_and_close_by_their_links_alone() {
        record(new Story("folds", "dev").scripts("a b<a c<b d<c e<d f<e x<b y<x f2<f,y g<f2 h<g").table("h"));
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page("http://127.0.0.1:" + port, Look.WITHOUT_SCRIPTS);
            page.navigate("/projects/folds");
            int folded = page.locator(".graph li").count();
            page.locator(".graph li.fold a").first().click();
            page.waitForLoadState();
            assertThat(page.locator(".graph li").count()).isGreaterThan(folded);
            page.getByText("Fold all").click();
            page.waitForLoadState();
            assertThat(page.locator(".graph li").count()).isEqualTo(folded);
        }
    }

    private void record(Story story) {
        story.recordIn(commands);
        automations.round();
    }
}
