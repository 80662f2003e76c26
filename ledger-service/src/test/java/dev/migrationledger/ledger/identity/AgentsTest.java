package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.AgentKey.Status;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.PipelineSession;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.identity.SignatureReport;
import dev.migrationledger.contracts.identity.SignatureReport.CheckedEvents;
import dev.migrationledger.contracts.identity.SignatureReport.Outcome;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.identity.agents.KeyStates;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Agents of a ledger that asks for sign-in: their codes, their keys, and what they sign. */
@LedgerTest
@TestPropertySource(properties = "ledger.identity.required=true")
class AgentsTest {

    @Autowired
    TestClient ledger;

    @Autowired
    Identities identities;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ViewRebuild rebuild;

    private String administrator = "";
    private String project = "";

    @BeforeEach
    void administrator() {
        identities.grant("ada", Role.ADMINISTRATOR, null, "local");
        administrator = "Bearer "
                + identities.issueToken("ada", "test", Role.ADMINISTRATOR, null, Duration.ofDays(1)).orElseThrow()
                        .text();
        project = "p" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Has the ledger note a state that replaces the agent's. */
    private HttpResponse<String> renew(TestAgent agent, KeyState next) throws Exception {
        byte[] body = ContractJson.write(new AgentKey.Renewal(agent.state().toString(), next.toString()));
        return post("/api/v1/agents/" + agent.key() + "/renew", body, agent.sign(Purpose.RENEWAL, body), "");
    }

    private void renew(TestAgent agent) throws Exception {
        KeyState next = agent.state().next(TestAgent.RANDOM);
        HttpResponse<String> answer = renew(agent, next);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        agent.use(next);
    }

    private HttpResponse<String> administer(String path, Object body) throws Exception {
        return ledger.post(path, ContractJson.write(body), "Authorization", administrator);
    }

    private String code(String environment) throws Exception {
        HttpResponse<String> answer = administer("/api/v1/agents/enrolment-codes",
                new AgentKey.CodeWanted(project, environment, null, null));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), AgentKey.Code.class).value();
    }

    private HttpResponse<String> post(String path, byte[] body, Ed25519Signature signature, String state)
            throws Exception {
        return ledger.post(path, body, Ed25519Signature.KEY_HEADER, signature.key(), Ed25519Signature.SIGNATURE_HEADER,
                signature.value(), KeyState.HEADER, state);
    }

    private HttpResponse<String> post(String path, byte[] body, TestAgent agent, Purpose purpose) throws Exception {
        return post(path, body, agent.sign(purpose, body), agent.state().toString());
    }

    private HttpResponse<String> enrol(TestAgent agent, String code) throws Exception {
        byte[] body = ContractJson.write(new AgentKey.Enrolment(code, agent.publicKey(), "db-1"));
        return post("/api/v1/agents", body, agent, Purpose.ENROLMENT);
    }

    private TestAgent enrolled(String environment) throws Exception {
        TestAgent agent = TestAgent.make();
        HttpResponse<String> answer = enrol(agent, code(environment));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        renew(agent);
        return agent;
    }

    private byte[] batch(String environment, UUID epoch, long first, long last) {
        return ContractJson.write(new EventBatch(SampleBatches.events(project, environment, first, last).stream()
                .map(it -> new AgentEnvelope(new UUID(epoch.getLeastSignificantBits(), it.sequence()), it.project(),
                        it.environment(), it.agent(), epoch, it.sequence(), it.occurredAt(), it.observedAt(),
                        it.event()))
                .toList()));
    }

    private HttpResponse<String> send(TestAgent agent, byte[] batch) throws Exception {
        return post("/api/v1/events", batch, agent, Purpose.BATCH);
    }

    private String refusal(HttpResponse<String> answer) {
        return TestClient.problem(answer, 403).code();
    }

    private Status status(TestAgent agent) throws Exception {
        HttpResponse<String> answer = ledger.send(ledger.request("/api/v1/agents").header("Authorization",
                administrator));
        return List.of(ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), AgentKey[].class)).stream()
                .filter(key -> key.key().equals(agent.key())).findFirst().orElseThrow().status();
    }

    @Test
    void wrong_codes_are_limited_by_address() throws Exception {
        TestAgent agent = TestAgent.make();
        byte[] body = ContractJson.write(new AgentKey.Enrolment("no-such-code", agent.publicKey(), "db-1"));
        Ed25519Signature signature = agent.sign(Purpose.ENROLMENT, body);
        try (HttpClient another = HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.3")).build()) {
            for (int i = 0; i <= FailedAttempts.MOST; i++) {
                HttpResponse<String> answer = another.send(ledger.request("/api/v1/agents")
                        .headers("Content-Type", "application/json", Ed25519Signature.KEY_HEADER, signature.key(),
                                Ed25519Signature.SIGNATURE_HEADER, signature.value())
                        .POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
                assertThat(TestClient.problem(answer, i < FailedAttempts.MOST ? 403 : 429).code())
                        .isEqualTo(i < FailedAttempts.MOST ? "unknown-code" : "too-many-attempts");
            }
        }
        assertThat(enrol(agent, code("production")).statusCode()).as("from another address").isEqualTo(201);
    }

    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    @Test
    void an_enrolled_agent_sends_without_a_token_and_its_proof_is_kept() throws Exception {
        TestAgent agent = enrolled("tenant-*");
        byte[] batch = batch("tenant-7", FIRST, 1, 3);
        assertThat(send(agent, batch).statusCode()).isEqualTo(200);
        assertThat(send(agent, batch).statusCode()).as("a duplicate").isEqualTo(200);
        Ed25519Signature kept = jdbc.queryForObject(
                "select key, signature from ledger.batch_signature where project = ? and first_sequence = 1"
                        + " and last_sequence = 3",
                (row, _) -> new Ed25519Signature(row.getString(1), row.getString(2)), project);
        String digest = jdbc.queryForList("select digest from ledger.batch_signature where project = ?", String.class,
                project).getFirst();
        assertThat(kept.key()).isEqualTo(agent.key());
        assertThat(kept.signs(Purpose.BATCH, digest, agent.pair().getPublic())).isTrue();
        byte[] again = ContractJson.write(ContractJson.read(batch, EventBatch.class));
        assertThat(agent.sign(Purpose.BATCH, again).signs(Purpose.BATCH, digest, agent.pair().getPublic()))
                .as("the events, written again, have the digest that was signed").isTrue();

        byte[] heartbeat = ContractJson.write(new Heartbeat(project, "tenant-7", "watcher", FIRST, 3L, null));
        assertThat(post("/api/v1/heartbeat", heartbeat, agent, Purpose.HEARTBEAT).statusCode())
                .isEqualTo(200);
        assertThat(refusal(post("/api/v1/heartbeat", heartbeat, agent, Purpose.BATCH)))
                .as("signed for something else").isEqualTo("wrong-signature");
    }

    private List<CheckedEvents> checked(String environment) throws Exception {
        HttpResponse<String> answer = ledger.send(ledger.request("/api/v1/projects/%s/environments/%s/signatures"
                .formatted(project, environment)).header("Authorization", administrator));
        return TestClient.read(answer, SignatureReport.class).events();
    }

    @Test
    void kept_signatures_are_checked_with_the_events_whenever_an_auditor_asks() throws Exception {
        TestAgent agent = enrolled("staging");
        assertThat(send(agent, batch("staging", FIRST, 1, 3)).statusCode()).isEqualTo(200);
        assertThat(send(agent, batch("staging", FIRST, 2, 5)).statusCode()).as("partly sent before").isEqualTo(200);
        assertThat(checked("staging")).containsExactly(
                new CheckedEvents("watcher", FIRST, 1, 5, Outcome.VERIFIED, agent.key(), "db-1"));

        administer("/api/v1/agents/" + agent.key() + "/revoke", new AgentKey.Revocation("db-1 is gone"));
        assertThat(checked("staging")).as("what a key signed before").extracting(CheckedEvents::outcome)
                .containsExactly(Outcome.VERIFIED);

        jdbc.execute("alter table ledger.batch_signature disable trigger batch_signature_is_for_good");
        jdbc.update(
                "update ledger.batch_signature set digest = reverse(digest) where project = ? and last_sequence = 5",
                project);
        assertThat(checked("staging")).extracting(CheckedEvents::firstSequence, CheckedEvents::lastSequence,
                CheckedEvents::outcome)
                .containsExactly(tuple(1L, 3L, Outcome.VERIFIED), tuple(4L, 5L, Outcome.WRONG_SIGNATURE));
        jdbc.update("delete from ledger.batch_signature where project = ?", project);
        assertThat(checked("staging")).containsExactly(
                new CheckedEvents("watcher", FIRST, 1, 5, Outcome.UNSIGNED, null, null));

        assertThat(TestClient.problem(ledger.send(ledger.request("/api/v1/projects/%s/environments/none/signatures"
                .formatted(project)).header("Authorization", administrator)), 404).detail()).contains("staging");
    }

    @Test
    void what_is_not_signed_needs_a_token() throws Exception {
        enrolled("tenant-*");
        assertThat(ledger.post("/api/v1/events", batch("tenant-7", FIRST, 1, 1)).statusCode()).isEqualTo(401);
    }

    @Test
    void each_wrong_proof_is_refused_with_its_reason() throws Exception {
        TestAgent agent = enrolled("tenant-*");
        byte[] batch = batch("tenant-7", FIRST, 1, 1);
        byte[] altered = new String(batch, StandardCharsets.UTF_8).replace("prod", "test")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(refusal(post("/api/v1/events", altered, agent.sign(Purpose.BATCH, batch), "")))
                .isEqualTo("wrong-signature");
        assertThat(refusal(post("/api/v1/events", batch, new Ed25519Signature(agent.key(), "not base 64"), "")))
                .isEqualTo("wrong-signature");
        assertThat(refusal(post("/api/v1/events", batch,
                new Ed25519Signature(agent.key(), TestAgent.make().sign(Purpose.BATCH, batch).value()), "")))
                .as("forged with another key").isEqualTo("wrong-signature");
        assertThat(refusal(send(TestAgent.make(), batch))).isEqualTo("unknown-key");
        assertThat(TestClient.problem(send(agent, batch("production", FIRST, 1, 1)), 403).detail()).isEqualTo(
                "The key '%s…' is for %s/tenant-*, not for %s/production. Enrol the agent with a code for this environment."
                        .formatted(agent.key().substring(0, 16), project, project));
        assertThat(jdbc.queryForObject("select count(*) from ledger.environment_view where project = ?", Long.class,
                project)).as("nothing was recorded").isZero();
        assertThat(send(agent, batch).statusCode()).isEqualTo(200);
    }

    @Test
    void a_revoked_key_sends_nothing_any_more() throws Exception {
        TestAgent agent = enrolled("staging");
        assertThat(send(agent, batch("staging", FIRST, 1, 1)).statusCode()).isEqualTo(200);
        HttpResponse<String> revoked = administer("/api/v1/agents/" + agent.key() + "/revoke",
                new AgentKey.Revocation("db-1 is gone"));
        assertThat(TestClient.read(revoked, AgentKey.class).status()).isEqualTo(Status.REVOKED);
        assertThat(refusal(send(agent, batch("staging", FIRST, 2, 2)))).isEqualTo("revoked-key");
        byte[] heartbeat = ContractJson.write(new Heartbeat(project, "staging", "watcher", FIRST, 1L, null));
        assertThat(refusal(post("/api/v1/heartbeat", heartbeat, agent, Purpose.HEARTBEAT)))
                .isEqualTo("revoked-key");
        assertThat(administer("/api/v1/agents/" + agent.key() + "/reinstate", "").statusCode()).isEqualTo(404);
    }

    private void reinstate(TestAgent agent) throws Exception {
        HttpResponse<String> reinstated = administer("/api/v1/agents/" + agent.key() + "/reinstate", "");
        assertThat(TestClient.read(reinstated, AgentKey.class).status()).isEqualTo(Status.ACTIVE);
    }

    private static KeyState next(TestAgent agent) {
        return agent.state().next(TestAgent.RANDOM);
    }

    @Test
    void a_copied_key_is_refused_for_both_until_an_administrator_decides() throws Exception {
        TestAgent agent = enrolled("staging");
        TestAgent copy = agent.copy();
        assertThat(send(copy, batch("staging", SECOND, 1, 1)).statusCode()).as("one of two, who knows which")
                .isEqualTo(200);
        renew(agent);
        assertThat(send(copy, batch("staging", SECOND, 2, 2)).statusCode()).as("the state before is good for requests")
                .isEqualTo(200);
        assertThat(status(agent)).isEqualTo(Status.ACTIVE);
        assertThat(refusal(renew(copy, next(copy)))).isEqualTo("suspended-key");
        assertThat(status(agent)).isEqualTo(Status.SUSPENDED);
        assertThat(refusal(send(agent, batch("staging", FIRST, 1, 1)))).isEqualTo("suspended-key");
        assertThat(refusal(send(copy, batch("staging", SECOND, 3, 3)))).isEqualTo("suspended-key");
        assertThat(refusal(renew(agent, next(agent)))).isEqualTo("suspended-key");

        reinstate(agent);
        assertThat(refusal(send(copy, batch("staging", SECOND, 3, 3)))).as("whoever renews it first, has it")
                .isEqualTo("outdated-state");
        renew(copy);
        assertThat(send(copy, batch("staging", SECOND, 3, 3)).statusCode()).isEqualTo(200);
        assertThat(refusal(send(agent, batch("staging", FIRST, 1, 1)))).isEqualTo("outdated-state");
        assertThat(refusal(renew(agent, next(agent)))).as("the other one is still there").isEqualTo("suspended-key");
    }

    @Test
    void a_copy_that_never_renews_the_key_is_refused_when_its_holder_does() throws Exception {
        TestAgent agent = enrolled("staging");
        TestAgent copy = agent.copy();
        renew(agent);
        renew(agent);
        assertThat(refusal(send(copy, batch("staging", SECOND, 1, 1)))).isEqualTo("outdated-state");
        assertThat(send(agent, batch("staging", FIRST, 1, 1)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_state_is_good_for_a_day() {
        KeyStates states = new KeyStates(JdbcClient.create(jdbc));
        KeyState state = new KeyState(1, "0123456789abcdefghijkl");
        Instant noted = Instant.parse("2026-03-02T12:00:00Z");
        states.renew(project, KeyState.first(TestAgent.RANDOM), state, noted, noted);
        assertThat(states.isCurrent(project, state.toString(), noted, noted.plus(Duration.ofHours(23)))).isTrue();
        assertThat(states.isCurrent(project, state.toString(), noted, noted.plus(Duration.ofDays(1)))).isFalse();
        assertThat(states.isCurrent(project, state.toString(), noted.plusSeconds(1), noted.plusSeconds(1)))
                .as("reinstated since").isFalse();
    }

    @Test
    void two_holders_that_guess_the_same_number_are_told_apart() throws Exception {
        TestAgent agent = enrolled("staging");
        TestAgent copy = agent.copy();
        copy.use(new KeyState(agent.state().number() + 7, agent.state().random()));
        renew(copy);
        assertThat(refusal(renew(agent, next(agent)))).isEqualTo("suspended-key");
    }

    @Test
    void a_renewal_whose_answer_was_lost_is_sent_again_and_one_that_arrives_late_changes_nothing() throws Exception {
        TestAgent agent = enrolled("staging");
        TestAgent before = agent.copy();
        KeyState next = next(agent);
        assertThat(renew(agent, next).statusCode()).isEqualTo(204);
        assertThat(send(agent, batch("staging", FIRST, 1, 1)).statusCode()).as("another command, meanwhile")
                .isEqualTo(200);
        assertThat(renew(agent, next).statusCode()).isEqualTo(204);
        agent.use(next);
        renew(agent);
        renew(agent);
        assertThat(renew(before, next).statusCode()).as("late").isEqualTo(204);
        assertThat(status(agent)).isEqualTo(Status.ACTIVE);
        assertThat(send(agent, batch("staging", FIRST, 2, 2)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_ledger_that_was_restored_from_a_backup_suspends_no_key() throws Exception {
        TestAgent agent = enrolled("staging");
        renew(agent);
        jdbc.update("delete from ledger.key_state where key = ? and ordinal > 1", agent.key());
        assertThat(refusal(send(agent, batch("staging", FIRST, 1, 1)))).isEqualTo("outdated-state");
        renew(agent);
        assertThat(send(agent, batch("staging", FIRST, 1, 1)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_renewal_is_signed_and_names_two_states_in_turn() throws Exception {
        TestAgent agent = enrolled("staging");
        assertThat(
                TestClient.problem(renew(agent, new KeyState(agent.state().number() + 2, agent.state().random())), 422)
                        .field())
                .isEqualTo("next");
        TestAgent thief = TestAgent.make();
        thief.use(agent.state());
        byte[] body = ContractJson.write(new AgentKey.Renewal(agent.state().toString(), next(agent).toString()));
        String path = "/api/v1/agents/" + agent.key() + "/renew";
        assertThat(TestClient.problem(post(path, body, thief, Purpose.RENEWAL), 422).field())
                .isEqualTo("Migration-Ledger-Key");
        assertThat(refusal(post(path, body, new Ed25519Signature(agent.key(),
                thief.sign(Purpose.RENEWAL, body).value()), ""))).isEqualTo("wrong-signature");
        assertThat(TestClient.problem(ledger.post(path, body), 422).field()).isEqualTo("Migration-Ledger-Key");
        byte[] wrong = ContractJson.write(new AgentKey.Renewal("1", "2"));
        assertThat(TestClient.problem(post(path, wrong, agent, Purpose.RENEWAL), 422).field()).isEqualTo("state");
        assertThat(refusal(post("/api/v1/events", batch("staging", FIRST, 1, 1),
                agent.sign(Purpose.BATCH, batch("staging", FIRST, 1, 1)), "garbage"))).isEqualTo("outdated-state");
    }

    @Test
    void a_code_works_once_and_only_with_its_whole_secret() throws Exception {
        String code = code("staging");
        assertThat(refusal(enrol(TestAgent.make(), code.substring(0, code.length() - 1)))).isEqualTo("unknown-code");
        assertThat(enrol(TestAgent.make(), code).statusCode()).isEqualTo(201);
        assertThat(refusal(enrol(TestAgent.make(), code))).isEqualTo("unknown-code");
        assertThat(jdbc.queryForList("select convert_from(payload, 'UTF8') from ledger.event", String.class))
                .anyMatch(payload -> payload.contains(project)).noneMatch(payload -> payload.contains(code));
    }

    @Test
    void enrolment_needs_the_private_key() throws Exception {
        TestAgent agent = TestAgent.make();
        byte[] body = ContractJson.write(new AgentKey.Enrolment(code("staging"), agent.publicKey(), "db-1"));
        Ed25519Signature others = new Ed25519Signature(agent.key(),
                TestAgent.make().sign(Purpose.ENROLMENT, body).value());
        assertThat(TestClient.problem(post("/api/v1/agents", body, others, ""), 422).field()).isEqualTo("publicKey");
    }

    @Test
    void a_pattern_is_plain() throws Exception {
        for (String wrong : List.of("", "a/b", "*a*b*c*", "ä")) {
            assertThat(TestClient.problem(administer("/api/v1/agents/enrolment-codes",
                    new AgentKey.CodeWanted(project, wrong, null, null)), 422).field()).as(wrong)
                    .isEqualTo("environment");
        }
    }

    @Test
    void a_rebuilt_view_of_agents_is_the_live_one() throws Exception {
        TestAgent agent = enrolled("staging");
        code("production");
        assertThat(rebuild.check().differing()).doesNotContain("organisation");
        jdbc.execute("truncate ledger.enrolment_code, ledger.agent_key");
        assertThat(rebuild.check().differing()).contains("organisation");
        rebuild.rebuild();
        assertThat(rebuild.check().differing()).doesNotContain("organisation");
        assertThat(status(agent)).isEqualTo(Status.ACTIVE);
    }

    @Test
    void a_ledger_without_an_audience_trusts_no_pipeline() throws Exception {
        assertThat(TestClient.problem(administer("/api/v1/pipelines", new TrustedPipeline.Wanted(null,
                new PipelineMatch.GithubRepository("1", null, null, null), project, "staging")), 409).detail())
                .isEqualTo(
                        "Pipelines cannot sign in, because the ledger has no audience. Set ledger.identity.audience to its address.");
        assertThat(TestClient.problem(ledger.post("/api/v1/pipeline-sessions",
                ContractJson.write(new PipelineSession.Wanted("a.b.c"))), 409).code()).isEqualTo("audience-missing");
    }
}
