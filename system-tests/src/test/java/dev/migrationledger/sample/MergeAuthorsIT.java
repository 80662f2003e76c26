package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.AccessToken;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.issuer.TestIssuer;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.machine.Requirement;
import dev.migrationledger.testsupport.time.Eventually;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who wrote a side of a merge approves it with the agent: a Git repository, an issuer, and both executable jars. */
@Execution(ExecutionMode.SAME_THREAD)
class MergeAuthorsIT {

    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    @TempDir
    private static Path work;

    private static SampleLedger ledger;

    @BeforeAll
    static void two_heads_from_a_checkout_in_a_ledger_that_then_asks_for_sign_in() throws Exception {
        Requirement.met(ProcessOutput.of(List.of("git", "--version")).exitCode() == 0,
                "there is no git: apt-get install git");
        ledger = SampleLedger.start(SampleLayout.here().workingIn(work.resolve("ledger")), 0, List.of());
        git("init", "-q", ".");
        commit("Ada", "a", "None");
        assertThat(scan().exitCode()).isZero();
        commit("Ada", "b", "'a'");
        commit("Cy", "c", "'a'");
        ProcessOutput scanned = scan();
        assertThat(scanned.exitCode()).as(scanned.text()).isEqualTo(1);
        Eventually.becomes("the merge is proposed with its authors", MergeAuthorsIT::merges,
                found -> found.size() == 1 && found.getFirst().authors().stream().noneMatch(
                        one -> one.names().isEmpty()));
        for (String subject : List.of("ada", "bob")) {
            assertThat(send(HttpClient.newHttpClient(), request("/api/v1/projects/shop/roles")
                    .header("Content-Type", "application/json").PUT(BodyPublishers.ofString(
                            "{\"person\":\"%s %s\",\"role\":\"approver\"}".formatted(ISSUER.address(), subject))))
                    .statusCode()).isEqualTo(200);
        }
        String registration = "--spring.security.oauth2.client.registration.work.";
        ledger.restart(List.of("--ledger.identity.required=true", registration + "client-id=" + TestIssuer.CLIENT,
                registration + "client-secret=" + TestIssuer.CLIENT_SECRET,
                "--spring.security.oauth2.client.provider.work.issuer-uri=" + ISSUER.address()));
    }

    @AfterAll
    static void close() {
        ledger.close();
        ISSUER.close();
    }

    @Test
    void only_someone_else_approves() throws Exception {
        String ada = token("ada", "Ada@Example.org");
        ProcessOutput own = agent(ada, "merge", "approve", "b");
        assertThat(own.exitCode()).as(own.text()).isZero();
        assertThat(own.text()).contains("needs an approval of someone who did not write b",
                "b was written by Ada; someone else has to approve.");
        ProcessOutput shown = agent(ada, "merge", "show");
        assertThat(shown.exitCode()).as(shown.text()).isEqualTo(1);
        assertThat(shown.text()).contains("b by Ada; c by Cy, unknown to the ledger",
                "wrote b and does not approve alone").doesNotContain("example.org");
        ProcessOutput other = agent(token("bob", "bob@example.org"), "merge", "approve", "b");
        assertThat(other.exitCode()).as(other.text()).isZero();
        assertThat(other.text()).contains("The merge of b and c is approved.");
    }

    private static List<MergeProposal> merges() {
        return ledger.get("/api/v1/projects/shop/merges")
                .map(json -> List.of(ContractJson.read(json, MergeProposal[].class))).orElse(List.of());
    }

    private static ProcessOutput scan() throws Exception {
        List<String> words = new ArrayList<>(SampleProcess.command(SampleLayout.here().agentJar()));
        words.addAll(List.of("scan", "--scripts", work.resolve("versions").toString(), "--ledger", ledger.url(),
                "--project", "shop", "--environment", "staging"));
        return run(words, Map.of());
    }

    private static ProcessOutput agent(String token, String... command) throws Exception {
        List<String> words = new ArrayList<>(SampleProcess.command(SampleLayout.here().agentJar()));
        words.addAll(List.of(command));
        words.addAll(List.of("--ledger", ledger.url(), "--project", "shop"));
        return run(words, Map.of("MIGRATION_LEDGER_TOKEN", token));
    }

    private static ProcessOutput run(List<String> words, Map<String, String> environment) throws Exception {
        ProcessBuilder program = new ProcessBuilder(words);
        program.environment().put("HOME", work.toString());
        program.environment().putAll(environment);
        return ProcessOutput.of(program);
    }

    private static void commit(String author, String revision, String parent) throws Exception {
        Files.createDirectories(work.resolve("versions"));
        Files.writeString(work.resolve("versions/" + revision + ".py"),
                "revision = '%s'\ndown_revision = %s\n".formatted(revision, parent));
        git("add", "versions");
        git("-c", "user.name=" + author, "-c", "user.email=%s@example.org".formatted(author), "commit", "-q", "-m",
                revision);
    }

    private static void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", work.toString(), "-c", "commit.gpgSign=false"));
        command.addAll(List.of(arguments));
        ProcessOutput output = ProcessOutput.of(command);
        assertThat(output.exitCode()).as(output.text()).isZero();
    }

    /** Of a person who signs in with a browser, and makes a token there. */
    private static String token(String subject, String address) throws Exception {
        ISSUER.signsIn(Map.of("sub", subject, "name", subject, "email", address, "email_verified", true));
        try (HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            HttpResponse<String> there = send(browser, request("/oauth2/authorization/work"));
            HttpResponse<String> back = send(browser, HttpRequest.newBuilder(location(there)));
            send(browser, HttpRequest.newBuilder(location(back)));
            Matcher csrf = CSRF.matcher(send(browser, request("/sign-in")).body());
            assertThat(csrf.find()).isTrue();
            HttpResponse<String> made = send(browser, request("/api/v1/access-tokens")
                    .header("Content-Type", "application/json").header("X-CSRF-TOKEN", csrf.group(1))
                    .POST(BodyPublishers.ofString(
                            "{\"name\":\"agent\",\"role\":\"approver\",\"project\":\"shop\",\"days\":1}")));
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            AccessToken token = ContractJson.read(made.body().getBytes(StandardCharsets.UTF_8), AccessToken.class);
            return String.valueOf(token.value());
        }
    }

    private static URI location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(ledger.url() + path));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
