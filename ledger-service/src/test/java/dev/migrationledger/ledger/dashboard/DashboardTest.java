package dev.migrationledger.ledger.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.identity.PipelineRun.GithubJob;
import dev.migrationledger.contracts.identity.PipelineRun.GitlabJob;
import dev.migrationledger.contracts.identity.PipelineRun.KubernetesPod;
import dev.migrationledger.contracts.identity.PipelineRun;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordEvents;
import dev.migrationledger.ledger.page.RelativeTime;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

@LedgerTest
class DashboardTest {

    @LocalServerPort
    int port;

    @Autowired
    TestClient client;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void an_empty_ledger_says_what_to_type_next() throws Exception {
        jdbc.execute("truncate ledger.environment_view");
        assertThat(client.body("/"))
                .contains("Nothing is recorded yet")
                .contains("migration-agent/bin/migration-agent watch")
                .contains("--ledger http://127.0.0.1:" + port);
    }

    @Test
    void each_environment_is_shown_with_its_position() throws Exception {
        new Story("head").scripts("a b<a").applied("b").table("b").recordIn(environmentCommands);
        new Story("late").scripts("a b<a c<b").stamped("a").table("a").recordIn(environmentCommands);
        new Story("fork").scripts("a b<a c<a").applied("b").table("b").recordIn(environmentCommands);
        new Story("odd").scripts("a").table("zz").recordIn(environmentCommands);
        new Story("bare").scripts("a").noTable().recordIn(environmentCommands);
        new Story("silent").scripts("a").recordIn(environmentCommands);
        String body = client.body("/");
        assertThat(Stream.of("head", "late", "fork", "odd", "bare", "silent").map(name -> row(body, name)))
                .containsExactly(
                        "head at head 1 applied · 1 implied b applied, … ago b from versions … ago 2026-01-01 12:00:00 UTC",
                        "late 2 revisions behind 1 stamped a stamped, … ago c from versions … ago 2026-01-01 12:00:00 UTC",
                        "fork forked, 1 missing 1 applied · 1 implied b applied, … ago b c from versions … ago 2026-01-01 12:00:00 UTC",
                        "odd unknown revision 1 implied zz not in the scripts origin not observed a from versions … ago 2026-01-01 12:00:00 UTC",
                        "bare 1 revision behind nothing applied alembic_version does not exist a from versions … ago 2026-01-01 12:00:00 UTC",
                        "silent not seen yet nothing applied not read yet a from versions never no agent is watching");
        assertThat(body).contains("datetime=\"2026-01-01T12:00:00Z\"");
    }

    @Test
    void each_row_says_who_wrote_it_where_that_was_seen() throws Exception {
        new Story("byhand").scripts("a").says(new RevisionStamped(List.of("a"), List.of(), Story.by("psql")))
                .table("a").recordIn(environmentCommands);
        new Story("byrun").scripts("a").ran(UUID.randomUUID(), "a").table("a").recordIn(environmentCommands);
        String body = client.body("/");
        assertThat(row(body, "byhand")).contains(" by deploy via psql from 10.0.0.7 ");
        assertThat(row(body, "byrun")).contains(" by deploy (claimed: alice on ci-7) ");
    }

    @Test
    void a_run_that_an_issuer_proved_is_shown_apart_from_one_that_only_claims() throws Exception {
        Map<String, PipelineRun> runs = Map.of(
                "github", new GithubJob("https://github.example", "1", "acme/shop", null, null, null, "4711", "ada"),
                "gitlab", new GitlabJob("https://gitlab.example", "2", null, null, null, null, "815", null, null),
                "kubernetes", new KubernetesPod("https://cluster.example", "shop", "migrate", null, "migrate-x7"));
        runs.forEach((name, pipeline) -> {
            for (RecordEvents batch : new Story(name).scripts("a").ran(UUID.randomUUID(), "a").table("a")
                    .batches(100)) {
                environmentCommands.record(new RecordEvents(batch.events(), batch.now(), batch.decisionId(), null,
                        new RecordEvents.Proof(pipeline, List.of(UUID.randomUUID()))));
            }
        });
        String body = client.body("/");
        assertThat(row(body, "github"))
                .contains(" by deploy (proved: GitHub job of acme/shop, run 4711, started by ada) ");
        assertThat(row(body, "gitlab")).contains(" by deploy (proved: GitLab job of 2, pipeline 815) ");
        assertThat(row(body, "kubernetes"))
                .contains(" by deploy (proved: Kubernetes account shop/migrate, pod migrate-x7) ");
    }

    @Test
    void what_agents_say_is_shown_and_never_run() throws Exception {
        new Story("hostile")
                .says(new AgentStarted("1", "alembic", "watch", Map.of("tier", "<script>alert(1)</script>")))
                .scripts("a").applied("<img/src=x>").table("<img/src=x>").recordIn(environmentCommands);
        HttpResponse<String> page = client.get("/");
        assertThat(page.body()).doesNotContain("<script>", "alert(1)<", "<img").contains("&lt;script&gt;",
                "&lt;img/src=x&gt;");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
                policy -> assertThat(policy).contains("default-src 'none'"));
    }

    @Test
    void it_is_shown_where_scripts_come_from() throws Exception {
        new Story("sourced").scripts("a").table("a").agent("ci").source("git:4f2a91c").scripts("a b<a")
                .recordIn(environmentCommands);
        assertThat(client.body("/")).contains("from versions", "also in git:4f2a91c");
    }

    @Test
    void the_style_sheet_is_served() throws Exception {
        assertThat(client.body("/ledger.css")).contains("body {");
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

    /** The text of one environment's row; how long ago something was depends on the day. */
    private static String row(String body, String environment) {
        String row = Stream.of(body.split("<tr", -1)).filter(it -> it.contains(">" + environment + "</a>")).findFirst()
                .orElseThrow();
        return row.substring(row.indexOf('>') + 1, row.indexOf("</tr>")).replaceAll("<[^>]*>", " ")
                .replaceAll("\\d+ \\w+ ago", "… ago").replaceAll("\\s+", " ").strip();
    }
}
