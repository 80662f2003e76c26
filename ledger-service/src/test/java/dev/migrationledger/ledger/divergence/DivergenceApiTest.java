package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.store.TypedEvents;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.Moment;
import dev.migrationledger.ledger.view.PastViews;
import dev.migrationledger.ledger.view.Story;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What people ask about divergences, over HTTP. */
@LedgerTest
class DivergenceApiTest {

    @Autowired
    TestClient client;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    Automations automations;

    @Autowired
    DivergenceViews divergences;

    @Autowired
    TypedEvents events;

    @Autowired
    PastViews past;

    /** staging holds an unknown row; production held one until minute 30. The same before each test: recorded again, nothing changes. */
    @BeforeEach
    void two_databases() {
        new Story("staging").scripts("a b<a").table("zz").recordIn(environmentCommands);
        Story production = new Story("production").scripts("a b<a").table("zz");
        production.recordIn(environmentCommands);
        automations.round();
        production.at(30).applied("b").table("b").recordIn(environmentCommands);
        automations.round();
    }

    @Test
    void an_open_divergence_is_returned_with_all_its_fields() throws Exception {
        Divergence open = unknown(get("/projects/navbot/divergences")).getFirst();
        assertThat(open.environment()).isEqualTo("staging");
        assertThat(open.severity()).isEqualTo(Severity.ERROR);
        assertThat(open.message()).contains("'zz'");
        assertThat(open.state()).isEqualTo(Divergence.State.OPEN);
        assertThat(open.firstSeen()).isEqualTo(Story.NOON);
        assertThat(open.resolvedAt()).isNull();
        assertThat(unknown(get("/divergences"))).contains(open);
    }

    @Test
    void a_plan_can_be_pasted_for_the_section_that_the_agent_watches() throws Exception {
        new Story("sections").section("orders").scripts("a b<a").files("versions", "a", "b").schema("a", "b")
                .table("a").recordIn(environmentCommands);
        automations.round();
        assertThat(get("/projects/navbot/divergences?environment=sections")).singleElement().satisfies(ahead -> {
            assertThat(ahead.code()).isEqualTo(DivergenceCode.SCHEMA_AHEAD_OF_STAMP);
            assertThat(ahead.plan()).singleElement().satisfies(step -> {
                assertThat(step.command()).isEqualTo("cd /srv/navbot && alembic -c alembic.ini -n orders stamp b");
                assertThat(step.details()).endsWith("It runs in /srv/navbot, where the agent runs.");
                assertThat(step.check())
                        .contains("'cd /srv/navbot && alembic -c alembic.ini -n orders current' prints");
            });
        });
        assertThat(client.body("/")).contains("cd /srv/navbot &amp;&amp; alembic -c alembic.ini -n orders stamp b");
    }

    @Test
    void what_was_open_at_a_moment_is_found_however_many_events_there_are() {
        Story story = new Story("many", "long").scripts("a b<a").table("zz");
        story.recordIn(environmentCommands);
        automations.round();
        List<String> later = List.of("yy zz", "ww zz", "b");
        for (int i = 0; i < later.size(); i++) {
            story.at(10 * (i + 1)).table(later.get(i).split(" ")).recordIn(environmentCommands);
            automations.round();
        }
        Moment moment = new Moment(Story.NOON.plusSeconds(25 * 60), null);
        EnvironmentView then = past.find("many", "long", moment).orElseThrow();
        for (int read : List.of(2, 1_000)) {
            assertThat(unknown(new PastDivergences(divergences, events, read).open(then, moment)))
                    .as("of %d events", read)
                    .allMatch(one -> one.state() == Divergence.State.OPEN && one.resolvedAt() == null)
                    .extracting(Divergence::subject).containsExactlyInAnyOrder("zz", "ww");
        }
    }

    @Test
    void what_is_over_is_asked_for() throws Exception {
        assertThat(unknown(get("/projects/navbot/divergences?state=resolved"))).singleElement().satisfies(over -> {
            assertThat(over.environment()).isEqualTo("production");
            assertThat(over.resolvedAt()).isEqualTo(Story.NOON.plusSeconds(1800));
        });
        assertThat(unknown(get("/projects/navbot/divergences?state=all"))).hasSize(2);
        assertThat(get("/divergences?state=all&limit=1")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"environment=production | 1", "environment=staging&code=unknown-revision | 1",
        "code=forked | 0", "severity=error | 2", "severity=warning | 0", "severity=warning&severity=error | 2",
        "since=2026-01-01T12:20:00Z | 2", "since=2026-01-01T12:31:00Z | 1", "until=2026-01-01T11:59:00Z | 0",
        "until=2026-01-01T12:00:00Z | 2"})
    void filters_leave_what_they_name(String filter, int left) throws Exception {
        assertThat(unknown(get("/projects/navbot/divergences?state=all&" + filter))).hasSize(left);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "code=forkd | code | 'forkd' is not a valid code; use config-invalid",
        "severity=bad | severity | 'bad' is not a valid severity; use error, warning or info.",
        "state=closed | state | 'closed' is not a valid state; use open, resolved or all.",
        "since=yesterday | since | 'yesterday' is not a valid since; use an ISO 8601 instant",
        "since=%2B999999999-12-31T23:59:59Z | since | between the years 1 and 9999",
        "since=-999999999-01-01T00:00:00Z | since | between the years 1 and 9999",
        "until=%2B10000-01-01T00:00:00Z | until | between the years 1 and 9999",
        "after=me | after | 'me' is not a valid after; use the id of a divergence.",
        "limit=0 | limit | is not a valid limit; use 1 to 1000.",
        "limit=many | limit | is not a valid limit; use 1 to 1000."})
    void an_invalid_filter_is_refused(String filter, String field, String words) throws Exception {
        for (String path : List.of("/projects/navbot/divergences?", "/divergences?")) {
            Problem problem = client.problem("/api/v1" + path + filter, 400);
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.detail()).contains(words);
        }
    }

    @Test
    void an_empty_list_differs_from_an_unknown_project_or_environment() throws Exception {
        assertThat(get("/projects/navbot/divergences?environment=production&code=forked")).isEmpty();
        assertThat(client.problem("/api/v1/projects/nowhere/divergences", 404).detail()).contains("'nowhere'");
        assertThat(client.problem("/api/v1/projects/navbot/divergences?environment=prodution", 404).detail())
                .contains("production");
    }

    @Test
    void pages_show_the_divergence_with_its_plan_and_count_it() throws Exception {
        assertThat(client.body("/")).containsPattern("\\d of \\d environments of [12] projects? ha(s|ve) an error")
                .contains("unknown-revision", "&#39;zz&#39;", "Restore the file of &#39;zz&#39;.");
        assertThat(client.body("/divergences?project=navbot")).contains("unknown-revision", "&#39;zz&#39;",
                "How to repair it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"project\":\"navbot\",\"environment\":\"staging\",\"agent\":\"a1\"} | 200",
        "{\"project\":\"navbot\",\"environment\":\"nowhere\",\"agent\":\"a1\"} | 404",
        "{\"project\":\"navbot\",\"environment\":\"staging\",\"agent\":\"a/1\"} | 422",
        "{\"project\":\"navbot\" | 400"})
    void a_heartbeat_is_answered_by_its_validity(String body, int status) throws Exception {
        assertThat(client.post("/api/v1/heartbeat", body.getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(status);
    }

    private List<Divergence> get(String path) throws Exception {
        return List.of(client.read("/api/v1" + path, Divergence[].class));
    }

    private static List<Divergence> unknown(List<Divergence> all) {
        return all.stream().filter(it -> it.code() == DivergenceCode.UNKNOWN_REVISION).toList();
    }
}
