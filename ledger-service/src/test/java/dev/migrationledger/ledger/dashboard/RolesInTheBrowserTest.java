package dev.migrationledger.ledger.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.identity.TestPeople;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.browser.TestBrowser.Look;
import dev.migrationledger.testsupport.browser.TestBrowser;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** Every page by every role in a real browser: what it shows, what it offers, and how it refuses. */
@LedgerTest
@TestPropertySource(properties = "ledger.identity.required=true")
class RolesInTheBrowserTest {

    /**
     * A page.
     *
     * @param least who may open it
     * @param shows a text that everyone finds on it who may
     * @param offers actions, each with the least role that is offered it
     */
    private record Visited(String address, Role least, String shows, Map<String, Role> offers) {

        static Visited of(String address, String shows) {
            return new Visited(address, Role.VIEWER, shows, Map.of());
        }

        static Visited action(String address, Role least, String shows) {
            return new Visited(address, least, shows, Map.of());
        }

        Visited offering(Map<String, Role> actions) {
            return new Visited(address, least, shows, actions);
        }

        boolean namesTheProject() {
            return address.startsWith("/projects/navbot");
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    Merges merges;

    @Autowired
    DivergenceViews divergences;

    @Autowired
    ApplicationContext context;

    private final TestBrowser browser = TestBrowser.open();

    @BeforeEach
    void environments() {
        new Story("head").scripts("a b<a").schema("a", "b").applied("a", "b").table("b").recordIn(commands);
        new Story("fork").scripts("a b<a c<a").schema("a").applied("a").table("a").recordIn(commands);
        new Story("odd").scripts("a").schema("a").table("zz").recordIn(commands);
        new Story("elsewhere", "dev").scripts("a").applied("a").table("a").recordIn(commands);
        automations.round();
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private List<Visited> pages() {
        String project = "/projects/navbot";
        String odd = project + "/environments/odd";
        String merge = project + "/merges/" + merges.open("navbot", 1).getFirst().merge();
        String finding = divergences.openIn("navbot", List.of("odd"), null).getFirst().id().toString();
        String key = TestPeople.key(context, "navbot");
        return List.of(
                Visited.of("/", "navbot"),
                Visited.of("/divergences", "navbot/odd"),
                Visited.of("/merges", "The merge of b and c needs 1 approval."),
                Visited.of("/deploys", "No deploy asked the gate yet."),
                Visited.of("/agents", "navbot/odd")
                        .offering(Map.of("/agents/enrolment-codes/new", Role.ADMINISTRATOR,
                                "/agents/%s/revoke".formatted(key), Role.ADMINISTRATOR)),
                Visited.of("/audit?q=project:navbot", "navbot/odd"),
                Visited.of(project, "History: "),
                Visited.of(project + "/revisions/b", "Where it ran"),
                Visited.of(odd, "Version table").offering(Map.of(
                        odd + "/overrides/new", Role.APPROVER,
                        odd + "/acceptances/new?finding=" + finding, Role.ADMINISTRATOR)),
                Visited.of(project + "/compare?left=head&right=odd", "zz"),
                Visited.of(project + "/policy", "the defaults count"),
                Visited.of(merge, "What each environment would do").offering(Map.of(
                        merge + "/approve", Role.APPROVER, merge + "/reject", Role.APPROVER)),
                Visited.action(merge + "/approve", Role.APPROVER, "This will be recorded"),
                Visited.action(odd + "/overrides/new", Role.APPROVER, "Reason"),
                Visited.action(odd + "/acceptances/new?finding=" + finding, Role.ADMINISTRATOR, "Who takes care of it"),
                Visited.action("/agents/enrolment-codes/new", Role.ADMINISTRATOR, "Project"),
                Visited.action("/agents/%s/revoke".formatted(key), Role.ADMINISTRATOR, "Reason"));
    }

    @Test
    void each_page_shows_and_offers_what_the_role_may() {
        List<Visited> pages = pages();
        for (Role role : List.of(Role.VIEWER, Role.APPROVER, Role.ADMINISTRATOR)) {
            Page page = as(TestPeople.token(context, role, null));
            for (Visited visited : pages) {
                String what = "%s by %s".formatted(visited.address, role);
                Response answer = Objects.requireNonNull(page.navigate(visited.address));
                if (!role.includes(visited.least)) {
                    refused(page, answer, what);
                    continue;
                }
                assertThat(answer.status()).as(what).isEqualTo(200);
                assertThat(page.locator("main").innerText()).as(what).contains(visited.shows);
                visited.offers.forEach((action, least) -> assertThat(
                        page.locator("main a[href=\"%s\"]".formatted(action)).count() > 0)
                        .as("%s offers %s", what, action).isEqualTo(role.includes(least)));
                good(page, what);
            }
        }
    }

    @Test
    void who_reads_another_project_finds_nothing_of_this_one() {
        Page page = as(TestPeople.token(context, Role.ADMINISTRATOR, "elsewhere"));
        for (Visited visited : pages()) {
            Response answer = Objects.requireNonNull(page.navigate(visited.address));
            if (visited.namesTheProject() || visited.least != Role.VIEWER) {
                refused(page, answer, visited.address);
            } else {
                assertThat(answer.status()).as(visited.address).isEqualTo(200);
                // What someone typed is repeated.
                String text = page.locator("main").innerText().replace("project:navbot", "").replace("'navbot'", "");
                assertThat(text).as(visited.address).doesNotContain("navbot");
            }
        }
    }

    @Test
    void who_is_not_signed_in_or_has_no_role_is_sent_to_the_page_that_says_so() {
        Page stranger = browser.page(base(), Look.PHONE);
        Page newcomer = as(TestPeople.token(context, null, null));
        for (Visited visited : pages()) {
            stranger.navigate(visited.address);
            assertThat(stranger.url()).as(visited.address).isEqualTo(base() + "/sign-in");
            newcomer.navigate(visited.address);
            assertThat(newcomer.url()).as(visited.address).isEqualTo(base() + "/sign-in");
        }
        assertThat(stranger.locator("h1").innerText()).isEqualTo("Sign in");
        assertThat(newcomer.locator("main").innerText()).contains("You have no role yet.");
        good(stranger, "sign in");
        good(newcomer, "no role");
    }

    @Test
    void the_link_of_the_ledger_signs_in_and_a_button_signs_out() {
        Page page = browser.page(base(), Look.DARK);
        page.navigate("/sign-in?code=" + TestPeople.link(context));
        good(page, "the link");
        page.locator("main button").click();
        page.waitForURL(base() + "/");
        assertThat(page.locator("header").innerText()).contains("Signed in as local");
        good(page, "signed in");
        page.locator("header").getByText("Sign out").click();
        page.waitForURL(base() + "/sign-in");
        page.navigate("/");
        assertThat(page.url()).isEqualTo(base() + "/sign-in");
    }

    private String base() {
        return "http://127.0.0.1:" + port;
    }

    private Page as(String token) {
        Page page = browser.page(base(), Look.DESKTOP);
        page.setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + token));
        return page;
    }

    /** The browser itself complains about each refusal, and about nothing else. */
    private void refused(Page page, Response answer, String what) {
        assertThat(answer.status()).as(what).isEqualTo(403);
        assertThat(page.locator("body").innerText()).as(what).contains("needs the role");
        assertThat(browser.takeFaults()).as(what).singleElement().asString().contains("status of 403");
        good(page, what);
    }

    private static void good(Page page, String what) {
        assertThat(TestBrowser.accessibilityFaults(page)).as(what).isEmpty();
        assertThat(TestBrowser.tooWide(page)).as(what).isEmpty();
    }
}
