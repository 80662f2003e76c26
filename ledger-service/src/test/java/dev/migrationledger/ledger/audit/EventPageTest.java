package dev.migrationledger.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.merkle.MerkleProofs;
import dev.migrationledger.ledger.dashboard.Rest;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.evidence.log.StoredRecords;
import dev.migrationledger.ledger.identity.TestAgent;
import dev.migrationledger.ledger.identity.TestPeople;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.testsupport.time.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.util.HtmlUtils;

/** The page of an event that an enrolled agent signed, as a viewer of its project sees it. */
@LedgerTest
@TestPropertySource(properties = "ledger.identity.required=true")
class EventPageTest {

    private static final String SECRET = "hunter2hunter2";

    @Autowired
    TestClient ledger;

    @Autowired
    Automations automations;

    @Autowired
    StoredRecords records;

    @Autowired
    ApplicationContext context;

    private final String project = "event-" + UUID.randomUUID();

    @SuppressWarnings("NullAway.Init") // made before each test
    private TestAgent agent;

    private byte[] batch = new byte[0];
    private String viewer = "";
    private String page = "";
    private long position;

    @BeforeEach
    void a_signed_batch() throws Exception {
        agent = TestAgent.enrolled(ledger, project, "production", "Authorization",
                "Bearer " + TestPeople.token(context, Role.ADMINISTRATOR, null));
        KeyState next = agent.next();
        byte[] renewal = ContractJson.write(new AgentKey.Renewal(agent.state().toString(), next.toString()));
        assertThat(signed("/api/v1/agents/" + agent.key() + "/renew", Purpose.RENEWAL, renewal).statusCode())
                .isEqualTo(204);
        agent.use(next);
        List<AgentEnvelope> events = new ArrayList<>(SampleBatches.events(project, "production", 1, 2));
        events.add(SampleBatches.event(project, "production", 3, new RevisionStamped(List.of("b"), List.of("a"),
                new Evidence(Method.TRIGGER, Certainty.CERTAIN, List.of(), new Attribution(
                        new Actor("ada", "psql", "10.0.0.7", 7, "9"),
                        "update t set note = '<b>' -- password=" + SECRET, List.of())))));
        batch = ContractJson.write(new EventBatch(events));
        assertThat(signed("/api/v1/events", Purpose.BATCH, batch).statusCode()).isEqualTo(200);
        viewer = TestPeople.token(context, Role.VIEWER, project);
        position = Eventually.becomes("the event is in the audit", () -> {
            automations.round();
            return TestClient.read(ledger.send(by(viewer, "/api/v1/audit?q=kind:stamped+project:" + project)),
                    AuditPage.class).entries();
        }, entries -> entries.size() == 1).getFirst().position();
        page = Eventually.becomes("the event is in the evidence log", () -> {
            automations.round();
            return ledger.send(by(viewer, "/events/" + position)).body();
        }, it -> it.contains("It is leaf "));
    }

    @Test
    void it_shows_the_event_as_it_is_stored_without_what_looks_like_a_secret() {
        LogRecord stored = records.event(position).orElseThrow();
        String payload = Objects.requireNonNull(stored.payload());
        assertThat(text(page)).contains("Stamped b in place of a.",
                "Type " + stored.type() + " " + stored.revision(),
                "Stream %s/production, number %d".formatted(project, stored.sequence()), "Time " + stored.time(),
                payload.substring(0, payload.indexOf("-- password=")), stored.metadata());
        assertThat(payload).as("the record that the proof is of").contains(SECRET);
        assertThat(page).doesNotContain(SECRET, "'<b>'");
    }

    @Test
    void it_shows_who_signed_the_batch_with_which_key() throws Exception {
        Ed25519Signature signature = agent.sign(Purpose.BATCH, batch);
        assertThat(text(page)).contains("Agent watcher signed the batch with its events 1 to 3.",
                "Key " + agent.key(), "Digest " + Sha256.hex(batch), "Signature " + signature.value());
        HttpResponse<String> all = ledger.send(by(viewer, Rest.of(page, "Check all signatures of this environment")));
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).contains("\"firstSequence\":1", agent.key());
    }

    @Test
    void its_proof_leads_from_the_stored_record_to_the_root() throws Exception {
        Matcher place = Pattern.compile("It is leaf (\\d+) of (\\d+)\\.").matcher(page);
        assertThat(place.find()).isTrue();
        LogHash leaf = records.event(position).orElseThrow().leafHash();
        assertThat(text(page)).contains("Leaf hash " + leaf.base64());
        LogHash root = LogHash.parse(code(page.substring(page.indexOf("<dt>Root"))).getFirst());
        List<LogHash> proof = code(page.substring(page.indexOf("<dt>Root"))).stream().skip(1).map(LogHash::parse)
                .toList();
        assertThat(MerkleProofs.includes(leaf, Long.parseLong(place.group(1)), Long.parseLong(place.group(2)), root,
                proof)).isTrue();
        assertThat(MerkleProofs.includes(LogHash.leaf("forged"), Long.parseLong(place.group(1)),
                Long.parseLong(place.group(2)), root, proof)).isFalse();
        assertThat(Rest.of(page, "Proof for the latest checkpoint"))
                .isEqualTo("/api/v1/log/proof/inclusion?position=" + position);
    }

    @Test
    void only_who_may_read_its_project_sees_it_also_by_head() throws Exception {
        String address = "/events/" + position;
        HttpResponse<String> head = ledger.send(by(viewer, address).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        String elsewhere = TestPeople.token(context, Role.VIEWER, "elsewhere");
        assertThat(ledger.send(by(elsewhere, address)).statusCode()).isEqualTo(404);
        assertThat(ledger.send(by(elsewhere, address).method("HEAD", BodyPublishers.noBody())).statusCode())
                .isEqualTo(404);
        assertThat(ledger.status(address)).isEqualTo(401);
    }

    private HttpRequest.Builder by(String token, String path) {
        return ledger.request(path).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> signed(String path, Purpose purpose, byte[] body) throws Exception {
        Ed25519Signature signature = agent.sign(purpose, body);
        return ledger.post(path, body, Ed25519Signature.KEY_HEADER, signature.key(),
                Ed25519Signature.SIGNATURE_HEADER, signature.value(), KeyState.HEADER, agent.state().toString());
    }

    private static List<String> code(String html) {
        return Pattern.compile("<code>([^<]*)</code>").matcher(html).results()
                .map(it -> HtmlUtils.htmlUnescape(it.group(1))).toList();
    }

    private static String text(String page) {
        return HtmlUtils.htmlUnescape(page.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "));
    }
}
