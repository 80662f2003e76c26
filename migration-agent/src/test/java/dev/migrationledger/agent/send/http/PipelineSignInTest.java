package dev.migrationledger.agent.send.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.identity.AgentKeyFile;
import dev.migrationledger.agent.identity.Credentials;
import dev.migrationledger.agent.send.LedgerResponse;
import dev.migrationledger.agent.send.signed.SignInException;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.PipelineRun.GithubJob;
import dev.migrationledger.contracts.identity.PipelineSession;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.issuer.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs sign in at a ledger that takes each id token once, as a ledger does with those of GitHub and GitLab. */
class PipelineSignInTest {

    private static final TestIssuer ISSUER = TestIssuer.start();

    @TempDir
    Path home;

    private final List<String> idTokens = new ArrayList<>();
    private final Set<String> sessions = new HashSet<>();
    private final List<@Nullable String> authorizations = new ArrayList<>();
    private @Nullable Problem answersSignIn;
    private boolean takesAgain;
    private boolean open;
    @SuppressWarnings("NullAway.Init") // started before each test
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/pipeline-sessions", this::signIn);
        server.createContext("/", this::accept);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @AfterAll
    static void close() {
        ISSUER.close();
    }

    private void signIn(HttpExchange exchange) throws IOException {
        String token = ContractJson.read(exchange.getRequestBody().readAllBytes(), PipelineSession.Wanted.class)
                .token();
        boolean again = idTokens.contains(token) && !takesAgain;
        idTokens.add(token);
        Problem problem = again
                ? problem(401, "wrong-token", "The token was used before. Request a new one for each command.")
                : answersSignIn;
        if (problem != null) {
            answer(exchange, problem.status(), problem);
            return;
        }
        String session = "mlp_session-" + idTokens.size();
        sessions.add(session);
        answer(exchange, 201, new PipelineSession(new GithubJob(ISSUER.address(), "1", null, null, null, null, null,
                null), Instant.now().plusSeconds(900), session));
    }

    private void accept(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(authorization);
        boolean signed = exchange.getRequestHeaders().containsKey("Migration-Ledger-Key");
        boolean known = authorization != null && sessions.contains(authorization.substring("Bearer ".length()));
        if (open || signed || known) {
            answer(exchange, 200, new Receipt(1, 0, 1));
        } else {
            answer(exchange, 401, problem(401, "not-signed-in", "This ledger asks for sign-in."));
        }
    }

    private static Problem problem(int status, String code, String detail) {
        return new Problem("about:blank", "No", status, detail, code, null, null);
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        try (exchange) {
            byte[] json = ContractJson.write(body);
            exchange.sendResponseHeaders(status, json.length);
            exchange.getResponseBody().write(json);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private LedgerClient client(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("HOME", home.toString());
        return LedgerClient.at(url(), Duration.ofSeconds(10), all);
    }

    private static boolean sends(LedgerClient client) throws InterruptedException {
        return client.post(List.of("{}".getBytes(StandardCharsets.UTF_8))) instanceof LedgerResponse.Received;
    }

    private static String refusal(LedgerClient client) throws InterruptedException {
        LedgerResponse response = client.post(List.of("{}".getBytes(StandardCharsets.UTF_8)));
        assertThat(response).isInstanceOf(LedgerResponse.RetryLater.class);
        return ((LedgerResponse.RetryLater) response).reason();
    }

    private Map<String, String> variable(String token) {
        return Map.of("MIGRATION_LEDGER_ID_TOKEN", token);
    }

    private static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    @Test
    void a_job_of_github_signs_in_once_and_again_when_its_session_has_ended() throws Exception {
        try (LedgerClient client = client(ISSUER.githubJob(Map.of("repository_id", "1")))) {
            assertThat(sends(client)).isTrue();
            assertThat(sends(client)).isTrue();
            assertThat(idTokens).hasSize(1);
            assertThat(claims(idTokens.getFirst())).contains("\"aud\":\"%s\"".formatted(url()));
            sessions.clear();
            assertThat(sends(client)).isTrue();
            assertThat(idTokens).doesNotHaveDuplicates().hasSize(2);
        }
    }

    @Test
    void a_job_signs_in_for_questions_too() {
        try (LedgerClient client = client(ISSUER.githubJob(Map.of("repository_id", "1")))) {
            assertThat(client.get("/api/v1/projects/navbot/merges", Receipt.class)).isEqualTo(new Receipt(1, 0, 1));
            assertThat(idTokens).hasSize(1);
        }
    }

    @Test
    void the_audience_is_that_of_the_variable_if_it_is_set() throws Exception {
        Map<String, String> variables = new HashMap<>(ISSUER.githubJob(Map.of()));
        variables.put("MIGRATION_LEDGER_AUDIENCE", "https://ledger.example.org");
        try (LedgerClient client = client(variables)) {
            assertThat(sends(client)).isTrue();
            assertThat(claims(idTokens.getFirst())).contains("\"aud\":\"https://ledger.example.org\"");
        }
    }

    @Test
    void commands_of_one_job_share_the_session_of_a_token_that_is_taken_once() throws Exception {
        String token = ISSUER.token(Map.of("project_id", "1"));
        for (int i = 0; i < 2; i++) {
            try (LedgerClient client = client(variable(token))) {
                assertThat(sends(client)).isTrue();
            }
        }
        assertThat(idTokens).containsExactly(token);
        Path folder = home.resolve(".migration-ledger/sessions");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
        Path file = only(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(file.getFileName().toString()).doesNotContain(token);
        assertThat(Files.readString(file)).isEqualTo("mlp_session-1");

        sessions.clear();
        try (LedgerClient client = client(variable(token))) {
            assertThat(refusal(client)).isEqualTo(
                    "The ledger at %s does not accept the id token of $MIGRATION_LEDGER_ID_TOKEN: The token was used before. Request a new one for each command."
                            .formatted(url()));
        }
    }

    @Test
    void a_kept_session_of_another_job_is_deleted_when_it_is_old() throws Exception {
        try (LedgerClient client = client(variable(ISSUER.token(Map.of("job", "1"))))) {
            assertThat(sends(client)).isTrue();
        }
        Path folder = home.resolve(".migration-ledger/sessions");
        Path old = only(folder);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(13))));
        try (LedgerClient client = client(variable(ISSUER.token(Map.of("job", "2"))))) {
            assertThat(sends(client)).isTrue();
        }
        assertThat(only(folder)).isNotEqualTo(old);
    }

    @Test
    void a_session_that_others_could_have_written_is_not_used() throws Exception {
        String token = ISSUER.token(Map.of());
        try (LedgerClient client = client(variable(token))) {
            assertThat(sends(client)).isTrue();
        }
        Path file = only(home.resolve(".migration-ledger/sessions"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (LedgerClient client = client(variable(token))) {
            assertThat(refusal(client)).contains("used before");
        }
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.reduce((one, other) -> {
                throw new AssertionError(one + " and " + other);
            }).orElseThrow();
        }
    }

    @Test
    void a_container_signs_in_with_the_token_that_its_file_has_at_that_time() throws Exception {
        takesAgain = true;
        Path file = home.resolve("token");
        String first = ISSUER.token(Map.of("pod", "1"));
        Files.writeString(file, first + "\n");
        Map<String, String> variables = Map.of("MIGRATION_LEDGER_ID_TOKEN_FILE", file.toString());
        try (LedgerClient client = client(variables)) {
            assertThat(sends(client)).isTrue();
            String second = ISSUER.token(Map.of("pod", "1"));
            Files.writeString(file, second + "\n");
            assertThat(sends(client)).isTrue();
            assertThat(idTokens).as("the session goes on").containsExactly(first);
            sessions.clear();
            assertThat(sends(client)).isTrue();
            assertThat(idTokens).containsExactly(first, second);
            sessions.clear();
            Files.delete(file);
            assertThat(refusal(client)).isEqualTo(
                    "The id token cannot be read from the file %s. Check the volume that holds it.".formatted(file));
        }
    }

    @Test
    void a_key_and_an_access_token_come_before_an_id_token() throws Exception {
        Map<String, String> variables = new HashMap<>(ISSUER.githubJob(Map.of()));
        variables.put("MIGRATION_LEDGER_TOKEN", "mlt_1");
        sessions.add("mlt_1");
        try (LedgerClient client = client(variables)) {
            assertThat(sends(client)).isTrue();
        }
        assertThat(authorizations).containsExactly("Bearer mlt_1");

        AgentKeyFile key = AgentKeyFile.make(home.resolve("key.pem"));
        key.keep(key.write());
        variables.remove("MIGRATION_LEDGER_TOKEN");
        variables.put("MIGRATION_LEDGER_KEY", home.resolve("key.pem").toString());
        try (LedgerClient client = client(variables)) {
            assertThat(sends(client)).isTrue();
        }
        assertThat(idTokens).isEmpty();
    }

    @Test
    void two_id_tokens_are_one_too_many() {
        assertThatThrownBy(() -> client(Map.of("MIGRATION_LEDGER_ID_TOKEN", "a.b.c", "MIGRATION_LEDGER_ID_TOKEN_FILE",
                "token-file"))).isInstanceOf(CommandFailure.class).hasMessage(
                        "$MIGRATION_LEDGER_ID_TOKEN and $MIGRATION_LEDGER_ID_TOKEN_FILE are both set; set one of them.");
    }

    @Test
    void a_ledger_without_an_audience_is_used_without_sign_in() throws Exception {
        answersSignIn = problem(409, "audience-missing", "The ledger has no audience.");
        try (LedgerClient client = client(ISSUER.githubJob(Map.of()))) {
            assertThat(refusal(client)).isEqualTo(
                    "The ledger at %s asks for sign-in. The ledger at %s does not accept the id token of GitHub Actions: The ledger has no audience."
                            .formatted(url(), url()));
            open = true;
            assertThat(sends(client)).isTrue();
            assertThat(idTokens).hasSize(1);
        }
    }

    @Test
    void a_refused_token_is_no_reason_to_judge_without_the_ledger() throws Exception {
        answersSignIn = problem(401, "wrong-token", "No trusted pipeline has the ids of the token.");
        try (LedgerClient client = client(ISSUER.githubJob(Map.of()))) {
            assertThat(refusal(client)).endsWith(
                    "does not accept the id token of GitHub Actions: No trusted pipeline has the ids of the token.");
            assertThat(refusal(client)).endsWith("No trusted pipeline has the ids of the token.");
            assertThat(idTokens).as("wrong tokens are counted, so it is not asked at once again").hasSize(1);
            assertThatThrownBy(() -> client.post("/gate", Purpose.GATE,
                    new byte[0], 1000)).isInstanceOfSatisfying(SignInException.class,
                            e -> assertThat(e.isRefused()).isTrue());
        }
    }

    @Test
    void an_issuer_that_is_away_is_asked_again() throws Exception {
        Map<String, String> variables = Map.of("ACTIONS_ID_TOKEN_REQUEST_URL", "http://127.0.0.1:1/",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN", TestIssuer.JOB_SECRET);
        try (LedgerClient client = client(variables)) {
            assertThat(refusal(client)).isEqualTo("GitHub does not answer the request for an id token.");
            assertThatThrownBy(() -> client.post("/gate", Purpose.GATE,
                    new byte[0], 1000)).isInstanceOfSatisfying(SignInException.class,
                            e -> assertThat(e.isRefused()).isFalse());
        }
        Map<String, String> forbidden = new HashMap<>(ISSUER.githubJob(Map.of()));
        forbidden.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "another");
        try (LedgerClient client = client(forbidden)) {
            assertThat(refusal(client)).isEqualTo(
                    "GitHub answers 401 instead of an id token. Let 'permissions' of the job have 'id-token' with the value 'write'.");
        }
    }

    @Test
    void a_job_that_has_no_id_token_is_told_how_to_get_one() throws Exception {
        try (LedgerClient client = client(Map.of("GITHUB_ACTIONS", "true"))) {
            assertThat(refusal(client)).isEqualTo(
                    "The ledger at %s asks for sign-in. To sign in without a secret, let 'permissions' of the job have 'id-token' with the value 'write'."
                            .formatted(url()));
        }
        try (LedgerClient client = client(Map.of("GITLAB_CI", "true"))) {
            assertThat(refusal(client)).endsWith(
                    "let 'id_tokens' of the job have MIGRATION_LEDGER_ID_TOKEN with the aud %s.".formatted(url()));
        }
        try (LedgerClient client = client(Map.of())) {
            assertThat(refusal(client)).endsWith("answers 401: This ledger asks for sign-in.");
        }
    }

    @Test
    void no_text_has_a_secret() throws Exception {
        String token = ISSUER.token(Map.of());
        Map<String, String> variables = new HashMap<>(variable(token));
        variables.put("HOME", home.toString());
        assertThat(Credentials.of(URI.create(url()), variables).toString()).doesNotContain(token)
                .contains("$MIGRATION_LEDGER_ID_TOKEN");
        assertThat(Credentials.of(URI.create(url()), ISSUER.githubJob(Map.of())).toString())
                .doesNotContain(TestIssuer.JOB_SECRET);
        variables.put("MIGRATION_LEDGER_ID_TOKEN", token + " and more");
        try (LedgerClient client = client(variables)) {
            assertThat(refusal(client)).isEqualTo("What $MIGRATION_LEDGER_ID_TOKEN has is not an id token.");
        }
    }
}
