package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.GateAnswer;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.PipelineMatch.GithubRepository;
import dev.migrationledger.contracts.identity.PipelineMatch.KubernetesAccount;
import dev.migrationledger.contracts.identity.PipelineRun.GithubJob;
import dev.migrationledger.contracts.identity.PipelineSession;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.issuer.TestIssuer;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** Pipelines of an issuer on this machine, at a ledger that asks for sign-in. */
@LedgerTest
@TestPropertySource(properties = {"ledger.identity.required=true", "ledger.identity.audience=https://ledger.example"})
class PipelinesTest {

    private static final TestIssuer ISSUER = TestIssuer.start();

    @Autowired
    TestClient ledger;

    @Autowired
    Identities identities;

    @Autowired
    TrustedPipelines pipelines;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    EnvironmentViews environments;

    @Autowired
    SchemaViews schemas;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ViewRebuild rebuild;

    private String administrator = "";
    private String project = "";
    private String repository = "";

    @BeforeEach
    void administrator() {
        identities.grant("ada", Role.ADMINISTRATOR, null, "local");
        administrator = "Bearer "
                + identities.issueToken("ada", "test", Role.ADMINISTRATOR, null, Duration.ofDays(1)).orElseThrow()
                        .text();
        String random = UUID.randomUUID().toString().substring(0, 8);
        project = "p" + random;
        repository = "r" + random;
    }

    @AfterAll
    static void close() {
        ISSUER.close();
    }

    private HttpResponse<String> trust(PipelineMatch match, String environment) throws Exception {
        return ledger.post("/api/v1/pipelines",
                ContractJson.write(new TrustedPipeline.Wanted(ISSUER.address(), match, project, environment)),
                "Authorization", administrator);
    }

    private TrustedPipeline trusted(@Nullable String githubEnvironment, String environment) throws Exception {
        HttpResponse<String> answer = trust(new GithubRepository(repository, githubEnvironment, null, null),
                environment);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), TrustedPipeline.class);
    }

    private Map<String, Object> claims() {
        return new HashMap<>(Map.of("aud", "https://ledger.example", "repository_id", repository, "repository",
                "acme/shop", "run_id", "4711", "actor", "ada", "environment", "production"));
    }

    private HttpResponse<String> signIn(String token) throws Exception {
        return ledger.post("/api/v1/pipeline-sessions", ContractJson.write(new PipelineSession.Wanted(token)));
    }

    private PipelineSession session() throws Exception {
        HttpResponse<String> answer = signIn(ISSUER.token(claims()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), PipelineSession.class);
    }

    private HttpResponse<String> send(PipelineSession session, String environment) throws Exception {
        return ledger.post("/api/v1/events",
                ContractJson.write(new EventBatch(SampleBatches.events(project, environment, 1, 3))),
                "Authorization", "Bearer " + session.token());
    }

    @Test
    void a_trusted_pipeline_sends_for_its_environments_and_no_other() throws Exception {
        trusted("production", "production");
        trusted(null, "tenant-*");
        PipelineSession session = session();
        assertThat(session.run()).isEqualTo(new GithubJob(ISSUER.address(), repository, "acme/shop", "production",
                null, null, "4711", "ada"));
        assertThat(send(session, "production").statusCode()).isEqualTo(200);
        assertThat(send(session, "tenant-7").statusCode()).isEqualTo(200);
        Problem elsewhere = TestClient.problem(send(session, "staging"), 403);
        assertThat(elsewhere.code()).isEqualTo("wrong-environment");
        assertThat(elsewhere.detail()).startsWith("The pipeline acme/shop is trusted for ")
                .contains(project + "/production").contains("not for %s/staging".formatted(project));
        assertThat(ledger.post("/api/v1/heartbeat", ContractJson.write(new Heartbeat(project, "staging", "watcher",
                new UUID(0, 1), 1L, 1L)), "Authorization", "Bearer " + session.token()).statusCode()).isEqualTo(403);
    }

    @Test
    void a_run_that_a_pipeline_reports_has_the_proof_and_that_of_an_agent_has_none() throws Exception {
        trusted(null, "production");
        PipelineSession session = session();
        UUID run = UUID.randomUUID();
        RunStarted started = new RunStarted(run, new RunClaim(List.of("alembic"), "eve", null, null, null, Map.of()));
        assertThat(ledger.post("/api/v1/events",
                ContractJson.write(new EventBatch(List.of(SampleBatches.event(project, "production", 1, started)))),
                "Authorization", "Bearer " + session.token()).statusCode()).isEqualTo(200);
        assertThat(ledger.post("/api/v1/events",
                ContractJson.write(new EventBatch(List.of(SampleBatches.event(project, "staging", 1, started)))),
                "Authorization", "Bearer " + identities.issueToken("ada", "agent", Role.AGENT, null, Duration.ofDays(1))
                        .orElseThrow().text())
                .statusCode()).isEqualTo(200);
        assertThat(jdbc.queryForList("select convert_from(payload, 'UTF8') from ledger.event where payload_type = ?",
                String.class, "ledger.run-proved"))
                .filteredOn(it -> it.contains(run.toString())).singleElement().asString()
                .contains("\"repositoryId\":\"" + repository + "\"", "\"run\":\"4711\"", "\"actor\":\"ada\"");
        assertThat(page("production")).contains("proved: GitHub job of acme/shop, run 4711, started by ada")
                .doesNotContain("claimed: eve");
        assertThat(page("staging")).contains("claimed: eve").doesNotContain("proved:");
    }

    private String page(String environment) throws Exception {
        HttpResponse<String> page = ledger.send(ledger
                .request("/projects/%s/environments/%s".formatted(project, environment))
                .header("Authorization", administrator));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    @Test
    void where_a_policy_expects_a_pipeline_a_job_deploys_and_a_person_and_an_agent_do_not() throws Exception {
        trusted(null, "production");
        new Story(project, "production").scripts("a b<a").files("versions", "a", "b").schema("a").applied("a")
                .table("a").recordIn(commands);
        assertThat(ledger.send(ledger.request("/api/v1/projects/%s/policy".formatted(project))
                .header("Content-Type", "application/yaml").header("Authorization", administrator)
                .PUT(BodyPublishers.ofString("pipeline:\n  - where: {environments: [production]}\n"))).statusCode())
                .isEqualTo(200);
        String agent = "Bearer " + identities.issueToken("ada", "agent", Role.AGENT, project, Duration.ofDays(1))
                .orElseThrow().text();

        assertThat(asked("Bearer " + session().token())).satisfies(answer -> {
            assertThat(answer.asked().asker()).isEqualTo(Asker.PIPELINE);
            assertThat(answer.asked().by()).contains("acme/shop");
            assertThat(answer.reasons()).noneMatch(GateReason.NoPipeline.class::isInstance);
            assertThat(answer.decision()).as(answer.reasons().toString()).isEqualTo(Decision.ALLOWED);
        });
        assertThat(asked(administrator)).satisfies(answer -> {
            assertThat(answer.asked().asker()).isEqualTo(Asker.PERSON);
            assertThat(answer.reasons()).anyMatch(GateReason.NoPipeline.class::isInstance);
            assertThat(answer.decision()).isEqualTo(Decision.BLOCKED);
        });
        assertThat(asked(agent)).satisfies(answer -> {
            assertThat(answer.asked().asker()).isEqualTo(Asker.AGENT);
            assertThat(answer.decision()).isEqualTo(Decision.BLOCKED);
        });
        HttpResponse<String> recorded = ledger.send(ledger
                .request("/api/v1/projects/%s/environments/production/deploys".formatted(project))
                .header("Authorization", administrator));
        assertThat(List.of(ContractJson.read(recorded.body().getBytes(StandardCharsets.UTF_8), DeployRecord[].class)))
                .extracting(deploy -> deploy.asked().asker())
                .containsExactly(Asker.AGENT, Asker.PERSON, Asker.PIPELINE);
    }

    /** The gate's answer about what the ledger knows. */
    private GateAnswer asked(String authorization) throws Exception {
        EnvironmentView view = environments.find(project, "production").orElseThrow();
        EnvironmentView.ScriptsOfSource scripts = view.sources().getFirst();
        Instant now = Instant.now();
        HttpResponse<String> answer = ledger.post(
                "/api/v1/projects/%s/environments/production/gate".formatted(project),
                ContractJson.write(new GateQuestion(UUID.randomUUID(),
                        new ObservedScripts(scripts.source(), scripts.form(), scripts.digest(), scripts.heads()),
                        view.versionTable().orElseThrow(),
                        schemas.find(project, "production").orElseThrow().fingerprint().orElseThrow(), now, now, null,
                        null)),
                "Authorization", authorization);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), GateAnswer.class);
    }

    @Test
    void a_pipeline_asks_the_gate_of_its_environments_only() throws Exception {
        trusted(null, "production");
        PipelineSession session = session();
        String gate = "/api/v1/projects/%s/environments/%s/gate";
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(TestClient.problem(ledger.post(gate.formatted(project, "production"), empty, "Authorization",
                "Bearer " + session.token()), 422).code()).isEqualTo("invalid-field");
        assertThat(TestClient.problem(ledger.post(gate.formatted(project, "staging"), empty, "Authorization",
                "Bearer " + session.token()), 403).code()).isEqualTo("wrong-environment");
        assertThat(ledger.post(gate.formatted("other", "production"), empty, "Authorization",
                "Bearer " + session.token()).statusCode()).isEqualTo(403);
    }

    @Test
    void a_pipeline_reads_nothing_and_makes_no_token() throws Exception {
        trusted(null, "*");
        PipelineSession session = session();
        for (String path : List.of("/", "/api/v1/projects", "/api/v1/projects/" + project, "/api/v1/me",
                "/api/v1/access-tokens", "/api/v1/pipelines", "/actuator/metrics")) {
            assertThat(ledger.send(ledger.request(path).header("Authorization", "Bearer " + session.token()))
                    .statusCode()).as(path).isEqualTo(403);
        }
        assertThat(TestClient.problem(ledger.send(ledger.request("/api/v1/me").header("Authorization",
                "Bearer " + session.token())), 403).detail())
                .isEqualTo("The pipeline 'acme/shop' needs the sign-in of a person. Ask an administrator for it.");
    }

    @Test
    void a_token_begins_one_session_however_many_show_it_at_once() throws Exception {
        trusted(null, "production");
        String token = ISSUER.token(claims());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> tries = List.of(() -> signIn(token).statusCode(), () -> signIn(token).statusCode(),
                    () -> signIn(token).statusCode());
            List<Integer> answers = threads.invokeAll(tries).stream().map(Future::resultNow).sorted().toList();
            assertThat(answers).containsExactly(201, 401, 401);
        }
        Problem again = TestClient.problem(signIn(token), 401);
        assertThat(again.code()).isEqualTo("wrong-token");
        assertThat(again.detail()).isEqualTo("The token was used before. Request a new one for each command.");
    }

    @Test
    void a_pod_that_starts_again_shows_the_same_token() throws Exception {
        assertThat(trust(new KubernetesAccount(project, "agent", null), "production").statusCode()).isEqualTo(201);
        String token = ISSUER.token(Map.of("aud", "https://ledger.example", "kubernetes.io",
                Map.of("namespace", project, "serviceaccount", Map.of("name", "agent", "uid", "u1"))));
        assertThat(signIn(token).statusCode()).isEqualTo(201);
        assertThat(signIn(token).statusCode()).isEqualTo(201);
    }

    @Test
    void a_withdrawn_trust_ends_sessions_at_once() throws Exception {
        TrustedPipeline pipeline = trusted(null, "production");
        PipelineSession session = session();
        assertThat(send(session, "production").statusCode()).isEqualTo(200);
        assertThat(ledger.send(ledger.request("/api/v1/pipelines/" + pipeline.pipeline()).DELETE()
                .header("Authorization", administrator)).statusCode()).isEqualTo(204);
        assertThat(TestClient.problem(send(session, "production"), 401).detail())
                .startsWith(
                        "The session of the pipeline has ended or is not known, or the pipeline is not trusted any more.");
        assertThat(ledger.send(ledger.request("/api/v1/pipelines/" + pipeline.pipeline()).DELETE()
                .header("Authorization", administrator)).statusCode()).isEqualTo(404);
    }

    @Test
    void an_ended_session_opens_nothing_and_is_forgotten() throws Exception {
        trusted(null, "production");
        PipelineSession session = session();
        jdbc.update(
                "update ledger.pipeline_session set until = now() - interval '1 second' where run->>'repositoryId' = ?",
                repository);
        assertThat(send(session, "production").statusCode()).isEqualTo(401);
        session();
        assertThat(jdbc.queryForObject("select count(*) from ledger.pipeline_session where run->>'repositoryId' = ?",
                Integer.class, repository)).isEqualTo(1);
        assertThat(jdbc.queryForList("select digest from ledger.pipeline_session", String.class))
                .noneMatch(digest -> session.token().contains(digest));
    }

    @Test
    void another_repository_of_the_issuer_is_refused_without_its_token_in_the_answer() throws Exception {
        trusted("production", "production");
        Map<String, Object> claims = claims();
        claims.put("environment", "staging");
        String token = ISSUER.token(claims);
        HttpResponse<String> answer = signIn(token);
        assertThat(TestClient.problem(answer, 401).detail()).isEqualTo(
                "No trusted pipeline of '%s' has the ids of the token. Ask an administrator to trust it."
                        .formatted(ISSUER.address()));
        assertThat(answer.body()).doesNotContain(token);
        claims.put("environment", "production");
        claims.put("jti", null);
        assertThat(TestClient.problem(signIn(ISSUER.token(claims)), 401).detail())
                .isEqualTo("The token has no id (jti), so it cannot be accepted only once.");
    }

    @Test
    void an_issuer_whose_keys_cannot_be_read_is_asked_again_later() throws Exception {
        try (TestIssuer hidden = TestIssuer.start()) {
            assertThat(ledger.post("/api/v1/pipelines", ContractJson.write(new TrustedPipeline.Wanted(hidden.address(),
                    new GithubRepository(repository, null, null, null), project, "production")), "Authorization",
                    administrator).statusCode()).isEqualTo(201);
            hidden.hideKeys(true);
            String token = hidden.token(claims());
            HttpResponse<String> answer = signIn(token);
            assertThat(TestClient.problem(answer, 503).detail()).isEqualTo(
                    "The keys of the issuer '%s' cannot be read. Check that the ledger reaches it."
                            .formatted(hidden.address()));
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            hidden.hideKeys(false);
            assertThat(signIn(token).statusCode()).as("the token is not used up").isEqualTo(201);
        }
    }

    @Test
    void wrong_tokens_are_limited_by_address() throws Exception {
        try (HttpClient another = HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.2")).build()) {
            for (int i = 0; i <= FailedAttempts.MOST; i++) {
                HttpResponse<String> answer = another.send(ledger.request("/api/v1/pipeline-sessions")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(ContractJson.write(new PipelineSession.Wanted("a.b.c"))))
                        .build(), BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(i < FailedAttempts.MOST ? 401 : 429);
            }
        }
        trusted(null, "production");
        assertThat(signIn(ISSUER.token(claims())).statusCode()).as("from another address").isEqualTo(201);
    }

    @Test
    void what_cannot_be_trusted_is_refused_with_its_field() throws Exception {
        GithubRepository match = new GithubRepository(repository, null, null, null);
        for (String issuer : List.of("http://issuer.example", "issuer.example", "https://",
                "https://u:p@issuer.example",
                "https://issuer.example?a=b", "file:///etc/passwd")) {
            assertThat(TestClient.problem(ledger.post("/api/v1/pipelines",
                    ContractJson.write(new TrustedPipeline.Wanted(issuer, match, project, "production")),
                    "Authorization", administrator), 422).field()).as(issuer).isEqualTo("issuer");
        }
        assertThat(TestClient.problem(ledger.post("/api/v1/pipelines", ContractJson.write(new TrustedPipeline.Wanted(
                null, new KubernetesAccount("shop", "agent", null), project, "production")), "Authorization",
                administrator), 422).field()).isEqualTo("issuer");
        assertThat(TestClient.problem(trust(new GithubRepository("7412*", null, null, null), "production"), 422)
                .field()).isEqualTo("match.repositoryId");
        assertThat(TestClient.problem(trust(new GithubRepository(repository, "", null, null), "production"), 422)
                .field()).isEqualTo("match.environment");
        assertThat(TestClient.problem(trust(match, "prod uction"), 422).field()).isEqualTo("environment");
        trusted(null, "production");
        assertThat(TestClient.problem(trust(match, "production"), 409).code()).isEqualTo("trusted-before");
    }

    @Test
    void a_rebuilt_view_of_pipelines_is_the_live_one() throws Exception {
        TrustedPipeline pipeline = trusted(null, "production");
        assertThat(rebuild.check().differing()).doesNotContain("organisation");
        jdbc.execute("truncate ledger.trusted_pipeline");
        assertThat(rebuild.check().differing()).contains("organisation");
        rebuild.rebuild();
        assertThat(rebuild.check().differing()).doesNotContain("organisation");
        assertThat(pipelines.all()).contains(pipeline);
    }
}
