package dev.migrationledger.ledger.dashboard.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.gate.TestDeploys;
import dev.migrationledger.ledger.identity.TestPeople;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.policy.PolicyChanges;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.browser.TestBrowser.Look;
import dev.migrationledger.testsupport.browser.TestBrowser;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** Actions in a real browser, which sends forms as it thinks right. */
@LedgerTest
@TestPropertySource(properties = "ledger.identity.audience=ledger")
class ActionsInTheBrowserTest {

    @LocalServerPort
    int port;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    PolicyChanges policies;

    @Autowired
    ApplicationContext context;

    private final TestBrowser browser = TestBrowser.open();

    @BeforeEach
    void environments() {
        new Story("fork").scripts("a b<a c<a").applied("a").table("a").recordIn(commands);
        new Story("odd").scripts("a").table("zz").recordIn(commands);
        automations.round();
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private Page open(String path, Look look) {
        Page page = browser.page("http://127.0.0.1:" + port, look);
        page.navigate(path);
        return page;
    }

    @Test
    void a_merge_is_approved_with_the_keyboard_alone() {
        Page page = open("/merges", Look.DESKTOP);
        press(page, "The merge of b and c needs 1 approval.");
        press(page, "Approve …");
        assertThat(page.locator("main").innerText()).contains("local approves the merge of b and c in navbot");
        good(page);
        press(page, "Approve");
        assertThat(page.locator(".done").innerText()).isEqualTo("Recorded. The merge of b and c is approved.");
        assertThat(page.locator("h1").innerText()).isEqualTo("The merge of b and c is approved.");
    }

    /** Goes to a link or a button with the Tab key, and presses Enter. */
    private static void press(Page page, String text) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            if (page.evaluate("document.activeElement.textContent.trim()").equals(text)) {
                String before = page.url();
                page.keyboard().press("Enter");
                page.waitForURL(url -> !url.equals(before));
                return;
            }
        }
        throw new AssertionError("the Tab key does not lead to " + text);
    }

    @Test
    void an_override_is_opened_and_closed_and_a_mistake_keeps_what_was_typed() {
        Page page = open("/projects/navbot/environments/odd", Look.DESKTOP);
        click(page, "Open an override …");
        good(page);
        page.getByLabel("Reason").fill("checkout is down");
        page.getByLabel("Until").fill("2020-01-01T12:00");
        button(page, "Continue");
        assertThat(page.locator("[role=alert]").innerText()).contains("is over; write a time in the future");
        assertThat(page.getByLabel("Reason").inputValue()).isEqualTo("checkout is down");
        good(page);
        page.getByLabel("Until").fill(PageAnswers.field(Instant.now().plusSeconds(7_200)));
        button(page, "Continue");
        assertThat(page.locator(".recorded").innerText()).contains("local lets deploys of navbot/odd run until")
                .contains("checkout is down");
        button(page, "Change");
        assertThat(page.getByLabel("Reason").inputValue()).isEqualTo("checkout is down");
        button(page, "Continue");
        button(page, "Open the override");
        assertThat(page.locator(".done").innerText()).contains("Recorded. The override of navbot/odd is open until");
        good(page);
        click(page, "Close the override …");
        button(page, "Close the override");
        assertThat(page.locator(".done").innerText()).isEqualTo("Recorded. The override of navbot/odd is closed.");
        assertThat(browser.takeFaults()).as("the answer to the mistake").singleElement().asString().contains("422");
    }

    @Test
    void a_finding_is_accepted_without_scripts_and_on_a_phone() {
        for (Look look : new Look[]{Look.WITHOUT_SCRIPTS, Look.PHONE}) {
            Page page = open("/projects/navbot/environments/odd", look);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Accept this finding … unknown-revision"))
                    .first()
                    .click();
            page.getByLabel("Reason").fill("repaired with release 42");
            page.getByLabel("Who takes care of it").fill("ann");
            if (look.scripts()) {
                good(page);
            }
            button(page, "Continue");
            button(page, "Accept the finding");
            assertThat(page.locator(".done").innerText()).contains("is accepted until");
            assertThat(page.locator("main").innerText()).contains("ann takes care of it.");
        }
    }

    @Test
    void a_code_is_shown_once_and_a_key_is_revoked() {
        TestPeople.key(context, "navbot");
        Page page = open("/agents", Look.DARK);
        click(page, "Make a code for an agent …");
        page.getByLabel("Project", new Page.GetByLabelOptions().setExact(true)).fill("navbot");
        button(page, "Continue");
        good(page);
        button(page, "Make the code");
        assertThat(page.locator(".done code").innerText()).startsWith("mle_");
        good(page);
        page.reload();
        assertThat(page.content()).doesNotContain("mle_");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Revoke … db-1")).first().click();
        page.getByLabel("Reason").fill("the machine is gone");
        button(page, "Continue");
        button(page, "Revoke the key");
        assertThat(page.locator(".done").innerText()).isEqualTo("Recorded. The key of db-1 is revoked.");
    }

    @Test
    void a_blocked_deploy_is_approved_where_it_is_listed() {
        new Story("approvals", "production").scripts("a b<a").files("versions", "a", "b").schema("a").applied("a")
                .table("a").recordIn(commands);
        policies.apply("approvals", "approvals:\n  - where: {environments: [production]}\n    count: 1", null, "ada");
        TestDeploys.asked(context, "approvals", "production");
        TestDeploys.asked(context, "approvals", "production");
        Page page = open("/deploys", Look.PHONE);
        good(page);
        assertThat(page.getByText("Approve …")).as("the newest question alone")
                .satisfies(it -> assertThat(it.count()).isEqualTo(1));
        page.getByText("Approve …").click();
        assertThat(page.locator(".recorded").innerText())
                .startsWith("local approves the deploy of b to approvals/production that ci asked for at ");
        good(page);
        button(page, "Approve");
        assertThat(page.locator(".done").innerText())
                .isEqualTo("Recorded. The deploy of approvals/production is approved.");
        assertThat(page.locator("main").innerText()).contains("approved by local").doesNotContain("Approve …");
    }

    @Test
    void a_finding_is_accepted_where_all_are_listed() {
        Page page = open("/divergences?project=navbot&environment=odd", Look.DARK);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Accept this finding … unknown-revision"))
                .first().click();
        assertThat(page.locator("select option:checked").innerText()).startsWith("unknown-revision");
    }

    @Test
    void a_pipeline_is_trusted_and_trusted_no_longer() {
        Page page = open("/agents", Look.DESKTOP);
        click(page, "Trust a GitLab project …");
        good(page);
        page.getByLabel("Number of the project").fill("4711");
        page.getByLabel("May act for the project").fill("navbot");
        button(page, "Continue");
        assertThat(page.locator(".recorded").innerText()).isEqualTo(
                "local trusts GitLab project 4711 (protected refs) of https://gitlab.com to act for navbot/*.");
        good(page);
        button(page, "Trust it");
        assertThat(page.locator(".done").innerText())
                .isEqualTo("Recorded. GitLab project 4711 (protected refs) may act for navbot/*.");
        good(page);
        page.getByText("Withdraw …").click();
        button(page, "Withdraw the trust");
        assertThat(page.locator("main").innerText()).contains("None. Jobs of a trusted pipeline");
    }

    private static void click(Page page, String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true)).click();
    }

    private static void button(Page page, String text) {
        page.locator("main").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(text).setExact(true))
                .click();
    }

    private static void good(Page page) {
        assertThat(TestBrowser.accessibilityFaults(page)).as(page.url()).isEmpty();
        assertThat(TestBrowser.tooWide(page)).as(page.url()).isEmpty();
    }
}
