package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.AgentEvent.RevisionAuthorsRead;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.merge.MergeAuthors.Origin;
import dev.migrationledger.contracts.merge.MergeProposal.Authors;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.revision.Author;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.core.merge.MergeAuthorship;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.identity.people.Roles;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.issuer.TestIssuer;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who wrote a side of a merge does not approve it alone, by whichever way they come. */
@LedgerTest
class MergeApproversTest {

    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final String BOSS = "https://id.example.org boss";

    @Autowired
    TestClient ledger;

    @Autowired
    Identities identities;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    ViewRebuild rebuild;

    private final HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String project = "four-eyes-" + UUID.randomUUID();
    private final String path = "/api/v1/projects/%s/merges".formatted(project);
    private final Story staging = new Story(project, "staging");
    private final String ada = ISSUER.address() + " " + UUID.randomUUID();
    /** The tests share a ledger. */
    private final String address = "Ada." + UUID.randomUUID() + "@example.org";

    private final String bob = ISSUER.address() + " " + UUID.randomUUID();

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry settings) {
        settings.add("ledger.identity.required", () -> true);
        String registration = "spring.security.oauth2.client.registration.work.";
        settings.add(registration + "client-id", () -> TestIssuer.CLIENT);
        settings.add(registration + "client-secret", () -> TestIssuer.CLIENT_SECRET);
        settings.add("spring.security.oauth2.client.provider.work.issuer-uri", ISSUER::address);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @BeforeEach
    void two_heads() {
        ISSUER.idTokens(ISSUER::token);
        identities.signIn(ada, "Ada", address, Roles.NONE);
        identities.signIn(bob, "Bob", "bob+" + address, Roles.NONE);
        identities.grant(ada, Role.APPROVER, project, "local");
        identities.grant(bob, Role.APPROVER, project, "local");
        identities.grant(BOSS, Role.ADMINISTRATOR, null, "local");
        staging.scripts("a b<a c<a");
        record();
    }

    @AfterEach
    void views_say_what_the_events_say() {
        assertThat(rebuild.check().differing()).isEmpty();
    }

    @Test
    void with_an_access_token() throws Exception {
        wrote("b", new Author("Ada L.", address.toUpperCase(Locale.ROOT)));
        MergeProposal own = approve(ada);
        assertThat(own.approved()).isFalse();
        assertThat(own.authors()).containsExactly(
                new Authors("b", Origin.PEOPLE, List.of("Ada L."), List.of(ada)),
                new Authors("c", Origin.UNKNOWN, List.of(), List.of()));
        assertThat(MergeAuthorship.whoMay(own)).isEqualTo("b was written by Ada L.; someone else has to approve.");
        String page = as(BOSS, ledger.request("/projects/%s/merges/%s".formatted(project, own.merge()))).body();
        assertThat(page).contains("needs an approval of someone who did not write b", "b by Ada L.; c not known",
                "someone else has to approve.", "but wrote b and does not approve alone")
                .doesNotContainIgnoringCase(address);
        assertThat(approve(bob).approved()).isTrue();
    }

    @Test
    void in_a_session_of_a_browser() throws Exception {
        wrote("c", new Author("Ada", address));
        ISSUER.signsIn(Map.of("sub", ada.substring(ada.indexOf(' ') + 1), "name", "Ada", "email",
                address, "email_verified", true));
        HttpResponse<String> there = browse(ledger.request("/oauth2/authorization/work"));
        HttpResponse<String> back = browse(HttpRequest.newBuilder(location(there)));
        browse(HttpRequest.newBuilder(location(back)));
        Matcher csrf = CSRF.matcher(browse(ledger.request("/sign-in")).body());
        assertThat(csrf.find()).isTrue();
        HttpResponse<String> answer = browse(ledger.request(path + "/" + only().merge() + "/approve")
                .header("X-CSRF-TOKEN", csrf.group(1)).POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(only().approvals()).hasSize(1);
        assertThat(only().approved()).isFalse();
    }

    @Test
    void also_when_they_become_known_after_the_approval() throws Exception {
        assertThat(approve(ada).approved()).isTrue();
        wrote("b", new Author("Ada", address));
        MergeProposal later = only();
        assertThat(later.approved()).isFalse();
        assertThat(MergeAuthorship.limit(later, later.approvals().getFirst())).contains("wrote b");
    }

    @Test
    void also_when_they_have_another_address_by_now() throws Exception {
        wrote("b", new Author("Ada", address));
        identities.signIn(ada, "Ada", "ada@new.example.org", Roles.NONE);
        assertThat(approve(ada).approved()).isFalse();
    }

    @Test
    void all_authors_count_whom_any_source_names_and_an_image_without_git_takes_none_away() throws Exception {
        wrote("b", new Author("Dee", "dee@example.org"));
        wrote("b", new Author("Ada", address));
        staging.says(new RevisionAuthorsRead("image:1",
                List.of(new RevisionAuthors(Story.digest("b"), false, null))));
        record();
        assertThat(approve(ada).approved()).isFalse();
        assertThat(only().authors().getFirst().names()).containsExactly("Dee", "Ada");
    }

    @Test
    void a_merge_in_a_side_that_the_tool_wrote_has_no_author() throws Exception {
        staging.at(1).says(new RevisionAuthorsRead("git:1", List.of(new RevisionAuthors(Story.digest("b"), true,
                List.of(new Author("Ada", address))))));
        record();
        assertThat(approve(ada).approved()).isTrue();
    }

    @Test
    void a_policy_can_ask_for_authors_and_for_approvers_who_can_be_compared_with_them() throws Exception {
        identities.grant(BOSS, Role.ADMINISTRATOR, null, "local");
        HttpResponse<String> applied = as(BOSS, ledger.request("/api/v1/projects/%s/policy".formatted(project))
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString("merges: {authors: known}\n")));
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
        automations.round();
        assertThat(TestClient.problem(as(BOSS, approval()), 409).code()).isEqualTo("address-unknown");
        MergeProposal unknown = approve(bob);
        assertThat(unknown.approved()).isFalse();
        assertThat(unknown.authorsNeeded()).isTrue();
        wrote("b", new Author("Ada", address));
        wrote("c", new Author("Eve", "eve@elsewhere.example.org"));
        assertThat(only().approved()).isTrue();
    }

    private void wrote(String revision, Author author) {
        staging.at(1).says(new RevisionAuthorsRead("git:1",
                List.of(new RevisionAuthors(Story.digest(revision), false, List.of(author)))));
        record();
    }

    private void record() {
        staging.recordIn(commands);
        automations.round();
    }

    private HttpRequest.Builder approval() throws Exception {
        return ledger.request(path + "/" + only().merge() + "/approve").POST(BodyPublishers.noBody());
    }

    private MergeProposal approve(String person) throws Exception {
        return TestClient.read(as(person, approval()), MergeProposal.class);
    }

    private MergeProposal only() throws Exception {
        MergeProposal[] all = TestClient.read(as(BOSS, ledger.request(path)), MergeProposal[].class);
        assertThat(all).hasSize(1);
        return all[0];
    }

    private HttpResponse<String> as(String person, HttpRequest.Builder request) throws Exception {
        return ledger.send(request.header("Authorization", "Bearer " + identities.issueToken(person, "test",
                Role.ADMINISTRATOR, null, Duration.ofMinutes(1)).orElseThrow().text()));
    }

    private HttpResponse<String> browse(HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private static URI location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
    }
}
