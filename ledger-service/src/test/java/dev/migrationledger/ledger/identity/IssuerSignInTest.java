package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.GrantedRole;
import dev.migrationledger.contracts.identity.Me;
import dev.migrationledger.contracts.identity.Person;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.identity.issuers.SignInProblem;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.testsupport.issuer.TestIssuer;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** People sign in with an issuer that the test starts, as their browsers would. */
@LedgerTest
@ExtendWith(OutputCaptureExtension.class)
@Isolated
class IssuerSignInTest {

    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final TestIssuer LATE = TestIssuer.start();

    @Autowired
    TestClient ledger;

    @Autowired
    Identities identities;

    @Autowired
    JdbcClient database;

    /** Each test has an address of its own, because failed sign-ins are counted by address. */
    private static final AtomicInteger ADDRESSES = new AtomicInteger(1);

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser = browser(ADDRESSES.incrementAndGet(), cookies);

    private static HttpClient browser(int address, CookieManager cookies) {
        return HttpClient.newBuilder().cookieHandler(cookies)
                .localAddress(InetAddress.ofLiteral("127.0.0." + address)).build();
    }

    @DynamicPropertySource
    static void issuers(DynamicPropertyRegistry settings) {
        settings.add("ledger.identity.required", () -> true);
        Map.of("work", ISSUER.address(), "late", LATE.address()).forEach((id, address) -> {
            String registration = "spring.security.oauth2.client.registration.%s.".formatted(id);
            settings.add(registration + "client-id", () -> TestIssuer.CLIENT);
            settings.add(registration + "client-secret", () -> TestIssuer.CLIENT_SECRET);
            settings.add("spring.security.oauth2.client.provider.%s.issuer-uri".formatted(id), () -> address);
        });
        settings.add("spring.security.oauth2.client.registration.work.client-name", () -> "Work");
        settings.add("ledger.identity.roles[0].issuer", () -> "work");
        settings.add("ledger.identity.roles[0].value", () -> "dba");
        settings.add("ledger.identity.roles[0].role", () -> "approver");
        settings.add("ledger.identity.roles[0].project", () -> "navbot");
        // It does not answer when the ledger starts.
        LATE.close();
    }

    @BeforeEach
    void nothingIsForged() {
        ISSUER.idTokens(ISSUER::token);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private HttpResponse<String> browse(HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private static URI location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    /** To the issuer and back: the ledger's answer to what the issuer sends the browser with. */
    private HttpResponse<String> signIn(String id) throws Exception {
        URI there = location(browse(ledger.request("/oauth2/authorization/" + id)));
        URI back = location(browse(HttpRequest.newBuilder(there)));
        return browse(HttpRequest.newBuilder(back));
    }

    private String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("migration-ledger"))
                .map(HttpCookie::getValue).findFirst().orElse("");
    }

    private Me me() throws Exception {
        return TestClient.read(browse(ledger.request("/api/v1/me")), Me.class);
    }

    private String id(String subject) {
        return ISSUER.address() + " " + subject;
    }

    private static String subject() {
        return UUID.randomUUID().toString();
    }

    @Test
    void the_page_names_the_issuers() throws Exception {
        assertThat(browse(ledger.request("/sign-in")).body()).contains("Sign in with Work",
                "href=\"/oauth2/authorization/work\"", "Sign in with late");
    }

    @Test
    void a_person_signs_in_and_is_told_to_ask_for_a_role() throws Exception {
        String ada = subject();
        ISSUER.signsIn(Map.of("sub", ada, "name", "Ada L.", "email", "ada@example.org", "email_verified", true));
        browse(ledger.request("/sign-in"));
        String before = session();
        HttpResponse<String> answer = signIn("work");
        assertThat(location(answer).getPath()).isEqualTo("/");
        assertThat(session()).as("a session that somebody else may have made").isNotEmpty().isNotEqualTo(before);
        assertThat(me()).isEqualTo(new Me(id(ada), "Ada L.", List.of(), true));

        HttpResponse<String> page = browse(ledger.request("/").header("Accept", "text/html"));
        assertThat(location(page).getPath()).isEqualTo("/sign-in");
        assertThat(browse(ledger.request("/sign-in")).body())
                .contains("Ada L.", id(ada), "You have no role yet. Ask an administrator");

        identities.grant(id(ada), Role.VIEWER, "navbot", "local");
        assertThat(browse(ledger.request("/")).body()).as("in the same session").contains("Signed in as Ada L.");
        identities.withdraw(id(ada), "navbot", "local");
        assertThat(browse(ledger.request("/")).statusCode()).isEqualTo(403);

        identities.grant("https://id.example.org boss", Role.ADMINISTRATOR, null, "local");
        HttpResponse<String> people = ledger.send(ledger.request("/api/v1/people").header("Authorization",
                "Bearer " + identities.issueToken("https://id.example.org boss", "test", Role.ADMINISTRATOR, null,
                        Duration.ofDays(1)).orElseThrow().text()));
        assertThat(TestClient.read(people, Person[].class)).anySatisfy(person -> {
            assertThat(person.person()).isEqualTo(id(ada));
            assertThat(person.email()).isEqualTo("ada@example.org");
            assertThat(person.signedIn()).isNotNull();
        });
    }

    @Test
    void each_sign_in_gives_the_roles_that_follow_from_what_the_issuer_says() throws Exception {
        String ada = subject();
        ISSUER.signsIn(Map.of("sub", ada, "groups", List.of("staff", "dba"), "email", "not@verified.example"));
        assertThat(location(signIn("work")).getPath()).isEqualTo("/");
        assertThat(me().roles()).containsExactly(new GrantedRole(Role.APPROVER, "navbot"));
        ISSUER.signsIn(Map.of("sub", ada, "groups", "dba"));
        signIn("work");
        assertThat(me().roles()).hasSize(1);
        ISSUER.signsIn(Map.of("sub", ada, "groups", List.of("staff")));
        signIn("work");
        assertThat(me().roles()).isEmpty();
        assertThat(identities.known().toString()).doesNotContain("not@verified.example");
    }

    @Test
    void an_email_address_makes_nobody_somebody_else() throws Exception {
        String ada = subject();
        identities.grant(id(ada), Role.VIEWER, "navbot", "local");
        ISSUER.signsIn(Map.of("sub", subject(), "email", ada, "email_verified", true, "name", id(ada)));
        signIn("work");
        assertThat(me().person()).isNotEqualTo(id(ada));
        assertThat(me().roles()).isEmpty();
    }

    private void refused(String id, SignInProblem problem, CapturedOutput output, String logged) throws Exception {
        int before = output.getAll().length();
        URI page = location(signIn(id));
        assertThat(page.toString()).endsWith("/sign-in?problem=%s&issuer=%s".formatted(problem.code(), id));
        HttpResponse<String> shown = browse(HttpRequest.newBuilder(page));
        assertThat(shown.body()).contains(problem.sentence(id.equals("work") ? "Work" : id));
        assertThat(browse(ledger.request("/api/v1/me")).statusCode()).isEqualTo(401);
        assertThat(output.getAll().substring(before).lines().filter(line -> !line.isBlank()))
                .singleElement().asString().contains("sign-in refused", problem.code(), logged);
    }

    private void idTokenWith(String claim, Object value) {
        ISSUER.idTokensWith(claims -> {
            Map<String, Object> changed = new HashMap<>(claims);
            changed.put(claim, value);
            return changed;
        });
    }

    @Test
    void tokens_that_are_not_for_this_sign_in_are_refused(CapturedOutput output) throws Exception {
        idTokenWith("aud", "another-client");
        refused("work", SignInProblem.TOKEN_REFUSED, output, "aud=[another-client]");
        idTokenWith("iss", "https://evil.example");
        refused("work", SignInProblem.TOKEN_REFUSED, output, "iss=https://evil.example");
        idTokenWith("exp", Instant.now().minusSeconds(600));
        refused("work", SignInProblem.TOKEN_REFUSED, output, "exp");
        idTokenWith("nonce", "another");
        refused("work", SignInProblem.TOKEN_REFUSED, output, "invalid_nonce");
        ISSUER.idTokens(ISSUER::unsigned);
        refused("work", SignInProblem.TOKEN_REFUSED, output, "none");
        ISSUER.idTokens(ISSUER::forged);
        refused("work", SignInProblem.TOKEN_REFUSED, output, "signature");
    }

    @Test
    void a_subject_that_could_be_taken_for_another_is_refused(CapturedOutput output) throws Exception {
        ISSUER.signsIn(Map.of("sub", "ada lovelace"));
        refused("work", SignInProblem.PERSON_REFUSED, output, "subject");
        ISSUER.signsIn(Map.of("sub", "x".repeat(500)));
        refused("work", SignInProblem.PERSON_REFUSED, output, "subject");
    }

    @Test
    void an_answer_to_a_sign_in_that_did_not_begin_here_is_refused() throws Exception {
        URI there = location(browse(ledger.request("/oauth2/authorization/work")));
        URI back = location(browse(HttpRequest.newBuilder(there)));
        HttpClient another = browser(ADDRESSES.get(), new CookieManager());
        assertThat(location(another.send(HttpRequest.newBuilder(back).build(), BodyHandlers.ofString())).getQuery())
                .isEqualTo("problem=outdated&issuer=work");
        URI changed = URI.create(back.toString().replaceFirst("state=[^&]+", "state=another"));
        assertThat(location(browse(HttpRequest.newBuilder(changed))).getQuery()).contains("problem=outdated");
        assertThat(location(browse(HttpRequest.newBuilder(URI.create(
                back.toString().replaceFirst("code=[^&]+", "code=another"))))).getQuery()).contains("problem=outdated");
        assertThat(location(browse(ledger.request("/oauth2/authorization/none-such"))).getQuery())
                .isEqualTo("problem=unknown-issuer");
    }

    @Test
    void after_ten_failed_sign_ins_an_address_waits_and_others_do_not() throws Exception {
        ISSUER.signsIn(Map.of("sub", subject()));
        ISSUER.idTokens(ISSUER::forged);
        for (int i = 0; i < FailedAttempts.MOST; i++) {
            assertThat(location(signIn("work")).getQuery()).contains("problem=token-refused");
        }
        ISSUER.idTokens(ISSUER::token);
        URI page = location(browse(ledger.request("/oauth2/authorization/work")));
        assertThat(page.getQuery()).isEqualTo("problem=too-many-attempts");
        assertThat(location(browse(ledger.request("/login/oauth2/code/work?code=1&state=2"))).getQuery())
                .isEqualTo("problem=too-many-attempts");
        HttpResponse<String> shown = browse(HttpRequest.newBuilder(page));
        assertThat(shown.statusCode()).isEqualTo(429);
        assertThat(shown.body()).contains(SignInProblem.TOO_MANY_ATTEMPTS.sentence(""));
        HttpClient another = browser(ADDRESSES.incrementAndGet(), new CookieManager());
        assertThat(location(another.send(ledger.request("/oauth2/authorization/work").build(),
                BodyHandlers.ofString())).getPath()).isEqualTo("/authorize");
    }

    @Test
    void an_issuer_that_does_not_answer_is_asked_again_later(CapturedOutput output) throws Exception {
        int before = output.getAll().length();
        URI page = location(browse(ledger.request("/oauth2/authorization/late")));
        assertThat(browse(HttpRequest.newBuilder(page)).body())
                .contains(SignInProblem.ISSUER_UNREACHABLE.sentence("late"));
        assertThat(output.getAll().substring(before).lines().filter(line -> !line.isBlank())).hasSize(1);
        try (TestIssuer again = TestIssuer.start(URI.create(LATE.address()).getPort())) {
            again.signsIn(Map.of("sub", subject()));
            for (int second = 0; second < 20 && page.getPath().equals("/sign-in"); second++) {
                Thread.sleep(500);
                page = location(browse(ledger.request("/oauth2/authorization/late")));
            }
            assertThat(page.getPath()).isEqualTo("/authorize");
            again.hideKeys(true);
            refused("late", SignInProblem.ISSUER_UNREACHABLE, output, "/keys");
            again.hideKeys(false);
            assertThat(location(signIn("late")).getPath()).isEqualTo("/");
        }
    }

    @Test
    void secrets_of_the_issuer_are_nowhere(CapturedOutput output) throws Exception {
        ISSUER.signsIn(Map.of("sub", subject(), "name", "postgresql://ann:s3cretOfAnn@db/app"));
        signIn("work");
        assertThat(browse(ledger.request("/sign-in")).body()).doesNotContain("s3cretOfAnn");
        assertThat(database.sql("select convert_from(payload, 'UTF8') from ledger.event").query(String.class).list())
                .isNotEmpty().noneMatch(event -> event.contains("s3cretOfAnn") || event.contains("planted-"));
        assertThat(output.getAll()).doesNotContain("s3cretOfAnn", "planted-");
    }
}
