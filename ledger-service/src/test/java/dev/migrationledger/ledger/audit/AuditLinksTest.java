package dev.migrationledger.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditLink;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.identity.TestPeople;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Each link of an entry leads to a page, and to the place in it. */
@LedgerTest
class AuditLinksTest {

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    ApplicationContext context;

    @Autowired
    EnvironmentViews environments;

    @Autowired
    SchemaViews schemas;

    private final String project = "links-" + UUID.randomUUID();

    @Test
    void every_link_leads_to_its_evidence() throws Exception {
        new Story(project, "production").scripts("a b<a").files("versions", "a", "b").schema().applied("a").table("b")
                .recordIn(commands);
        new Story(project, "staging").scripts("a b<a").ran(UUID.randomUUID(), "a", "b").table("b").recordIn(commands);
        automations.round();
        ask("production");
        assertThat(ledger.send(ledger.request("/api/v1/projects/%s/policy".formatted(project))
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString("freshness:\n  - at-most: 5m\n"))).statusCode()).isEqualTo(200);
        new Story(project, "production").agent("a2").at(30).scripts("a b<a").applied("b").table("b").schema("a", "b")
                .recordIn(commands);
        automations.round();
        automations.round();

        AuditPage page = ledger.read("/api/v1/audit?limit=200&q=project:" + project, AuditPage.class);
        EnumSet<AuditLink.Kind> kinds = follow(page);
        assertThat(page.entries()).extracting(AuditEntry::kind).contains("revision-applied", "deploy-blocked",
                "divergence-detected", "divergence-resolved", "policy-applied", "schema-observed", "run-started");
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(AuditLink.Kind.MERGE)));
        AuditEntry blocked = one(page, "deploy-blocked");
        assertThat(blocked.text()).startsWith("Was not allowed to deploy no revision. ")
                .contains("is found. Follow its plan.");
        assertThat(ledger.body("/events/" + one(page, "policy-applied").position()))
                .contains("freshness:\n  - at-most: 5m", "Place in the evidence log");
        assertThat(ledger.body("/events/" + one(page, "run-started").position()))
                .contains("sent it without a signature", "It is leaf ", "/api/v1/log/proof/inclusion?position=");
        assertThat(ledger.status("/events/999999999")).isEqualTo(404);
    }

    @Test
    void merges_overrides_and_keys_lead_to_their_pages() throws Exception {
        new Story(project, "production").scripts("a b<a c<a").applied("b").table("b").recordIn(commands);
        automations.round();
        assertThat(ledger.post("/api/v1/projects/%s/environments/production/overrides".formatted(project),
                "{\"reason\":\"checkout is down\",\"until\":\"%s\"}".formatted(Instant.now().plusSeconds(600))
                        .getBytes(StandardCharsets.UTF_8))
                .statusCode()).isEqualTo(201);
        TestPeople.key(context, project);
        automations.round();

        AuditPage page = ledger.read("/api/v1/audit?limit=200&q=project:" + project, AuditPage.class);
        assertThat(follow(page)).contains(AuditLink.Kind.MERGE, AuditLink.Kind.DEPLOY);
        assertThat(page.entries()).extracting(AuditEntry::kind).contains("merge-proposed", "override-opened");
        AuditPage keys = ledger.read("/api/v1/audit?limit=200&q=kind:agent-enrolled", AuditPage.class);
        follow(keys);
        assertThat(ledger.body("/events/" + keys.entries().getFirst().position())).contains(
                "The ledger recorded it itself; agents sign what they send.");
    }

    /** Opens what the entries link to, and looks for the places in it. */
    private EnumSet<AuditLink.Kind> follow(AuditPage page) throws Exception {
        Map<String, String> bodies = new LinkedHashMap<>();
        EnumSet<AuditLink.Kind> kinds = EnumSet.noneOf(AuditLink.Kind.class);
        for (AuditEntry entry : page.entries()) {
            for (AuditLink link : entry.links()) {
                kinds.add(link.kind());
                String[] address = link.address().split("#", 2);
                String body = bodies.get(address[0]);
                if (body == null) {
                    body = ledger.body(address[0]);
                    bodies.put(address[0], body);
                }
                if (address.length == 2) {
                    assertThat(body).as("%s of %s", link, entry.text()).contains("id=\"%s\"".formatted(address[1]));
                }
            }
        }
        return kinds;
    }

    private static AuditEntry one(AuditPage page, String kind) {
        return page.entries().stream().filter(entry -> entry.kind().equals(kind)).findFirst().orElseThrow();
    }

    private void ask(String environment) throws Exception {
        EnvironmentView view = environments.find(project, environment).orElseThrow();
        EnvironmentView.ScriptsOfSource scripts = view.sources().getFirst();
        Instant now = Instant.now();
        GateQuestion question = new GateQuestion(UUID.randomUUID(),
                new ObservedScripts(scripts.source(), scripts.form(), scripts.digest(), scripts.heads()),
                view.versionTable().orElseThrow(),
                schemas.find(project, environment).orElseThrow().fingerprint().orElseThrow(), now, now, null, null);
        HttpResponse<String> answer = ledger.post(
                "/api/v1/projects/%s/environments/%s/gate".formatted(project, environment),
                ContractJson.write(question));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
