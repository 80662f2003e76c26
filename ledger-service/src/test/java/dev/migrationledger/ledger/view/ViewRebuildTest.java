package dev.migrationledger.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.StartupFailure;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.view.OutdatedViewRebuild;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import java.net.http.HttpResponse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@LedgerTest
class ViewRebuildTest {

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    EnvironmentViews views;

    @Autowired
    ViewRebuild rebuild;

    @Autowired
    OutdatedViewRebuild atStart;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    TestClient client;

    @Test
    void a_rebuilt_view_is_the_live_view_to_the_byte() {
        for (int seed = 0; seed < 6; seed++) {
            Story story = RandomStory.of("random" + seed, seed, 120);
            story.recordIn(environmentCommands, 2 + seed * 5);
            assertThat(views.find("navbot", "random" + seed).orElseThrow().report().revisions())
                    .isEqualTo(story.view().report().revisions());
        }
        assertThat(rebuild.check().differing()).isEmpty();
        var live = tables();

        jdbc.execute(
                "truncate ledger.environment_view, ledger.environment_scripts, ledger.revision_observation, ledger.schema_view,"
                        + " ledger.schema_part, ledger.revision_sighting, ledger.revision_content, ledger.revision_source,"
                        + " ledger.revision_file");
        assertThat(rebuild.check().differing()).contains("navbot/random0", "navbot/random5");
        ViewRebuild.Outcome outcome = rebuild.rebuild();

        assertThat(outcome.environments()).isGreaterThanOrEqualTo(6);
        assertThat(outcome.differing()).contains("navbot/random0", "navbot/random5", "navbot");
        assertThat(outcome.events()).isGreaterThan(6 * 120);
        assertThat(tables()).isEqualTo(live);
        assertThat(rebuild.rebuild().differing()).isEmpty();
    }

    @Test
    void what_is_read_back_without_any_memory_is_what_was_written() {
        RandomStory.of("cold", 99, 80).recordIn(environmentCommands, 7);
        EnvironmentViews cold = new EnvironmentViews(JdbcClient.create(jdbc), transactions, new ViewCache(0));
        assertThat(cold.find("navbot", "cold")).isEqualTo(views.find("navbot", "cold"));
        assertThat(cold.find("navbot", "cold").orElseThrow().facts().events()).isEqualTo(81);
    }

    @Test
    void a_changed_view_is_named_and_rebuilt() {
        new Story("changed").scripts("a b<a").applied("b").table("b").recordIn(environmentCommands, 10);
        new Story("scriptless").scripts("a b<a").applied("b").table("b").recordIn(environmentCommands, 10);
        jdbc.update("update ledger.environment_view set facts = '{}' where environment = 'changed'");
        jdbc.update("delete from ledger.environment_scripts where environment = 'scriptless'");
        jdbc.update("insert into ledger.environment_view values ('navbot', 'nowhere', '', '{}', '{}', '{}')");
        new Story("unobserved").scripts("a b<a").applied("b").table("b").recordIn(environmentCommands, 10);
        jdbc.update("delete from ledger.revision_observation where environment = 'unobserved'");
        jdbc.update("insert into ledger.revision_observation values ('navbot', 'observation-of-nothing', 'a', '{}')");
        new Story("schemaless").schema("a").recordIn(environmentCommands, 10);
        jdbc.update("delete from ledger.schema_part where environment = 'schemaless'");
        jdbc.update("insert into ledger.schema_part values ('navbot', 'never', '', '{}')");
        new Story("forgetful").scripts("z").files("versions", "z").recordIn(environmentCommands, 10);
        jdbc.update("update ledger.revision_file set content = 'other' where digest = ?", Story.digest("z"));
        jdbc.update("insert into ledger.revision_file values ('elsewhere', '00', 'stray')");
        List<String> wrong = List.of("navbot/changed", "navbot/schemaless", "navbot/scriptless", "navbot/unobserved",
                "navbot", "navbot/nowhere", "navbot/observation-of-nothing", "navbot/never", "elsewhere");

        assertThat(rebuild.check().differing()).containsExactlyElementsOf(wrong);
        assertThat(rebuild.rebuild().differing()).containsExactlyElementsOf(wrong);

        assertThat(rebuild.check().differing()).isEmpty();
        assertThat(views.find("navbot", "nowhere")).isEmpty();
    }

    @Test
    void batches_that_come_in_meanwhile_go_on_from_the_rebuilt_view() {
        Story story = RandomStory.of("busy", 7, 100);
        CompletableFuture<Void> ingest = CompletableFuture.runAsync(() -> story.recordIn(environmentCommands, 2));
        do {
            jdbc.update("update ledger.environment_view set list_item = '{}' where environment = 'busy'");
            rebuild.rebuild();
        } while (!ingest.isDone());
        ingest.join();

        assertThat(rebuild.check().differing()).isEmpty();
        assertThat(views.find("navbot", "busy").orElseThrow().facts().events()).isEqualTo(101);
    }

    @Test
    void a_batch_in_flight_is_waited_for() {
        new Story("held").scripts("a").applied("a").table("a").recordIn(environmentCommands, 10);
        CompletableFuture<ViewRebuild.Outcome> rebuilding = new TransactionTemplate(transactions).execute(_ -> {
            jdbc.execute("lock table ledger.event in row exclusive mode"); // as recording does
            CompletableFuture<ViewRebuild.Outcome> started = CompletableFuture.supplyAsync(rebuild::rebuild);
            String waiting = "select pid from pg_locks where not granted"
                    + " and relation = 'ledger.event'::regclass";
            while (jdbc.queryForList(waiting).isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(started).isNotDone();
            return started;
        });
        assertThat(rebuilding.join().differing()).isEmpty();
    }

    @Test
    void a_view_of_an_older_form_is_rebuilt_and_not_read() {
        new Story("older").scripts("a b<a").applied("b").table("b").recordIn(environmentCommands, 10);
        Optional<EnvironmentView> view = views.find("navbot", "older");
        jdbc.update(
                "update ledger.environment_view set facts = '{\"form\": 0}', digest = 'other' where environment = 'older'");
        jdbc.update("update ledger.view_form set form = 0 where view = 'environment'");

        assertThat(rebuild.check().differing()).contains("navbot/older");
        atStart.ensure();

        assertThat(rebuild.check().differing()).isEmpty();
        assertThat(views.find("navbot", "older")).isEqualTo(view).isNotEmpty();
    }

    @Test
    void a_view_of_a_newer_form_is_left_to_the_ledger_that_stored_it() {
        jdbc.update("update ledger.view_form set form = 1000 where view = 'schema'");

        assertThatThrownBy(atStart::ensure)
                .isInstanceOfSatisfying(StartupFailure.class, failure -> assertThat(failure.remedy())
                        .isEqualTo("Start the newer version, or run rebuild-views with this one."))
                .hasMessageContaining("the view 'schema' in form 1000; this one knows form ");

        rebuild.rebuild();
        atStart.ensure();
    }

    @Test
    void a_ledger_records_nothing_once_another_version_has_rebuilt_the_views() throws Exception {
        Story story = new Story("rolling").scripts("a").applied("a");
        story.recordIn(environmentCommands, 10);
        int form = Objects.requireNonNull(
                jdbc.queryForObject("select form from ledger.view_form where view = 'environment'", Integer.class));
        Integer events = jdbc.queryForObject("select count(*) from ledger.event", Integer.class);
        jdbc.update("update ledger.view_form set form = 1000 where view = 'environment'");
        try {
            String words = "The view 'environment' is stored in form 1000, and this ledger knows form %d. Another version of the ledger has taken over; use that one and stop this one."
                    .formatted(form);
            byte[] batch = ContractJson.write(new EventBatch(story.table("a").batches(10).getLast().events()));
            HttpResponse<String> refused = client.post("/api/v1/events", batch);
            assertThat(TestClient.problem(refused, 503).detail()).isEqualTo(words);
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(jdbc.queryForObject("select count(*) from ledger.event", Integer.class)).isEqualTo(events);
            assertThat(client.status("/actuator/health/readiness")).as("a balancer asks the other one").isEqualTo(503);
            assertThat(client.status("/actuator/health/liveness")).as("a restart does not help").isEqualTo(200);
        } finally {
            jdbc.update("update ledger.view_form set form = ? where view = 'environment'", form);
        }
        story.recordIn(environmentCommands, 10);
        assertThat(client.status("/actuator/health/readiness")).isEqualTo(200);
        assertThat(rebuild.check().differing()).isEmpty();
    }

    private List<String> tables() {
        List<String> tables = new ArrayList<>(jdbc.query(
                "select v.project, v.environment, v.digest, facts::text, scripts::text, list_item::text,"
                        + " source, s.digest as scripts_digest, revisions::text from ledger.environment_view v"
                        + " left join ledger.environment_scripts s using (project, environment) order by 1, 2, source",
                (row, _) -> IntStream.rangeClosed(1, 9).mapToObj(i -> text(row, i)).toList().toString()));
        tables.addAll(jdbc.queryForList("select concat_ws(' ', project, environment, revision, observation::text)"
                + " from ledger.revision_observation order by 1", String.class));
        tables.addAll(jdbc.queryForList("select concat_ws(' ', project, environment, facts::text)"
                + " from ledger.schema_view order by 1", String.class));
        tables.addAll(jdbc.queryForList("select concat_ws(' ', project, environment, digest, content::text)"
                + " from ledger.schema_part order by 1", String.class));
        tables.addAll(jdbc.queryForList("select concat_ws(' ', c.project, s.environment, declared::text,"
                + " first_seen::text, last_seen::text, f.agent, f.source, l.agent, l.source) from ledger.revision_sighting s"
                + " join ledger.revision_content c on c.id = s.content"
                + " join ledger.revision_source f on f.id = s.first_source"
                + " join ledger.revision_source l on l.id = s.last_source order by 1", String.class));
        tables.addAll(jdbc.queryForList("select concat_ws(' ', project, digest, content) from ledger.revision_file"
                + " order by 1", String.class));
        return tables;
    }

    private static String text(ResultSet row, int column) {
        try {
            return String.valueOf(row.getString(column));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
