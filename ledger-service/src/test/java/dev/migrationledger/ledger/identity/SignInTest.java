package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.AccessToken;
import dev.migrationledger.contracts.identity.GrantedRole;
import dev.migrationledger.contracts.identity.Me;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.testsupport.time.MovableClock;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;

/** A person signs in with a browser, and makes a token for a program. */
@LedgerTest
@ExtendWith(OutputCaptureExtension.class)
@Isolated
@TestPropertySource(properties = "ledger.identity.required=true")
class SignInTest {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    @Autowired
    TestClient ledger;

    @Autowired
    Identities identities;

    @Autowired
    JdbcClient database;

    @Autowired
    Environment environment;

    private static final MovableClock MOVABLE = new MovableClock();

    /** The ledger's. */
    @TestBean(methodName = "movable")
    Clock clock = MOVABLE;

    static Clock movable() {
        return MOVABLE;
    }

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();

    @Test
    void the_link_opens_the_ledger_once() throws Exception {
        String secret = identities.issueLink().text();
        String form = browse(ledger.request("/sign-in?code=" + secret)).body();
        assertThat(form).contains(secret);
        String before = session();

        assertThat(post("/sign-in", "code=" + secret + "&_csrf=" + csrf(form)).statusCode()).isEqualTo(302);
        assertThat(session()).as("a session that somebody else may have made").isNotEqualTo(before);
        assertThat(browse(ledger.request("/")).statusCode()).isEqualTo(200);
        Me me = TestClient.read(browse(ledger.request("/api/v1/me")), Me.class);
        assertThat(me).isEqualTo(new Me("local", null, List.of(new GrantedRole(Role.ADMINISTRATOR, null)), true));
        assertThat(identities.administered()).isTrue();

        HttpClient another = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        String again = another.send(ledger.request("/sign-in").build(), BodyHandlers.ofString()).body();
        HttpResponse<String> refused = another.send(
                form("/sign-in", "code=" + secret + "&_csrf=" + csrf(again)).build(), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("The link is unknown or was used before.");

        String page = browse(ledger.request("/sign-in")).body();
        assertThat(post("/sign-out", "_csrf=" + csrf(page)).statusCode()).isEqualTo(302);
        assertThat(browse(ledger.request("/api/v1/me")).statusCode()).isEqualTo(401);
    }

    @Test
    void a_link_is_logged_again_only_if_the_settings_say_so(CapturedOutput output) throws Exception {
        signIn();
        int before = output.getAll().length();
        new AdministratorLink(identities, new IdentitySettings(true, false, List.of(), null), environment).print();
        assertThat(output.getAll().substring(before)).isBlank();
        new AdministratorLink(identities, new IdentitySettings(true, true, List.of(), null), environment).print();
        assertThat(output.getAll().substring(before)).contains("Sign in once as local administrator");
    }

    @Test
    void an_address_with_many_wrong_codes_waits() throws Exception {
        String secret = identities.issueLink().text();
        String csrf = csrf(browse(ledger.request("/sign-in")).body());
        HttpResponse<String> answer = post("/sign-in", "code=wrong&_csrf=" + csrf);
        for (int i = 0; i < FailedAttempts.MOST && answer.statusCode() == 403; i++) {
            assertThat(answer.body()).contains("The link is unknown or was used before.");
            answer = post("/sign-in", "code=wrong&_csrf=" + csrf);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("10 wrong codes came from 127.0.0.1. Wait a minute.");
        assertThat(post("/sign-in", "code=" + secret + "&_csrf=" + csrf).statusCode()).as("a right one").isEqualTo(429);
        MOVABLE.move(FailedAttempts.WINDOW);
        assertThat(post("/sign-in", "code=" + secret + "&_csrf=" + csrf).statusCode()).isEqualTo(302);
    }

    @Test
    void a_newer_link_replaces_an_older_one() throws Exception {
        String older = identities.issueLink().text();
        identities.issueLink();
        String form = browse(ledger.request("/sign-in")).body();
        assertThat(post("/sign-in", "code=" + older + "&_csrf=" + csrf(form)).statusCode()).isEqualTo(403);
    }

    @Test
    void a_form_of_another_site_signs_nobody_in() throws Exception {
        String secret = identities.issueLink().text();
        assertThat(TestClient.problem(post("/sign-in", "code=" + secret), 403).code()).isEqualTo("form-outdated");
        String form = browse(ledger.request("/sign-in")).body();
        assertThat(post("/sign-in", "code=" + secret + "&_csrf=" + csrf(form)).statusCode())
                .as("the link is still good").isEqualTo(302);
    }

    @Test
    void a_session_changes_nothing_without_the_pages_proof() throws Exception {
        signIn();
        HttpResponse<String> answer = browse(ledger.request("/api/v1/access-tokens")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"robot\"}")));
        assertThat(TestClient.problem(answer, 403).code()).isEqualTo("form-outdated");
    }

    @Test
    void a_token_acts_for_its_person_until_it_is_revoked() throws Exception {
        signIn();
        String page = browse(ledger.request("/sign-in")).body();
        HttpResponse<String> made = browse(ledger.request("/api/v1/access-tokens")
                .header("Content-Type", "application/json").header("X-CSRF-TOKEN", csrf(page))
                .POST(BodyPublishers.ofString("{\"name\":\"compare from CI\",\"project\":\"navbot\",\"days\":7}")));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        AccessToken token = ContractJson.read(
                made.body().getBytes(StandardCharsets.UTF_8), AccessToken.class);
        assertThat(token.value()).startsWith("mlt_");
        assertThat(as(token, "GET", "/api/v1/me").body()).contains("\"role\":\"viewer\"", "\"project\":\"navbot\"");
        assertThat(as(token, "GET", "/api/v1/projects").statusCode()).as("those of its project").isEqualTo(200);
        assertThat(as(token, "GET", "/actuator/metrics").statusCode()).as("of all projects").isEqualTo(403);
        assertThat(as(token, "GET", "/api/v1/access-tokens").body()).contains("compare from CI")
                .doesNotContain(String.valueOf(token.value()));

        assertThat(as(token, "DELETE", "/api/v1/access-tokens/" + token.token()).statusCode()).isEqualTo(204);
        assertThat(TestClient.problem(as(token, "GET", "/api/v1/me"), 401).code()).isEqualTo("not-signed-in");
        assertThat(database.sql("select convert_from(payload, 'UTF8') from ledger.event").query(String.class).list())
                .noneMatch(it -> it.contains(String.valueOf(token.value())));
    }

    @Test
    void a_token_may_do_no_more_than_its_person() throws Exception {
        identities.grant("ada", Role.VIEWER, "navbot", "local");
        String viewer = identities.issueToken("ada", "one", Role.VIEWER, "navbot", Duration.ofDays(1))
                .orElseThrow().text();
        for (String body : new String[]{
            "{\"name\":\"more\",\"role\":\"administrator\"}", "{\"name\":\"more\",\"project\":\"other\"}"}) {
            assertThat(TestClient.problem(ledger.post("/api/v1/access-tokens", body.getBytes(StandardCharsets.UTF_8),
                    "Authorization", "Bearer " + viewer), 422).field()).isEqualTo("role");
        }
    }

    private void signIn() throws Exception {
        String secret = identities.issueLink().text();
        String form = browse(ledger.request("/sign-in")).body();
        assertThat(post("/sign-in", "code=" + secret + "&_csrf=" + csrf(form)).statusCode()).isEqualTo(302);
    }

    private HttpResponse<String> as(AccessToken token, String method, String path) throws Exception {
        return ledger.send(ledger.request(path).method(method, BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token.value()));
    }

    private HttpResponse<String> browse(HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return browse(form(path, form));
    }

    private HttpRequest.Builder form(String path, String form) {
        return ledger.request(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    private static String csrf(String page) {
        Matcher found = CSRF.matcher(page);
        assertThat(found.find()).as(page).isTrue();
        return URLEncoder.encode(found.group(1), StandardCharsets.UTF_8);
    }

    private String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("migration-ledger"))
                .map(cookie -> cookie.getValue()).findFirst().orElse("");
    }
}
