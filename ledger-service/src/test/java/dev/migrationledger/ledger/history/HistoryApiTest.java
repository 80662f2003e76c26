package dev.migrationledger.ledger.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.history.ProjectHistory;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.history.RevisionVariant.InEnvironment;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two developers, a hotfix that gives a revision another parent, and a revision that was deleted. */
@LedgerTest
class HistoryApiTest {

    private static final String REWRITTEN = "1".repeat(64);

    private static final String PROJECT = "/api/v1/projects/navbot";

    @Autowired
    TestClient client;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    StoredHistories histories;

    @Autowired
    JdbcTemplate jdbc;

    /** The same stories before each test; recording them again changes nothing. */
    @BeforeEach
    void a_hotfix_and_a_deleted_revision() {
        new Story("staging").says(new AgentStarted("1", "alembic", "watch", Map.of()))
                .scripts("a b<a gone<b").files("versions", "a", "b", "gone").table("b")
                .at(10).moreScripts(List.of("gone.py")).at(30).table("b").recordIn(environmentCommands, 3);
        new Story("production").agent("ci").source("git:4f2a91c").at(20).scripts("a x<a")
                .says(new ScriptsScanned("git:77", 1, "d", null, List.of(Story.history("a").getFirst(), rewritten()),
                        List.of(), List.of(), Story.TOOL))
                .says(new RevisionFilesRead("git:77", 1, List.of(
                        new RevisionFile("b", "b.py", REWRITTEN, "not what has this digest", null, Footprint.NONE))))
                .recordIn(environmentCommands, 3);
    }

    private static Revision rewritten() {
        return new Revision("b", List.of("x"), List.of(), List.of(), "does b", "b.py", REWRITTEN);
    }

    @Test
    void a_revision_that_no_source_has_any_more_is_returned_with_its_origin() throws Exception {
        RevisionHistory history = get("/history/gone", RevisionHistory.class);
        assertThat(history.variants()).singleElement().satisfies(variant -> {
            assertThat(variant.declared().parents()).containsExactly("b");
            assertThat(variant.fileStored()).isTrue();
            assertThat(variant.firstSeen().source()).isEqualTo("versions");
            assertThat(variant.firstSeen().environment()).isEqualTo("staging");
            assertThat(variant.lastSeen().at()).as("when it was missed").isEqualTo("2026-01-01T12:10:00Z");
            assertThat(seen(variant)).singleElement().returns(false, InEnvironment::current);
        });
    }

    @Test
    void its_file_comes_back_byte_for_byte() throws Exception {
        HttpResponse<String> file = client.get(PROJECT + "/files/" + Story.digest("gone"));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).isEqualTo(Story.text("gone"));
        assertThat(file.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
        assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment;").contains("gone.py");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void a_revision_with_another_parent_has_two_variants_each_with_its_places() throws Exception {
        RevisionHistory history = get("/history/b", RevisionHistory.class);
        assertThat(history.isRewritten()).isTrue();
        assertThat(history.variants()).extracting(variant -> variant.declared().parents())
                .containsExactly(List.of("a"), List.of("x"));
        assertThat(history.variants()).extracting(variant -> variant.firstSeen().environment())
                .containsExactly("staging", "production");
        assertThat(seen(history.variants().getFirst())).singleElement().satisfies(staging -> {
            assertThat(staging.current()).isTrue();
            assertThat(staging.last().at()).as("the last word of who watches").isEqualTo("2026-01-01T12:30:00Z");
        });
        assertThat(histories.edited("navbot")).extracting(RevisionHistory::revision).containsExactly("b");
    }

    /**
     * All revisions of a project were edited in one of its hundred environments. PostgreSQL expects one row of a project that came after the last
     * ANALYZE; a query that compares sightings with sightings then takes minutes.
     */
    @Test
    void edited_revisions_of_a_project_without_statistics_are_found_at_once() {
        for (String table : List.of("revision_content", "revision_sighting")) {
            jdbc.execute("alter table ledger.%s set (autovacuum_enabled = off)".formatted(table));
            jdbc.execute("analyze ledger." + table);
        }
        jdbc.execute("""
                insert into ledger.revision_content (project, revision, digest, declared_digest, declared)
                select 'fresh', 'r' || i, digest, 'm', json_build_object('revision', 'r' || i, 'file', 'f.py', 'digest',
                    digest, 'parents', '[]'::json, 'dependsOn', '[]'::json, 'labels', '[]'::json)
                from generate_series(1, 200) i, unnest(array['original', 'edited']) digest""");
        jdbc.execute("insert into ledger.revision_source (project, agent, source) values ('fresh', 'a1', 'versions')");
        jdbc.execute(
                """
                        insert into ledger.revision_sighting (content, environment, first_seen, first_source, last_seen, last_source)
                        select c.id, 'e' || i, now(), f.id, now(), f.id from generate_series(1, 100) i, ledger.revision_content c
                        join ledger.revision_source f using (project) where project = 'fresh' and (c.digest = 'edited') = (i = 1)
                        """);

        long start = System.nanoTime();
        List<RevisionHistory> edited = histories.edited("fresh");
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(edited).hasSize(200).allSatisfy(one -> assertThat(one.variants())
                .extracting(RevisionVariant::environments).containsExactlyInAnyOrder(99, 1));
        assertThat(took).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void the_history_comes_in_pages() throws Exception {
        ProjectHistory first = get("/history?limit=2", ProjectHistory.class);
        assertThat(first.revisions()).extracting(RevisionHistory::revision).containsExactly("a", "b");
        assertThat(first.variants("b")).hasSize(2).allSatisfy(variant -> assertThat(variant.seen()).isNull());
        assertThat(first.variants("a")).singleElement().returns(2, RevisionVariant::environments);
        ProjectHistory rest = get("/history?limit=2&after=" + first.next(), ProjectHistory.class);
        assertThat(rest.revisions()).extracting(RevisionHistory::revision).containsExactly("gone", "x");
        assertThat(rest.next()).isNull();
        assertThat(problem("/history?limit=0", 422)).contains("'0' is not a valid limit");
    }

    @Test
    void a_missing_revision_or_file_is_answered_with_what_exists() throws Exception {
        assertThat(problem("/history/gnoe", 404))
                .startsWith("Project 'navbot' never had a revision 'gnoe'; the ledger has gone");
        assertThat(problem("/files/" + "0".repeat(64), 404)).contains("take a digest from its history");
    }

    @Test
    void a_text_that_has_not_its_digest_is_not_kept() throws Exception {
        assertThat(problem("/files/" + REWRITTEN, 404)).contains("lacks the text of file");
        assertThat(get("/history/b", RevisionHistory.class).variants()).extracting(RevisionVariant::fileStored)
                .containsExactly(true, false);
    }

    private static List<InEnvironment> seen(RevisionVariant variant) {
        return Optional.ofNullable(variant.seen()).orElseThrow();
    }

    private <T> T get(String path, Class<T> type) throws Exception {
        return client.read(PROJECT + path, type);
    }

    private String problem(String path, int status) throws Exception {
        return client.problem(PROJECT + path, status).detail();
    }
}
