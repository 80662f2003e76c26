package dev.migrationledger.ledger.dashboard.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.After;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.Extent;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.Groups;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.Member;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordDivergences;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.page.RelativeTime;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.view.Liveness;
import dev.migrationledger.ledger.view.Story;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@LedgerTest
@TestPropertySource(properties = "ledger.automations=false")
class OverviewTest {

    private static final String THREE = "a b<a c<b";

    @LocalServerPort
    int port;

    @Autowired
    TestClient client;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    JdbcClient database;

    @BeforeEach
    void empty() {
        jdbc.execute("truncate ledger.environment_view");
        jdbc.execute("truncate ledger.divergence_view");
    }

    @Test
    void an_empty_ledger_says_what_to_type_next() throws Exception {
        assertThat(client.body("/"))
                .contains("Nothing is recorded yet")
                .contains("migration-agent/bin/migration-agent watch")
                .contains("--ledger http://127.0.0.1:" + port);
    }

    @Test
    void each_environment_is_shown_with_where_it_is() throws Exception {
        new Story("ov1", "head").scripts("a b<a").applied("b").table("b").recordIn(commands);
        new Story("ov1", "late").scripts(THREE).stamped("a").table("a").recordIn(commands);
        new Story("ov1", "fork").scripts("a b<a c<a").applied("b").table("b").recordIn(commands);
        new Story("ov1", "odd").scripts("a").table("zz").recordIn(commands);
        new Story("ov1", "bare").scripts("a").noTable().recordIn(commands);
        new Story("ov1", "silent").scripts("a").recordIn(commands);
        String body = client.body("/");
        assertThat(Stream.of("head", "late", "fork", "odd", "bare", "silent").map(name -> cell(body, name)))
                .containsExactly("head ✓ at head b 1 behind project heads heartbeat …",
                        "late ○ 2 behind a ! stamped scripts end at c heartbeat …",
                        "fork ○ 2 heads, 1 missing b scripts end at b, c heartbeat …",
                        "odd ✕ unknown revision zz scripts end at a heartbeat …",
                        "bare ○ 1 behind no revision scripts end at a 3 behind project heads heartbeat …",
                        "silent ○ not seen yet not read yet scripts end at a heartbeat never no agent watches");
        assertThat(body).contains("datetime=\"2026-01-01T12:00:00Z\"").contains("href=\"/projects/ov1\"")
                .contains("1 of 6 environments of 1 project has an error");
    }

    @Test
    void environments_with_the_same_names_stand_in_columns() throws Exception {
        for (String project : List.of("ov2", "ov3")) {
            for (String name : List.of("production", "staging", "dev")) {
                new Story(project, name).scripts("a").applied("a").table("a").recordIn(commands);
            }
        }
        assertThat(columns()).containsExactly("Project", "dev", "staging", "production");

        new Story("ov3", "only-here").scripts("a").applied("a").table("a").recordIn(commands);
        assertThat(columns()).containsExactly("Project", "dev", "staging", "production", "Others");
    }

    private List<String> columns() throws Exception {
        return Pattern.compile("<th scope=\"col\"[^>]*>([^<]*)<").matcher(client.body("/")).results()
                .map(found -> found.group(1)).toList();
    }

    @Test
    void each_environment_is_compared_with_the_stage_before_it() throws Exception {
        new Story("ov8", "dev").scripts(THREE).applied("c").table("c").recordIn(commands);
        new Story("ov8", "staging").scripts(THREE).applied("a").table("a").recordIn(commands);
        new Story("ov8", "prod-eu").scripts("a").applied("a").table("a").recordIn(commands);
        new Story("ov8", "prod-us").scripts("a b<a").applied("b").table("b").recordIn(commands);
        String body = client.body("/");
        assertThat(cell(body, "dev")).doesNotContain("even", "ahead");
        assertThat(cell(body, "staging")).contains("2 behind dev");
        assertThat(cell(body, "prod-eu")).contains("✓ at head", "2 behind project head, even with staging");
        assertThat(cell(body, "prod-us")).contains("1 behind project head, 1 ahead of staging");
    }

    @Test
    void agents_that_are_silent_are_told_apart_from_those_that_stopped() {
        for (int i = 10; i < 22; i++) {
            Story story = new Story("ov9", "tenant-" + i).scripts("a").applied("a").table("a");
            (i < 20 ? story : story.says(new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP))).recordIn(commands);
        }
        jdbc.update(
                """
                        insert into ledger.heartbeat (project, environment, agent, last_at) values
                            ('ov9', 'tenant-10', 'a1', '2040-01-01 12:00:00Z'), ('ov9', 'tenant-11', 'another', '2040-01-01 12:00:00Z')""");
        OverviewQuery then = new OverviewQuery(database, new HeardSince(Instant.parse("2040-01-01T11:59:00Z")));
        ParsedQuery silent = OverviewSearch.parse("status:silent");
        Groups all = then.page(ProjectScope.ALL, new OverviewFilter("", Map.of()), After.START,
                new Extent(20, 8, 8, 0));
        Cohort cohort = all.projects().getFirst().shown().getFirst();
        assertThat(List.of(cohort.count(), cohort.silent(), cohort.unwatched(), all.totals().silent()))
                .containsExactly(12, 9, 2, 9);
        assertThat(then.page(ProjectScope.ALL, OverviewSearch.filter(silent.query()), After.START,
                new Extent(20, 8, 8, 0)).totals().environments()).isEqualTo(9);
        assertThat(then.members(ProjectScope.ALL, new OverviewFilter("", Map.of()), "ov9", cohort.key(), "", 20))
                .filteredOn(Member::silent).extracting(Member::environment).contains("tenant-11")
                .doesNotContain("tenant-10", "tenant-20");
    }

    /** Who was heard since then is there. */
    private record HeardSince(Instant from) implements Liveness {

        @Override
        public Map<String, Map<String, Instant>> heartbeats(String project, Collection<String> environments) {
            return Map.of();
        }

        @Override
        public boolean isPresent(Instant heardAt) {
            return !heardAt.isBefore(from);
        }

        @Override
        public Present present() {
            return new Present(from, Present.ALWAYS.until());
        }
    }

    @Test
    void equal_environments_are_one_cell_that_unfolds_and_odd_ones_come_first() throws Exception {
        for (int i = 10; i < 22; i++) {
            new Story("ov4", "tenant-" + i).scripts(THREE).applied(i == 17 ? "b" : "c").table(i == 17 ? "b" : "c")
                    .recordIn(commands);
        }
        finding("ov4", "tenant-17");
        String body = client.body("/");
        assertThat(body.indexOf(">tenant-17<")).isPositive().isLessThan(body.indexOf(">11 environments<"));
        assertThat(body).contains("tenant-10 … tenant-21", "What is wrong comes first.")
                .doesNotContain(">tenant-13<");
        Matcher unfold = Pattern.compile("href=\"(/\\?open=[^\"]*)\"").matcher(body);
        assertThat(unfold.find()).isTrue();
        assertThat(client.body(unfold.group(1))).contains("href=\"/projects/ov4/environments/tenant-13\"",
                "aria-expanded=\"true\"").doesNotContain("environments/tenant-22\"");
        assertThat(client.body("/?open=ov4%2Fnone")).as("a group that is gone").contains(">11 environments<");
    }

    @Test
    void the_first_screen_says_what_is_wrong_where_since_when_and_what_to_do() throws Exception {
        new Story("ov5", "staging").scripts(THREE).applied("c").table("c").recordIn(commands);
        new Story("ov5", "production").scripts(THREE).applied("b").table("b").recordIn(commands);
        finding("ov5", "production");
        new Story("healthy", "staging").scripts(THREE).applied("c").table("c").recordIn(commands);
        String body = client.body("/");
        assertThat(body).contains("1 of 3 environments of 2 projects has an error",
                "No script has the revision", "alembic stamp b",
                "href=\"/divergences?project=ov5&amp;environment=production\"");
        assertThat(body.indexOf("href=\"/projects/ov5\"")).isLessThan(body.indexOf("href=\"/projects/healthy\""));
        String list = client.body("/divergences");
        assertThat(list).contains("ov5/production", "No script has the revision", "alembic stamp b",
                "It changes only the version table.").doesNotContain("ov5/staging");
        assertThat(client.body("/divergences?q=project:healthy")).contains("No open finding matches.");
        assertThat(client.body("/divergences?project=ov5&environment=production"))
                .contains("value=\"project:ov5 environment:production\"", "ov5/production");
    }

    @Test
    void a_command_that_repairs_several_things_is_shown_once() throws Exception {
        new Story("ov6", "production").scripts("a b<a c<a").applied("b").table("b").recordIn(commands);
        commands.recordDivergences(new RecordDivergences("ov6", "production",
                List.of(found(DivergenceCode.UNKNOWN_REVISION), found(DivergenceCode.MULTIPLE_HEADS)),
                Set.of(DivergenceCode.UNKNOWN_REVISION, DivergenceCode.MULTIPLE_HEADS), Set.of(), Story.NOON, null,
                Story.NOON, 1));
        assertThat(client.body("/").split("alembic stamp b", -1)).hasSize(2);
        assertThat(client.body("/")).contains("The plan above repairs this, too.");
    }

    @Test
    void a_search_finds() throws Exception {
        new Story("se1", "head").says(new AgentStarted("1", "alembic", "watch", Map.of("tier", "prod")))
                .scripts("a b<a")
                .applied("b").table("b").recordIn(commands);
        new Story("se1", "late").scripts(THREE).stamped("a").table("a").recordIn(commands);
        new Story("se1", "odd").scripts("a").table("zz").recordIn(commands);
        finding("se1", "late");
        for (String one : List.of(
                "project:se1|head late odd", "se1|head late odd", "environment:LATE|late", "env:la*,od*|late odd",
                "status:behind|late",
                "status:unknown-revision|odd", "severity:error|odd late", "severity:none|head",
                "code:unknown-revision|late",
                "revision:zz|odd", "revision:z*|odd", "zz|odd", "se1 -odd -late|head", "agent:a1 env:head|head",
                "agent:a|",
                "status:unwatched|", "-status:unwatched odd|odd", "label:tier|head", "label:tier=prod|head",
                "label:tier=pro|", "label:tier=p*|head", "50%|", "-se1|")) {
            String[] queryAndFound = one.split("\\|", -1);
            String body = client.body("/?q=" + URLEncoder.encode(queryAndFound[0], StandardCharsets.UTF_8));
            assertThat(Stream.of("head", "late", "odd").filter(name -> body.contains("environments/" + name + "\"")))
                    .as(one).containsExactlyInAnyOrder(queryAndFound[1].isEmpty()
                            ? new String[0]
                            : queryAndFound[1].split(" "));
            assertThat(body).as(one).doesNotContain("class=\"mistakes\"");
        }
    }

    @Test
    void a_mistake_in_the_search_is_pointed_at() throws Exception {
        new Story("se2", "head").scripts("a").applied("a").table("a").recordIn(commands);
        assertThat(client.body("/?q=enviroment%3Ahead")).contains("class=\"mistakes\"", "^^^^^^^^^^", "environment")
                .doesNotContain("environments/head\"");
    }

    @Test
    void healthy_things_are_quiet() throws Exception {
        new Story("ov6", "staging").scripts("a").applied("a").table("a").recordIn(commands);
        assertThat(client.body("/")).contains("Nothing is wrong in 1 environment of 1 project")
                .doesNotContain("class=\"problems\"", "class=\"notices\"");
    }

    @Test
    void what_agents_say_is_shown_and_never_run() throws Exception {
        new Story("ov7", "hostile")
                .says(new AgentStarted("1", "alembic", "watch", Map.of("tier", "<script>alert(1)</script>")))
                .scripts("a").applied("<img/src=x>").table("<img/src=x>").recordIn(commands);
        HttpResponse<String> page = client.get("/");
        assertThat(page.body()).doesNotContain("<script>", "alert(1)<", "<img").contains("&lt;img/src=x&gt;");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
                policy -> assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe"));
    }

    @Test
    void every_page_of_the_navigation_answers() throws Exception {
        String body = client.body("/");
        Matcher link = Pattern.compile("<nav.*?</nav>", Pattern.DOTALL).matcher(body);
        assertThat(link.find()).isTrue();
        List<String> pages = Pattern.compile("href=\"([^\"]*)\"").matcher(link.group()).results()
                .map(found -> found.group(1)).toList();
        assertThat(pages).contains("/", "/divergences", "/merges", "/deploys", "/agents");
        for (String page : pages) {
            assertThat(client.body(page)).as(page).contains("aria-current=\"page\"", "<h1");
        }
    }

    @Test
    void the_style_sheet_and_the_script_are_served() throws Exception {
        assertThat(client.body("/ledger.css")).contains("body {");
        assertThat(client.body("/ledger.js")).contains("EventSource");
    }

    @Test
    void relative_times_read_naturally() {
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        assertThat(RelativeTime.of(now, now)).isEqualTo("just now");
        assertThat(RelativeTime.of(now.minusSeconds(90), now)).isEqualTo("90 seconds ago");
        assertThat(RelativeTime.of(now.minusSeconds(7_100), now)).isEqualTo("118 minutes ago");
        assertThat(RelativeTime.of(now.minusSeconds(86_400), now)).isEqualTo("24 hours ago");
        assertThat(RelativeTime.of(now.minusSeconds(864_000), now)).isEqualTo("10 days ago");
        assertThat(RelativeTime.of(now.plusSeconds(600), now)).isEqualTo("in 10 minutes by its agent's clock");
    }

    private void finding(String project, String environment) {
        commands.recordDivergences(new RecordDivergences(project, environment,
                List.of(found(DivergenceCode.UNKNOWN_REVISION)),
                Set.of(DivergenceCode.UNKNOWN_REVISION), Set.of(), Story.NOON, null, Story.NOON, 1));
    }

    private static Finding found(DivergenceCode code) {
        return new Finding(code, Severity.ERROR, "zz", "No script has the revision 'zz'.", List.of(),
                List.of(new PlanStep("alembic stamp b", "It changes only the version table.", "It worked.")));
    }

    /** The text of one environment's cell; how long ago something was depends on the day. */
    private static String cell(String body, String environment) {
        String cell = Stream.of(body.split("<div class=\"cell", -1))
                .filter(it -> it.contains(">" + environment + "</a>"))
                .findFirst().orElseThrow();
        return cell.substring(cell.indexOf('>') + 1, cell.indexOf("</div>")).replaceAll("<[^>]*>", " ")
                .replaceAll("\\d+ \\w+ ago(\\s+[-\\d: ]+UTC)?", "…").replaceAll("\\s+", " ").strip();
    }
}
