package dev.migrationledger.ledger.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.browser.TestBrowser.Look;
import dev.migrationledger.testsupport.browser.TestBrowser;
import dev.migrationledger.testsupport.time.Eventually;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@LedgerTest
class MergePageTest {

    @LocalServerPort
    int port;

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    Merges merges;

    private final String project = "merge-" + UUID.randomUUID();

    @Test
    void what_the_page_leaves_out_is_in_the_merge_for_programs_and_in_the_audit() throws Exception {
        String side = String.join(" ", IntStream.range(10, 70)
                .mapToObj(i -> "b%d<%s".formatted(i, i == 10 ? "a" : "b" + (i - 1))).toList());
        for (int i = 10; i < 62; i++) {
            new Story(project, "tenant-" + i).scripts("a", side, "c<a").applied("a").table("a").recordIn(commands);
        }
        automations.round();
        String page = ledger.body(address());
        assertThat(page).contains(">b59<").doesNotContain(">b60<", "tenant-61");

        MergeProposal all = ledger.read(Rest.of(page, "All 60 revisions as JSON"), MergeProposal.class);
        assertThat(all.content().sides()).extracting(it -> it.revisions().size()).contains(60);
        assertThat(Objects.requireNonNull(ledger.read(Rest.of(page, "2 more environments as JSON"),
                MergeProposal.class).environments())).extracting(MergeEnvironment::environment).contains("tenant-61");
        assertThat(page).contains("<a href=\"#side-1\"><text", "… 55 more", "id=\"side-1\"");
        int of = all.content().sides().stream().map(Side::head).toList().indexOf("b69");
        assertThat(page.substring(page.indexOf("id=\"side-" + (of + 1)))).contains(">b59<");

        String audit = Rest.of(page, "Everything in the audit about this merge");
        assertThat(Eventually.becomes("the proposal is listed", () -> {
            automations.round();
            return ledger.body(audit);
        }, it -> it.contains("merge-proposed"))).contains("data-key");
    }

    @Test
    void a_phone_shows_the_whole_drawing() {
        String bushy = "b1<a b2<b1 b3<b2 b4<b3 b5<b4 b6<b5 b7<b6 b8<b7";
        new Story(project, "staging").scripts("a", bushy, "c1<a a-revision-with-a-very-long-name<c1 d<a")
                .applied("a", "b1").table("b1").recordIn(commands);
        automations.round();
        try (TestBrowser browser = TestBrowser.open()) {
            for (Look look : List.of(Look.PHONE, Look.DESKTOP)) {
                Page page = browser.page("http://127.0.0.1:" + port, look);
                page.navigate(address());
                assertThat(page.evaluate(CUT)).as("%s", look).isEqualTo(List.of());
                assertThat(page.locator(".drawing svg:visible").count()).isEqualTo(1);
                if (look.equals(Look.PHONE)) {
                    assertThat((boolean) page.evaluate(
                            "(it => it.scrollWidth <= it.clientWidth)(document.querySelector('.drawing'))"))
                            .as("nothing scrolls").isTrue();
                }
                page.locator(".drawing svg:visible a").click();
                assertThat(page.url()).contains("#side-");
                assertThat(TestBrowser.accessibilityFaults(page)).isEmpty();
                assertThat(TestBrowser.tooWide(page)).isEmpty();
            }
        }
    }

    /** Labels that are seen and reach beyond the frame around the drawing. */
    private static final String CUT = """
            () => {
                const frame = document.querySelector('.drawing').getBoundingClientRect();
                return [...document.querySelectorAll('.drawing text')].filter(it => it.checkVisibility()).filter(it => {
                    const box = it.getBoundingClientRect();
                    return box.left < frame.left || box.right > frame.right;
                }).map(it => it.textContent);
            }""";

    private String address() {
        return "/projects/%s/merges/%s".formatted(project, merges.open(project, 1).getFirst().merge());
    }
}
