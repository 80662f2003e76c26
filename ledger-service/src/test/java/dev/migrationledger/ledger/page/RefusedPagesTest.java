package dev.migrationledger.ledger.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.identity.TestPeople;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** What a person sees whom the ledger refuses a page. Programs get a problem in JSON. */
@LedgerTest
@TestPropertySource(properties = {"ledger.identity.required=true", "ledger.identity.audience=ledger"})
@ExtendWith(OutputCaptureExtension.class)
@Isolated
class RefusedPagesTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @LocalServerPort
    int port;

    @Autowired
    TestClient ledger;

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcTemplate jdbc;

    private HttpRequest.Builder asked(String path, Role role) {
        return ledger.request(path).header("Authorization", "Bearer " + TestPeople.token(context, role, null));
    }

    private HttpResponse<String> opened(HttpRequest.Builder request) throws IOException, InterruptedException {
        return ledger.send(request.header("Accept", BROWSER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/projects/never|404|Project &#39;never&#39; does not exist",
        "/no/such/page|404|Nothing exists at /no/such/page. Check the address, or start at the overview.",
        "/deploys?before=soon|422|&#39;soon&#39; is not a place in this list. Remove &#39;before&#39; from the address",
        "/divergences?q=state:open&before=2026-11-30T12:00:00Z/one|422|&#39;one&#39; is not a place in this list.",
        "/merges?before=-999999999-01-01T00:00:00Z/0-0-0-0-0|422|is not a place in this list.",
        "/agents?after=soon/navbot/production/a1|422|&#39;soon&#39; is not a place in this list.",
        "/projects/navbot/merges/first|400|&#39;first&#39; is not a valid merge; use the id",
        "/agents/enrolment-codes/new|403|needs the role administrator in all projects. Ask an administrator for it.",
        "/sign-out|405|/sign-out does not take GET."})
    void a_refusal_is_a_page_with_the_sentence(String path, int status, String sentence) throws Exception {
        HttpResponse<String> page = opened(
                asked(path, status == 405 || path.contains("such") ? Role.ADMINISTRATOR : Role.VIEWER));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(status);
        assertPage(page);
        assertThat(page.body()).contains(sentence, "<nav", "Sign out", "Open the overview");
    }

    private static void assertPage(HttpResponse<String> page) {
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.headers().allValues("Content-Security-Policy")).containsExactly(PageFrames.POLICY);
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.body()).contains("<main id=\"main\"", "role=\"alert\"").doesNotContain("about:blank", "\tat ");
    }

    @Test
    void programs_and_the_api_get_problems() throws Exception {
        assertThat(TestClient.problem(ledger.send(asked("/projects/never", Role.VIEWER)), 404).code())
                .isEqualTo("not-found");
        assertThat(TestClient.problem(opened(asked("/api/v1/projects/never", Role.VIEWER)), 404).code())
                .isEqualTo("not-found");
        assertThat(TestClient.problem(opened(asked("/api/v1/no/such", Role.ADMINISTRATOR)), 404).detail())
                .contains("/api/v1/openapi lists all addresses");
    }

    @Test
    void a_form_without_the_proof_of_its_page_is_answered_with_a_page() throws Exception {
        HttpResponse<String> page = opened(asked("/agents/enrolment-codes/new", Role.ADMINISTRATOR)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("project=navbot")));
        assertThat(page.statusCode()).isEqualTo(403);
        assertPage(page);
        assertThat(page.body()).contains("Open the page again, and send the form from there.")
                .doesNotContain("everyone on this machine is administrator");
    }

    @Test
    void a_page_of_another_site_and_another_name_of_the_ledger_are_answered_with_a_page() throws Exception {
        String start = "POST /sign-in HTTP/1.1\r\nAccept: " + BROWSER
                + "\r\nConnection: close\r\nContent-Length: 0\r\n";
        assertThat(ask(start + "Host: localhost\r\nOrigin: https://evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ").contains("<main id=", "comes from a page of https://evil.example");
        assertThat(ask(start + "Host: evil.example\r\n\r\n")).startsWith("HTTP/1.1 421 ")
                .contains("<main id=", "add it to the setting ledger.hosts.");
    }

    @Test
    void what_the_container_refuses_is_a_page_of_the_ledger() throws Exception {
        assertThat(ask("GET /projects/%zz HTTP/1.1\r\nHost: localhost\r\nAccept: " + BROWSER
                + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ").contains("<main id=", "does not understand this address")
                .doesNotContainIgnoringCase("tomcat");
    }

    private String ask(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_failure_of_the_ledger_is_a_page_that_says_nothing_of_it(CapturedOutput output) throws Exception {
        jdbc.execute("alter table ledger.gate_override rename to gate_override_gone");
        try {
            HttpResponse<String> page = opened(asked("/deploys", Role.VIEWER));
            assertThat(page.statusCode()).isEqualTo(500);
            assertPage(page);
            assertThat(page.body()).contains("The ledger failed to answer").doesNotContain("gate_override");
            assertThat(output.getAll()).contains("A request failed.", "gate_override");
        } finally {
            jdbc.execute("alter table ledger.gate_override_gone rename to gate_override");
        }
    }

    @Test
    void a_refused_stream_logs_nothing_about_converters(CapturedOutput output) throws Exception {
        for (String path : new String[]{"/api/v1/stream?after=x", "/api/v1/audit/stream?after=x",
            "/api/v1/audit/stream?q=colour:red"}) {
            HttpResponse<String> answer = ledger.send(asked(path, Role.VIEWER).header("Accept", "text/event-stream"));
            assertThat(answer.statusCode()).as(path).isBetween(400, 422);
            assertThat(answer.headers().firstValue("Content-Type")).as(path).hasValue("application/problem+json");
        }
        assertThat(output.getAll()).doesNotContain("No converter");
    }
}
