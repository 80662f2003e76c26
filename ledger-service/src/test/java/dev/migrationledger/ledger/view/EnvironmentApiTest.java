package dev.migrationledger.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.environment.Comparison.Relation;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.EnvironmentSummary;
import dev.migrationledger.contracts.environment.ProjectSummary;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The questions that people and agents ask, over HTTP. */
@LedgerTest
class EnvironmentApiTest {

    @Autowired
    TestClient client;

    @Autowired
    EnvironmentCommands environmentCommands;

    /** The same two stories before each test; recording them again changes nothing. */
    @BeforeEach
    void two_databases_on_a_fork() {
        new Story("staging")
                .says(new AgentStarted("1", "alembic", "watch", Map.of("tier", "test", "zone", "eu")))
                .scripts("a b<a c<b d<b").applied("b").table("b").at(10).applied("c").table("c")
                .recordIn(environmentCommands, 3);
        new Story("production").scripts("a b<a c<b d<b").applied("b").table("b").at(20).stamped("d").table("d")
                .recordIn(environmentCommands, 3);
    }

    @Test
    void projects_and_their_environments_are_listed_by_name() throws Exception {
        assertThat(get("/projects", ProjectSummary[].class)).containsExactly(new ProjectSummary("navbot", 2));
        assertThat(get("/projects/navbot", ProjectSummary.class)).isEqualTo(new ProjectSummary("navbot", 2));
        EnvironmentSummary[] lines = get("/projects/navbot/environments", EnvironmentSummary[].class);
        assertThat(lines).extracting(EnvironmentSummary::environment).containsExactly("production", "staging");
        assertThat(lines[1].labels()).isEqualTo(Map.of("tier", "test", "zone", "eu"));
        assertThat(lines[1].heads()).containsExactly("c", "d");
        assertThat(lines[1].observedAt()).isEqualTo("2026-01-01T12:10:00Z");
    }

    @Test
    void an_environment_is_returned_with_the_status_of_each_revision() throws Exception {
        EnvironmentReport report = get("/projects/navbot/environments/production", EnvironmentReport.class);
        assertThat(report.revisions()).extracting(RevisionStatus::revision).containsExactly("a", "b", "d");
        assertThat(report.revisions())
                .extracting(RevisionStatus::kind)
                .containsExactly(RevisionStatus.Kind.IMPLIED, RevisionStatus.Kind.APPLIED, RevisionStatus.Kind.STAMPED);
        assertThat(client.body("/api/v1/projects/navbot/environments/production")).contains("\"kind\":\"stamped\"");
    }

    @Test
    void an_environment_is_returned_as_of_a_moment() throws Exception {
        assertThat(rows("?at=2026-01-01T12:09:59Z")).containsExactly("b");
        assertThat(rows("?at=2026-01-01T12:10:00Z")).containsExactly("c");
        assertThat(rows("?at=2026-01-01T14:10:00%2B02:00")).containsExactly("c");
        assertThat(rows("?at=2999-01-01T00:00:00Z")).containsExactly("c");
        assertThat(rows("?at=")).containsExactly("c");
        // Everything was recorded at noon.
        assertThat(rows("?knownAt=2026-01-01T12:00:00Z")).containsExactly("c");
        assertThat(rows("?at=2026-01-01T12:00:00Z&knownAt=2026-01-01T12:00:00Z")).containsExactly("b");
    }

    @Test
    void before_its_first_event_nothing_is_known_about_an_environment() throws Exception {
        for (String query : List.of("?at=2025-12-31T00:00:00Z", "?knownAt=2025-12-31T00:00:00Z")) {
            EnvironmentReport report = get("/projects/navbot/environments/staging" + query, EnvironmentReport.class);
            assertThat(report.events()).isZero();
            assertThat(report.versionTable()).isNull();
            assertThat(report.observedAt()).isNull();
        }
    }

    @Test
    void two_environments_are_compared() throws Exception {
        Comparison comparison = get("/projects/navbot/compare?left=staging&right=production", Comparison.class);
        assertThat(comparison.relation()).isEqualTo(Relation.FORKED);
        assertThat(comparison.onlyLeft()).extracting(RevisionStatus::revision).containsExactly("c");
        assertThat(comparison.onlyRight()).extracting(RevisionStatus::revision).containsExactly("d");
        assertThat(comparison.mergeBase()).containsExactly("b");
        assertThat(
                get("/projects/navbot/compare?left=staging&right=production&at=2026-01-01T12:15:00Z", Comparison.class)
                        .relation())
                .isEqualTo(Relation.RIGHT_BEHIND);
        assertThat(get("/projects/navbot/compare?left=staging&right=staging", Comparison.class).relation())
                .isEqualTo(Relation.EQUAL);
        Comparison moments = get("/projects/navbot/compare?left=production&leftAt=2026-01-01T12:15:00Z"
                + "&right=production", Comparison.class);
        assertThat(moments.relation()).isEqualTo(Relation.LEFT_BEHIND);
        assertThat(moments.onlyRight()).extracting(RevisionStatus::revision).containsExactly("d");
        assertThat(get("/projects/navbot/compare?left=production&right=production&at=2026-01-01T12:15:00Z"
                + "&rightAt=2026-01-01T12:15:00Z", Comparison.class).relation()).isEqualTo(Relation.EQUAL);
    }

    @Test
    void what_is_not_there_is_named_with_what_is() throws Exception {
        assertThat(problem("/projects/navbott", 404).detail()).contains("'navbott'", "the ledger has navbot");
        assertThat(problem("/projects/navbott/environments", 404).detail()).contains("'navbott'");
        assertThat(problem("/projects/navbott/environments/staging", 404).detail())
                .contains("Project 'navbott' does not exist");
        assertThat(problem("/projects/navbot/environments/stagin", 404).detail())
                .contains("'stagin'", "the ledger has staging and production");
        assertThat(problem("/projects/navbot/compare?left=staging&right=Prod", 404).detail()).contains("'Prod'");
        assertThat(problem("/projects/%27%3Cb%3E", 404).detail()).contains("'<b>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "0000-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z"})
    void a_moment_that_no_database_knows_is_refused(String far) throws Exception {
        String value = URLEncoder.encode(far, StandardCharsets.UTF_8);
        for (String path : List.of("/projects/navbot/environments/staging?at=",
                "/projects/navbot/environments/staging?knownAt=",
                "/projects/navbot/compare?left=staging&right=production&at=",
                "/projects/navbot/compare?left=staging&right=production&rightAt=")) {
            assertThat(problem(path + value, 400).detail()).contains("between the years 1 and 9999");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-13-01T00:00:00Z", "2026-01-01", "1", "'; drop table"})
    void a_wrong_instant_is_refused_by_the_name_of_its_parameter(String wrong) throws Exception {
        String value = URLEncoder.encode(wrong, StandardCharsets.UTF_8);
        Problem at = problem("/projects/navbot/environments/staging?at=" + value, 400);
        assertThat(at.field()).isEqualTo("at");
        assertThat(at.detail()).contains(wrong, "2026-01-31T12:00:00Z");
        assertThat(problem("/projects/navbot/environments/staging?knownAt=" + value, 400).field())
                .isEqualTo("knownAt");
        assertThat(problem("/projects/navbot/compare?left=staging&right=production&at=" + value, 400).field())
                .isEqualTo("at");
    }

    @Test
    void a_missing_side_is_named() throws Exception {
        assertThat(problem("/projects/navbot/compare?left=staging", 400).field()).isEqualTo("right");
    }

    private List<String> rows(String query) throws Exception {
        EnvironmentReport report = get("/projects/navbot/environments/staging" + query, EnvironmentReport.class);
        return Objects.requireNonNull(report.versionTable()).rows();
    }

    private <T> T get(String path, Class<T> type) throws Exception {
        return client.read("/api/v1" + path, type);
    }

    private Problem problem(String path, int status) throws Exception {
        return client.problem("/api/v1" + path, status);
    }
}
