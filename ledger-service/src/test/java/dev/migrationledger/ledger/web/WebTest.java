package dev.migrationledger.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** What holds for every request, spoken over a socket as a browser or an attacker does. */
@LedgerTest
@Isolated
class WebTest {

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @ParameterizedTest
    @ValueSource(strings = {
        "evil.example", "evil.example:18080", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.7",
        "xn--lcalhost-d1a", "[::2]", "localhost@evil.example"})
    void a_name_that_is_not_the_ledgers_is_refused_everywhere(String host) throws Exception {
        for (String path : List.of("/", "/api/v1/projects", "/api/v1/openapi", "/actuator/health", "/ledger.css",
                "/no")) {
            String answer = ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(path).matches("(?s)HTTP/1.1 4(21|00) .*")
                    .contains("application/problem+json");
        }
    }

    @Test
    void the_refusal_says_what_to_do() throws Exception {
        assertThat(ask("GET / HTTP/1.1\r\nHost: evil.example:8080\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ")
                .contains("\"code\":\"host-not-served\"")
                .contains(
                        "The ledger does not accept the host name 'evil.example'; to allow it, add it to the setting ledger.hosts.");
    }

    @Test
    void nothing_is_recorded_under_another_name() throws Exception {
        String batch = new String(
                ContractJson.write(new EventBatch(SampleBatches.events("rebound", "staging", 1, 1))),
                StandardCharsets.UTF_8);
        String request = "POST /api/v1/events HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: "
                + batch.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + batch;

        assertThat(ask(request.formatted("evil.example"))).startsWith("HTTP/1.1 421 ");
        assertThat(recorded()).isZero();
        assertThat(ask(request.formatted("localhost"))).startsWith("HTTP/1.1 200 ");
        assertThat(recorded()).isPositive();
    }

    private long recorded() {
        return jdbc.queryForList("select from ledger.event where stream = 'rebound/staging'").size();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Origin: https://evil.example", "Origin: null", "Origin: http://localhost:1",
        "Origin: http://localhost.evil.example",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors"})
    void a_page_of_another_site_gets_nothing_and_records_nothing(String headers) throws Exception {
        assertThat(
                ask("GET /api/v1/projects HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ").contains("\"code\":\"other-site\"").doesNotContain("Access-Control");
        assertThat(ask("POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\n" + headers
                + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"))
                .startsWith("HTTP/1.1 403 ").contains("\"code\":\"other-site\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Origin: http://localhost", "Origin: https://LOCALHOST", "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate", "X-No: browser"})
    void the_ledgers_own_pages_and_links_to_it_are_served(String headers) throws Exception {
        assertThat(
                ask("GET /api/v1/projects HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void without_sign_in_nobody_makes_a_token_that_would_open_the_ledger_later() throws Exception {
        assertThat(ask("POST /api/v1/access-tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 14\r\nConnection: close\r\n\r\n{\"name\":\"bot\"}")).startsWith("HTTP/1.1 409 ")
                .contains("sign-in-not-required");
    }

    @Test
    void a_simple_form_changes_nothing() throws Exception {
        assertThat(ask("POST /api/v1/access-tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                + "Content-Length: 14\r\nConnection: close\r\n\r\n{\"name\":\"bot\"}")).startsWith("HTTP/1.1 415 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "[::1]:8080", "localhost.",
        "[0:0:0:0:0:0:0:1]"})
    void the_usual_names_are_served(String host) throws Exception {
        assertThat(ask("GET /api/v1/projects HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_request_that_names_no_host_comes_from_no_browser() throws Exception {
        assertThat(ask("GET /actuator/health HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "ledger.example, ledger.example, true",
        "'ledger.example, [fe80::1%eth0]', fe80::1, true",
        "ledger.example, sub.ledger.example, false",
        "'', '', false",
        "0.0.0.0, 192.168.0.9, true",
        "0.0.0.0, 192.168.0.10, false"})
    void further_names_and_the_address_of_the_connection(String further, String host, boolean served) {
        assertThat(new HostNames(List.of(further.split(","))).serves(host, "192.168.0.9")).isEqualTo(served);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET /api/v1/projects/{x} HTTP/1.1", "GET /api/%zz HTTP/1.1", "GET /%00 HTTP/1.1", "GET /a/..%2f HTTP/1.1",
        "GET /|x HTTP/1.1", "G\u0001T / HTTP/1.1", "TRACE / HTTP/1.1", "GET / HTTP/9.9", "GET /a;b=\"x\" HTTP/1.1",
        "GET /api/v1/divergences?since=%zz HTTP/1.1"})
    @ExtendWith(OutputCaptureExtension.class)
    void what_the_container_refuses_is_a_problem_and_no_page(String line, CapturedOutput log) throws Exception {
        String answer = ask(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 [45]\\d\\d .*").doesNotContainIgnoringCase("<html", "tomcat", "\tat ");
        if (!answer.substring(answer.indexOf("\r\n\r\n")).isBlank()) {
            assertThat(answer).contains("application/problem+json", "\"code\":");
        }
        assertThat(log.getAll()).as("a mistake of the client is not logged as a failure").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ledger.css", "/api/v1/projects", "/api/v1/nothing", "/actuator/health"})
    void every_answer_forbids_guessing_framing_and_running(String path) throws Exception {
        String answer = ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .toLowerCase(Locale.ROOT);
        assertThat(answer).containsOnlyOnce("x-content-type-options: nosniff")
                .containsOnlyOnce("content-security-policy: default-src 'none'")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action ");
    }

    /** All files of a release have one time, so that says nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"/ledger.css", "/ledger.js"})
    void a_browser_keeps_a_file_until_its_content_changes(String path) throws Exception {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

        String first = ask(request + "\r\n");
        assertThat(first).startsWith("HTTP/1.1 200 ").contains("Cache-Control: no-cache")
                .doesNotContain("Last-Modified");
        String tag = first.lines().filter(line -> line.startsWith("ETag: ")).findFirst().orElseThrow().substring(6);
        assertThat(ask(request + "If-None-Match: " + tag + "\r\n\r\n")).startsWith("HTTP/1.1 304 ");
        assertThat(ask(request + "If-None-Match: \"of-another-release\"\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    private String ask(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
