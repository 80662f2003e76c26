package dev.migrationledger.ledger.dashboard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.gate.TestDeploys;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.browser.TestBrowser.Look;
import dev.migrationledger.testsupport.browser.TestBrowser;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@LedgerTest
class PolicyPageTest {

    private static final List<Look> LOOKS = List.of(Look.DESKTOP, Look.DARK, Look.PHONE);

    @LocalServerPort
    int port;

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient database;

    private final String project = "p" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void it_shows_the_file_that_counts_with_who_applied_it() throws Exception {
        new Story(project, "staging").scripts("a").recordIn(commands);
        assertThat(ledger.body("/projects/%s/policy".formatted(project))).contains("the defaults count")
                .contains("migration-agent policy dry-run policy.yaml --ledger http://127.0.0.1:");
        assertThat(ledger.send(ledger.request("/api/v1/projects/%s/policy".formatted(project)).header("Content-Type",
                "application/yaml").PUT(BodyPublishers.ofString("unreachable: local\n# <b>as agreed</b>\n")))
                .statusCode())
                .isEqualTo(200);
        assertThat(ledger.body("/projects/%s/policy".formatted(project))).contains("Version 1, applied by local")
                .contains("&lt;b&gt;as agreed", "/audit?q=project%3A" + project).doesNotContain("<b>as");
        assertThat(ledger.status("/projects/never/policy")).isEqualTo(404);
    }

    @Test
    void a_file_is_tried_mended_and_applied() {
        new Story(project, "staging").scripts("a b<a").files("versions", "a", "b").schema("a").applied("a").table("a")
                .recordIn(commands);
        TestDeploys.asked(context, project, "staging");
        try (TestBrowser browser = TestBrowser.open()) {
            for (Look look : LOOKS) {
                Page page = browser.page("http://127.0.0.1:" + port, look);
                page.navigate("/projects/%s/policy".formatted(project));
                page.locator("#file").fill("approvals:\n  - wher: {environments: [staging]}\n    count: 1");
                page.getByText("Try", new Page.GetByTextOptions().setExact(true)).click();
                assertThat(page.locator("#mistakes").innerText()).contains("mistake");
                assertThat(page.locator(".wrong").first().innerText()).contains("wher", "column 5", "where");
                assertThat(browser.takeFaults()).as("the answer to the mistake").singleElement().asString()
                        .contains("422");
                good(page);
                page.locator("#file").fill("approvals:\n  - where: {environments: [staging]}\n    count: 1");
                page.getByText("Try", new Page.GetByTextOptions().setExact(true)).click();
                assertThat(page.locator("main").innerText())
                        .contains("1 was allowed and would have been blocked.", "Nothing was recorded",
                                "approvals rule 1: 1 approval required, 0 given.");
                good(page);
            }
            Page page = browser.page("http://127.0.0.1:" + port, Look.DESKTOP);
            page.navigate("/projects/%s/policy".formatted(project));
            page.locator("#file").fill("approvals:\n  - wher: {environments: [staging]}\n    count: 1");
            page.getByText("Apply …").click();
            assertThat(page.locator("#problem").innerText()).startsWith("The policy has ")
                    .contains("Correct the marked line");
            assertThat(page.locator(".wrong").first().innerText()).contains("wher", "column 5", "where");
            assertThat(browser.takeFaults()).as("the answer to the mistake").singleElement().asString().contains("422");
            good(page);
            page.navigate("/projects/%s/policy".formatted(project));
            String example = page.locator("details pre code").first().textContent();
            page.locator("#file").fill(example);
            page.getByText("Apply …").click();
            assertThat(page.locator(".recorded").innerText())
                    .isEqualTo("local applies version 1 of the policy of %s.".formatted(project));
            assertThat(page.locator("main").innerText()).contains("Of 1 deploy since ", "lines of the file are new");
            good(page);
            page.getByText("Apply the policy", new Page.GetByTextOptions().setExact(true)).last().click();
            assertThat(page.locator(".done").innerText())
                    .isEqualTo("Recorded. Version 1 of the policy of %s counts.".formatted(project));
            assertThat(page.locator("#file").inputValue()).isEqualTo(example);
        }
    }

    @Test
    void a_trial_leads_to_the_last_deploy_that_changes() {
        new Story(project, "staging").scripts("a b<a").files("versions", "a", "b").schema("a").applied("a").table("a")
                .recordIn(commands);
        UUID oldest = TestDeploys.asked(context, project, "staging");
        // More than an answer for programs lists.
        database.sql("""
                insert into ledger.deploy (project, environment, id, decided_at, facts)
                select project, environment, new.id, decided_at + n * interval '1 second',
                    replace(facts::text, d.id::text, new.id::text)::json
                from ledger.deploy d, (select n, gen_random_uuid() as id from generate_series(1, 219) n) as new
                where project = ?""").param(project).update();
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page("http://127.0.0.1:" + port, Look.PHONE);
            page.navigate("/projects/%s/policy".formatted(project));
            String file = "# as agreed\napprovals:\n  - where: {environments: [staging]}\n    count: 1";
            page.locator("#file").fill(file);
            page.getByText("Try", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator("main").innerText())
                    .contains("220 were allowed and would have been blocked.");
            String row = "tr[data-key='%s']".formatted(oldest);
            for (int more : List.of(170, 120, 70, 20)) {
                assertThat(page.locator(row).count()).isZero();
                assertThat(page.locator("#result ~ table tbody tr").count()).isEqualTo(50);
                page.getByText(more + " more deploys").click();
            }
            assertThat(page.locator(row).count()).isEqualTo(1);
            assertThat(page.locator("#file").inputValue()).isEqualTo(file);
            good(page);
            page.getByText("First deploys").click();
            assertThat(page.getByText("170 more deploys").count()).isEqualTo(1);
        }
    }

    private static void good(Page page) {
        assertThat(TestBrowser.accessibilityFaults(page)).as(page.url()).isEmpty();
        assertThat(TestBrowser.tooWide(page)).as(page.url()).isEmpty();
    }
}
