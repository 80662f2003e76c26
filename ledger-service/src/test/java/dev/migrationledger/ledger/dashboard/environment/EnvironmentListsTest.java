package dev.migrationledger.ledger.dashboard.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.environment.EnvironmentReport.WatchingAgent;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.dashboard.Rest;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.gate.TestDeploys;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.time.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Each list of the page has more than the page shows, and a way to its last item. */
@LedgerTest
class EnvironmentListsTest {

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    ApplicationContext context;

    @Test
    void rows_and_heads_are_all_in_the_state_for_programs() throws Exception {
        new Story("rows").scripts("a", heads()).table(numbered("row-", 25)).recordIn(commands);
        String page = page("rows");
        assertThat(page).contains("row-29").doesNotContain(">row-34<", "head-21");

        String rows = Rest.of(page, "All 25 rows as JSON");
        assertThat(Rest.of(page, "and 2 more (JSON)")).isEqualTo(rows);
        EnvironmentReport report = ledger.read(rows, EnvironmentReport.class);
        assertThat(Objects.requireNonNull(report.versionTable()).rows()).hasSize(25).contains("row-34");
        assertThat(report.heads()).hasSize(12).contains("head-21");
    }

    @Test
    void agents_are_all_in_the_state_for_programs_and_in_the_audit() throws Exception {
        Story story = new Story("agents");
        for (int i = 10; i < 70; i++) {
            story.at(i).agent("agent-" + i).says(new AgentStarted("0.9", "alembic", "observe", Map.of()));
        }
        story.recordIn(commands);
        String page = page("agents");
        assertThat(count(page, "<strong>agent-")).isEqualTo(10);

        assertThat(ledger.read(Rest.of(page, "The latest 50 agents as JSON"), EnvironmentReport.class).agents())
                .extracting(WatchingAgent::agent).hasSize(50).contains("agent-20").doesNotContain("agent-19");
        assertThat(listed(Rest.of(page, "10 earlier agents in the audit"), "agent-69")).contains("agent-10",
                "agent-19");
    }

    @Test
    void a_run_leads_to_its_events_and_all_runs_are_in_the_audit() throws Exception {
        Story story = new Story("runs").scripts("a");
        List<UUID> runs = IntStream.range(0, 12).mapToObj(_ -> UUID.randomUUID()).toList();
        for (int i = 0; i < runs.size(); i++) {
            story.at(i).ran(runs.get(i));
        }
        story.recordIn(commands);
        String page = page("runs");
        assertThat(page).contains("id=\"run-" + runs.getLast(), "href=\"/audit?q=run%3A" + runs.getLast())
                .doesNotContain("id=\"run-" + runs.getFirst());

        assertThat(listed(Rest.of(page, "All runs in the audit"), runs.getLast().toString()))
                .contains(runs.getFirst().toString());
        assertThat(page("runs?at=2026-01-01T12:05:00Z")).as("what is on the page is all").doesNotContain("All runs");
    }

    @Test
    void answers_of_the_gate_are_all_in_the_list_of_deploys_up_to_the_shown_moment() throws Exception {
        gated("answers");
        List<UUID> asked = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            asked.add(TestDeploys.asked(context, "navbot", "answers"));
        }
        Instant then = Instant.now();
        UUID later = TestDeploys.asked(context, "navbot", "answers");
        String page = page("answers");
        assertThat(page).contains("deploy-" + later).doesNotContain("deploy-" + asked.getFirst());
        assertThat(ledger.body(Rest.of(page, "All answers in the list of deploys")))
                .contains("data-key=\"" + asked.getFirst(), "data-key=\"" + later);

        String past = page("answers?at=" + then);
        assertThat(ledger.body(Rest.of(past, "All answers in the list of deploys")))
                .contains("data-key=\"" + asked.getFirst()).doesNotContain("data-key=\"" + later);
    }

    @Test
    void reasons_that_an_answer_leaves_out_are_with_the_deploy() throws Exception {
        new Story("reasons").scripts("a").files("versions", "a").schema("a").applied("a").table(numbered("no-", 9))
                .recordIn(commands);
        automations.round();
        UUID deploy = TestDeploys.asked(context, "navbot", "reasons");
        String page = page("reasons");
        int shown = count(page, "<b>enforce</b>") + count(page, "<b>warn</b>") + count(page, "<b>audit</b>");
        assertThat(shown).isEqualTo(6);
        String more = Pattern.compile("(\\d+ more reasons?)<").matcher(page).results().map(it -> it.group(1))
                .findFirst().orElseThrow();
        String address = Rest.of(page, more);
        assertThat(address).isEqualTo("/deploys?q=id%3A" + deploy);
        String all = ledger.body(address);
        String reasons = all.substring(all.indexOf("data-label=\"Reasons\""));
        assertThat(count(reasons.substring(0, reasons.indexOf("</td>")), "<div>"))
                .isEqualTo(shown + Integer.parseInt(more.replaceAll("\\D", "")));
    }

    @Test
    void overrides_are_all_in_the_audit_and_those_that_wait_are_in_the_list_of_deploys() throws Exception {
        gated("overridden");
        String path = "/api/v1/projects/navbot/environments/overridden/overrides";
        for (int i = 0; i < 6; i++) {
            GateOverride open = ContractJson.read(ledger.post(path, "{\"reason\":\"reason %d\",\"until\":\"%s\"}"
                    .formatted(i, Instant.now().plus(Duration.ofHours(1))).getBytes(StandardCharsets.UTF_8)).body()
                    .getBytes(StandardCharsets.UTF_8), GateOverride.class);
            if (i < 5) {
                assertThat(ledger.post(path + "/" + open.override() + "/close", new byte[0]).statusCode())
                        .isEqualTo(200);
            }
        }
        String page = page("overridden");
        assertThat(exceptions(page)).contains("reason 5").doesNotContain("reason 0");
        assertThat(listed(Rest.of(page, "All overrides in the audit"), "reason 5")).contains("reason 0");
        assertThat(ledger.body(Rest.of(page, "those that wait for someone"))).contains("reason 5",
                "Close the override");
    }

    @Test
    void acceptances_are_listed_to_the_last_one_that_can_be_withdrawn() throws Exception {
        new Story("accepted").scripts("a").table(numbered("no-", 12)).recordIn(commands);
        automations.round();
        assertThat(ledger.post("/api/v1/projects/navbot/policy/baseline", ContractJson.write(new Baseline.Acceptance(
                "accepted", null, null, "known since May", "ann", Instant.now().plus(Duration.ofDays(9)))))
                .statusCode()).isEqualTo(200);
        String page = page("accepted");
        int first = count(page, "/withdraw\"");
        assertThat(first).isEqualTo(10);
        String more = Pattern.compile("(\\d+ more acceptances)<").matcher(page).results().map(it -> it.group(1))
                .findFirst().orElseThrow();
        String rest = ledger.body(Rest.of(page, more));
        assertThat(count(rest, "/withdraw\"")).isEqualTo(Integer.parseInt(more.replaceAll("\\D", ""))).isPositive();
        for (int i = 10; i < 22; i++) {
            assertThat(exceptions(page) + exceptions(rest)).contains("no-" + i);
        }
        assertThat(Rest.of(rest, "First acceptances")).isEqualTo("/projects/navbot/environments/accepted");
    }

    private void gated(String environment) {
        new Story(environment).scripts("a").files("versions", "a").schema("a").applied("a").table("a")
                .recordIn(commands);
        automations.round();
    }

    /** A page of the audit, which follows the log at its own pace. */
    private String listed(String address, String newest) throws Exception {
        return Eventually.becomes("the newest is listed", () -> {
            automations.round();
            return ledger.body(address);
        }, it -> it.substring(it.indexOf("</form>")).contains(newest));
    }

    private String page(String environment) throws Exception {
        return ledger.body("/projects/navbot/environments/" + environment);
    }

    private static String exceptions(String page) {
        return page.substring(page.indexOf("id=\"exceptions\""), page.indexOf("id=\"compare\""));
    }

    private static String heads() {
        return String.join(" ", IntStream.range(10, 22).mapToObj(i -> "head-%d<a".formatted(i)).toList());
    }

    /** From 10 on, so that they are in order. */
    private static String[] numbered(String name, int count) {
        return IntStream.range(10, 10 + count).mapToObj(i -> name + i).toArray(String[]::new);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
