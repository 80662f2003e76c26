package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceChanged;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is wrong between sources and between environments, from its events to the divergence. */
@LedgerTest
class ProjectDivergencesTest {

    private static final String OLD = "a".repeat(64);
    private static final String NEW = "b".repeat(64);

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    TestClient ledger;

    @Autowired
    EventLog log;

    @Autowired
    Automations automations;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    EvaluationCheckpoints record;

    @Autowired
    DivergenceViews divergences;

    @Test
    void a_hotfix_that_moves_an_applied_revision_is_reported_with_time_and_place() {
        Story staging = started("staging", "hotfix")
                .says(scan("versions", "one", OLD, "79fa icon<79fa b8c9<79fa")).applied("79fa", "b8c9").table("b8c9");
        staging.recordIn(environmentCommands);
        automations.round();
        assertThat(open("staging", DivergenceCode.LINEAGE_REWRITTEN)).isEmpty();

        staging.at(10).says(scan("versions", "two", NEW, "79fa icon<79fa b8c9<icon")).recordIn(environmentCommands);
        automations.round();

        assertThat(open("staging", DivergenceCode.LINEAGE_REWRITTEN)).singleElement().satisfies(it -> {
            assertThat(it.severity()).isEqualTo(Severity.ERROR);
            assertThat(it.subject()).isEqualTo("b8c9");
            assertThat(it.evidence()).extracting(Exhibit::value).contains(
                    "It followed '79fa' in 'versions' of 'staging' since 2026-01-01T12:00:00Z.",
                    "It follows 'icon' in 'versions' of 'staging' since 2026-01-01T12:10:00Z.",
                    "Because of that, 'icon' counts as applied, although no agent observed that it ran.");
        });
        assertThat(open("staging", DivergenceCode.REVISION_EDITED)).extracting(Divergence::subject)
                .contains("b8c9");

        staging.at(20).says(scan("versions", "three", OLD, "79fa icon<79fa b8c9<79fa")).recordIn(environmentCommands);
        automations.round();
        assertThat(open("staging", DivergenceCode.LINEAGE_REWRITTEN)).isEmpty();
    }

    @Test
    void a_stale_image_is_reported_until_it_is_built_again() {
        Story prod = started("prod", "image")
                .says(scan("image:navbot:1.3", "one", OLD, "009 010<009 8bd7<009")).applied("009", "010").table("010");
        prod.agent("pipeline").says(scan("git:4f2a91c", "two", OLD, "009 010<009")).agent("a1")
                .recordIn(environmentCommands);
        automations.round();
        assertThat(open("prod", DivergenceCode.SCRIPTS_DIFFER)).singleElement().satisfies(it -> {
            assertThat(it.evidence()).extracting(Exhibit::value)
                    .anyMatch(value -> value.startsWith("Only 'image:navbot:1.3' has '8bd7', since "))
                    .contains("'image:navbot:1.3' has 2 heads: '010' and '8bd7'.");
            assertThat(it.severity()).isEqualTo(Severity.WARNING);
        });

        prod.at(30).says(scan("image:navbot:1.4", "three", OLD, "009 010<009")).recordIn(environmentCommands);
        automations.round();
        assertThat(open("prod", DivergenceCode.SCRIPTS_DIFFER)).isEmpty();
    }

    @Test
    void one_change_of_an_environment_is_not_recorded_in_every_other() {
        String drawn = "a b<a c<a d<a e<a f<a b2<b";
        List<String> heads = List.of("b", "c", "d", "e", "f");
        for (String head : heads) {
            started("at-" + head, "many").says(scan("versions", "one", OLD, drawn)).applied("a", head)
                    .table(head).recordIn(environmentCommands);
        }
        automations.round();
        // What was recorded then is judged, too.
        automations.round();
        assertThat(heads).allSatisfy(head -> assertThat(open("at-" + head, DivergenceCode.FORKED)).hasSize(1));

        // All of them are told apart from the first.
        new Story("at-b").agent("a2").says(scan("versions", "one", OLD, drawn)).table("b2")
                .recordIn(environmentCommands);
        automations.round();

        assertThat(heads).filteredOn(head -> !head.equals("b")).allSatisfy(head -> {
            assertThat(open("at-" + head, DivergenceCode.FORKED)).hasSize(1);
            assertThat(log.of(StreamId.of("navbot", "at-" + head)).map(RecordedEvent::event)
                    .filter(DivergenceChanged.class::isInstance)).isEmpty();
        });
        assertThat(log.of(StreamId.of("navbot", "at-b")).map(RecordedEvent::event)
                .filter(DivergenceChanged.class::isInstance)).isNotEmpty();
        assertThat(record.due()).as("what judging itself recorded is not judged again").doesNotContainKey("navbot");
        assertThat(AutomationRounds.recorded(automations, jdbc)).isZero();
    }

    @Test
    void two_environments_are_forked_until_a_merge_brings_both_together() {
        String drawn = "a b<a c<a m<b,c";
        Story left = started("left", "fork").says(scan("versions", "one", OLD, drawn)).applied("a", "b").table("b");
        Story right = started("right", "fork").says(scan("versions", "one", OLD, drawn)).applied("a", "c").table("c");
        left.recordIn(environmentCommands);
        right.recordIn(environmentCommands);
        automations.round();
        assertThat(open("left", DivergenceCode.FORKED)).hasSize(1);
        assertThat(open("right", DivergenceCode.FORKED)).hasSize(1);

        // What happens to the one is news for the other as well.
        left.at(10).applied("c", "m").table("m").recordIn(environmentCommands);
        automations.round();
        assertThat(open("left", DivergenceCode.FORKED)).isEmpty();
        assertThat(open("right", DivergenceCode.FORKED)).isEmpty();
    }

    @Test
    void what_ran_outside_a_pipeline_is_found_as_long_as_the_policy_expects_one() throws Exception {
        // Years after the policy is applied, whenever that is.
        Story live = started("live", "outside").says(scan("versions", "one", OLD, "a b<a")).applied("a").table("a")
                .at(20_000_000).applied("b").table("b");
        live.recordIn(environmentCommands);
        automations.round();
        assertThat(open("live", DivergenceCode.RAN_OUTSIDE_PIPELINE)).isEmpty();

        policy("pipeline:\n  - where: {environments: [live]}\n");
        automations.round();
        assertThat(open("live", DivergenceCode.RAN_OUTSIDE_PIPELINE)).singleElement().satisfies(
                it -> assertThat(it.message()).startsWith("'b' was applied outside a pipeline"));
        assertThat(AutomationRounds.recorded(automations, jdbc)).isZero();

        policy("unreachable: local\n");
        automations.round();
        assertThat(open("live", DivergenceCode.RAN_OUTSIDE_PIPELINE)).isEmpty();
    }

    private void policy(String text) throws Exception {
        assertThat(ledger.send(ledger.request("/api/v1/projects/navbot/policy")
                .header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString(text))).statusCode())
                .isEqualTo(200);
    }

    /** Each story is compared with itself alone. */
    private static Story started(String environment, String group) {
        return new Story(environment).says(new AgentStarted("1", "alembic", "watch", Map.of("group", group)));
    }

    private static ScriptsScanned scan(String source, String name, String digest, String drawn) {
        List<Revision> revisions = Story.history(drawn).stream()
                .map(it -> new Revision(it.revision(), it.parents(), it.dependsOn(), it.labels(), it.message(),
                        it.file(), digest))
                .toList();
        return new ScriptsScanned(source, 1, name, null, revisions, List.of(), List.of(), Story.TOOL);
    }

    private List<Divergence> open(String environment, DivergenceCode code) {
        return divergences.find(new DivergenceFilter(
                "navbot", environment, List.of(code), List.of(), true, null, null, null, 100), ProjectScope.ALL);
    }
}
