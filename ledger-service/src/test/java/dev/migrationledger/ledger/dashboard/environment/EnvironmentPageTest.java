package dev.migrationledger.ledger.dashboard.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LedgerTest
class EnvironmentPageTest {

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    EnvironmentViews environments;

    @Autowired
    SchemaViews schemas;

    @Autowired
    Automations automations;

    @Test
    void it_says_what_is_wrong_who_did_it_and_what_to_do() throws Exception {
        new Story("wrong").says(new AgentStarted("0.9.1", "alembic", "watch", Map.of("tier", "prod")))
                .scripts("a b<a c<b").files("versions", "a", "b", "c").schema("a").applied("a").table("a").at(60)
                .says(new RevisionStamped(List.of("b"), List.of("a"), Story.by("psql"))).table("b")
                .recordIn(commands);
        automations.round();
        String text = text(page("wrong"));
        assertThat(text).contains(
                "✕ error The version table says b, 1 revision behind the head c. Its schema is that of a, at least 2 revisions behind.")
                .contains("error stamped-ahead-of-schema since")
                .contains("cd /srv/navbot && alembic stamp a")
                .contains("b ! stamped (no run)").contains("deploy via psql from 10.0.0.7")
                .contains("trigger, certain Statement UPDATE …")
                .contains("watches all the time, version 0.9.1").contains("sends unsigned").contains("tier=prod");
        assertThat(page("wrong")).contains("href=\"/projects/navbot/revisions/b\"");
    }

    @Test
    void an_earlier_moment_is_shown_as_such_with_a_way_back() throws Exception {
        new Story("past").scripts("a b<a").applied("a").table("a").at(60).applied("b").table("b").recordIn(commands);
        assertThat(text(page("past"))).contains("at head The version table says b")
                .doesNotContain("You look at the past");
        String then = page("past?at=2026-01-01T12:30:00Z");
        assertThat(text(then)).contains("You look at the past. This is the state at 2026-01-01 12:30:00 UTC.")
                .contains("behind The version table says a, 1 revision behind the head b.");
        assertThat(then).contains("<a href=\"/projects/navbot/environments/past\">Back to now</a>")
                .contains("value=\"2026-01-01T12:30:00.000\"")
                .contains("/api/v1/projects/navbot/environments/past?at=2026-01-01T12%3A30%3A00Z");
        assertThat(text(page("past?knownAt=2025-01-01T00:00:00Z")))
                .contains("as the ledger knew it at 2025-01-01 00:00:00 UTC")
                .contains("No agent has read the version table yet.");
    }

    @Test
    void findings_of_the_past_are_those_that_were_known_then() throws Exception {
        Story story = new Story("known").scripts("a b<a").files("versions", "a", "b").schema("a").applied("a")
                .table("b");
        story.recordIn(commands);
        Instant before = moment();
        automations.round();
        Instant found = moment();
        story.at(60).table("a").recordIn(commands);
        automations.round();
        assertThat(text(page("known"))).doesNotContain("stamped-ahead-of-schema since");
        assertThat(text(page("known?knownAt=" + before))).contains("✓ Nothing is wrong, as far as is known.");
        assertThat(text(page("known?knownAt=" + found))).contains("error stamped-ahead-of-schema since",
                "Its findings are those that were known then.", "Acceptances are listed on the page of now.");
        assertThat(text(page("known?at=2026-01-01T12:30:00Z"))).contains("error stamped-ahead-of-schema since");
        assertThat(text(page("known?at=2026-01-01T13:30:00Z"))).doesNotContain("stamped-ahead-of-schema since");
    }

    /** Between what was recorded before and what is recorded afterwards. */
    private static Instant moment() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(2);
        Instant moment = Instant.now();
        TimeUnit.MILLISECONDS.sleep(2);
        return moment;
    }

    @Test
    void the_slider_and_the_fields_lead_to_the_address_of_their_moment() throws Exception {
        new Story("slid").scripts("a").applied("a").table("a").recordIn(commands);
        assertThat(page("slid")).contains("type=\"range\"").contains("min=\"" + Story.NOON.getEpochSecond() + "\"")
                .contains("1 change of the version table");
        assertThat(redirected("slid?slide=1767270600&end=1796040000"))
                .isEqualTo("/projects/navbot/environments/slid?at=2026-01-01T12%3A30%3A00Z");
        assertThat(redirected("slid?slide=1796040000&end=1796040000&knownAt=2026-01-01T12:30:00Z"))
                .isEqualTo("/projects/navbot/environments/slid?knownAt=2026-01-01T12%3A30%3A00Z");
        assertThat(redirected("slid?at=2026-01-01T12:30&knownAt="))
                .isEqualTo("/projects/navbot/environments/slid?at=2026-01-01T12%3A30%3A00Z");
        assertThat(ledger.problem("/projects/navbot/environments/slid?at=soon", 400).detail()).contains("soon");
    }

    @Test
    void answers_of_the_gate_and_overrides_are_shown_with_their_reasons() throws Exception {
        new Story("gated").scripts("a b<a").files("versions", "a", "b").schema().applied("a").table("b")
                .recordIn(commands);
        automations.round();
        ask("gated");
        String path = "/api/v1/projects/navbot/environments/gated/overrides";
        assertThat(ledger.post(path, "{\"reason\":\"checkout is down\",\"until\":\"%s\"}"
                .formatted(Instant.now().plus(Duration.ofHours(1))).getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(201);
        ask("gated");
        assertThat(text(page("gated"))).contains("✕ blocked").contains("local asked to deploy no revision")
                .contains("enforce stamped-ahead-of-schema is found. Follow its plan.")
                .contains("! allowed by an override")
                .contains("local lets deploys run until").contains("checkout is down. So far: 1 deploy.");
        assertThat(text(page("gated?at=2026-01-01T12:30:00Z"))).contains("No deploy was asked for.")
                .doesNotContain("checkout is down");
    }

    @Test
    void runs_are_shown_with_what_they_claim_and_did() throws Exception {
        new Story("ran").scripts("a b<a").ran(UUID.randomUUID(), "a", "b").table("b").recordIn(commands);
        assertThat(text(page("ran"))).contains("alembic upgrade head succeeded after less than 1 s")
                .contains("claimed: alice on ci-7").contains("applied a and b")
                .contains("deploy (claimed: alice on ci-7)");
    }

    @Test
    void what_happened_is_listed_by_run_up_to_the_shown_moment() throws Exception {
        new Story("told").scripts("a b<a").ran(UUID.randomUUID(), "a").table("a").at(60)
                .says(new RevisionStamped(List.of("b"), List.of("a"), Story.by("psql"))).table("b")
                .recordIn(commands);
        automations.round();
        String now = text(page("told"));
        assertThat(now).contains("! Stamped b in place of a. by deploy via psql from 10.0.0.7 (trigger, certain)")
                .contains("✓ Applied a.").containsPattern("run [0-9a-f]{8} ");
        String then = text(page("told?at=2026-01-01T12:30:00Z"));
        assertThat(then).contains("✓ Applied a.").doesNotContain("Stamped b");
        assertThat(text(page("told?knownAt=2025-01-01T00:00:00Z"))).contains("Nothing happened until then.");
    }

    @Test
    void what_agents_report_is_shown_and_never_run() throws Exception {
        String hostile = "<img/src=x onerror=alert(1)>";
        new Story("hostile").says(new AgentStarted(hostile, "alembic", hostile, Map.of("tier", hostile)))
                .source(hostile).scripts("a").says(new RevisionStamped(List.of(hostile), List.of(), Story.by(hostile)))
                .table(hostile).recordIn(commands);
        automations.round();
        String page = page("hostile");
        assertThat(page).doesNotContain("<img").contains("&lt;img/src=x");
        assertThat(page).contains("href=\"/projects/navbot/revisions?id=%3Cimg%2Fsrc%3Dx+onerror%3Dalert%281%29%3E\"");
    }

    @Test
    void an_environment_without_a_version_table_has_a_page() throws Exception {
        new Story("bare").noTable().recordIn(commands);
        new Story("silent").scripts("a").recordIn(commands);
        assertThat(text(page("bare"))).contains("alembic_version does not exist.");
        assertThat(text(page("silent"))).contains("No agent has read it yet.").contains("✕ No agent is watching");
    }

    @Test
    void an_environment_that_does_not_exist_is_not_found() throws Exception {
        assertThat(ledger.status("/projects/navbot/environments/never")).isEqualTo(404);
        assertThat(ledger.status("/projects/never/environments/never")).isEqualTo(404);
    }

    @Test
    void a_page_stays_small_however_much_happened() throws Exception {
        Story story = new Story("busy").scripts("a b<a");
        for (int i = 0; i < 1_800; i++) {
            // An agent's events come in one batch.
            story.at(i).agent("agent-" + i / 30).table(i % 2 == 0 ? "a" : "b");
        }
        story.recordIn(commands, 1_000);
        // The audit follows the log at its own pace.
        String page = Eventually.becomes("the newest events are listed", () -> {
            automations.round();
            return page("busy");
        }, it -> !it.contains("not in this list yet"));
        assertThat(page.length()).isLessThan(80_000);
        String older = page.replaceAll("(?s).*environments/(busy\\?before=\\d+)#timeline.*", "$1");
        assertThat(text(page(older))).contains("Found", "The newest events").doesNotContain("not in this list yet");
    }

    private void ask(String environment) throws IOException, InterruptedException {
        EnvironmentView view = environments.find("navbot", environment).orElseThrow();
        EnvironmentView.ScriptsOfSource scripts = view.sources().getFirst();
        Instant now = Instant.now();
        GateQuestion question = new GateQuestion(UUID.randomUUID(),
                new ObservedScripts(scripts.source(), scripts.form(), scripts.digest(), scripts.heads()),
                view.versionTable().orElseThrow(),
                schemas.find("navbot", environment).orElseThrow().fingerprint().orElseThrow(), now, now, null, null);
        HttpResponse<String> answer = ledger.post("/api/v1/projects/navbot/environments/" + environment + "/gate",
                ContractJson.write(question));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private String page(String environment) throws IOException, InterruptedException {
        return ledger.body("/projects/navbot/environments/" + environment);
    }

    private String redirected(String environment) throws IOException, InterruptedException {
        HttpResponse<String> answer = ledger.get("/projects/navbot/environments/" + environment);
        assertThat(answer.statusCode()).isEqualTo(302);
        String location = answer.headers().firstValue("Location").orElseThrow();
        return location.substring(location.indexOf("/projects"));
    }

    /** Without tags. */
    private static String text(String page) {
        return page.substring(page.indexOf("<main"), page.indexOf("</main>")).replaceAll("<[^>]*>", " ")
                .replace("&amp;", "&").replace("&#39;", "'").replaceAll("\\s+", " ").replace(" .", ".");
    }
}
