package dev.migrationledger.ledger.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.contracts.policy.GateReason.AppliedTooRecently;
import dev.migrationledger.contracts.policy.GateReason.EarlierObservationTooOld;
import dev.migrationledger.contracts.policy.GateReason.ObservationTooOld;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.core.policy.DeployRequest;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RetireEnvironment;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentView.ScriptsOfSource;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Answers to questions that were answered before: whatever happened since counts. No automation runs unless a test lets it. */
@LedgerTest
class GateTest {

    private static final String DRAWN = "a b<a c<a m<b,c";

    private static final Gate.Asking ANN = new Gate.Asking("ann", Asker.PERSON, new DeployRequest.Caller(null, false));

    @Autowired
    Gate gate;

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

    @Value("${spring.datasource.url}")
    String database;

    @Test
    void an_answer_considers_what_another_environment_has_just_reported() {
        started("left", "other").table("b").recordIn(commands);
        Story right = started("right", "other").table("b");
        right.recordIn(commands);
        assertThat(codes("left")).doesNotContain(DivergenceCode.FORKED);

        right.at(10).table("c").recordIn(commands);
        assertThat(codes("left")).contains(DivergenceCode.FORKED);

        right.at(20).table("m").recordIn(commands);
        assertThat(codes("left")).doesNotContain(DivergenceCode.FORKED);
    }

    @Test
    void an_answer_considers_what_the_environment_itself_has_just_reported() {
        Story story = started("itself", "itself").table("b");
        story.recordIn(commands);
        assertThat(codes("itself")).contains(DivergenceCode.STAMPED_AHEAD_OF_SCHEMA);

        story.at(10).schema("a", "b").recordIn(commands);
        assertThat(codes("itself")).doesNotContain(DivergenceCode.STAMPED_AHEAD_OF_SCHEMA);
    }

    @Test
    void an_answer_does_not_wait_until_the_project_is_evaluated() {
        started("lagging", "lags").table("b").recordIn(commands);
        started("ahead", "lags").table("c").recordIn(commands);

        List<DivergenceCode> before = codes("lagging");
        automations.round();

        assertThat(before).contains(DivergenceCode.FORKED).isEqualTo(codes("lagging"));
    }

    @Test
    void an_answer_considers_what_another_ledger_on_the_same_database_recorded() {
        started("here", "two").table("b").recordIn(commands);
        Story there = started("there", "two").table("b");
        there.recordIn(commands);
        assertThat(codes("here")).doesNotContain(DivergenceCode.FORKED);

        try (ConfigurableApplicationContext second = new SpringApplicationBuilder(LedgerService.class)
                .web(WebApplicationType.NONE)
                .run("--spring.datasource.url=" + database, "--spring.datasource.hikari.maximum-pool-size=4",
                        "--ledger.automations=false")) {
            there.at(10).table("c").recordIn(second.getBean(EnvironmentCommands.class));
        }
        assertThat(codes("here")).contains(DivergenceCode.FORKED);
    }

    @Test
    void an_environment_is_answered_about_until_it_is_retired() {
        started("old", "old").table("b").recordIn(commands);
        GateQuestion question = question("old");
        assertThat(ask("old", question)).isNotNull();

        commands.retire(new RetireEnvironment("navbot", "old", "ann", "moved", null, Instant.now(), 7));

        assertThatThrownBy(() -> ask("old", question)).isInstanceOfSatisfying(Refusal.class,
                it -> assertThat(it.problem().code()).isEqualTo("retired"));
    }

    /** Both agents reported at noon of 1 January, by the ledger's clock, and theirs are an hour ahead of today. */
    @Test
    void times_that_an_agent_with_a_wrong_clock_reports_do_not_count() throws Exception {
        int ahead = (int) Duration.between(Story.NOON, Instant.now()).plusHours(1).toMinutes();
        story("staging").at(ahead).scripts("a b<a").files("versions", "a", "b").schema("a", "b").applied("a", "b")
                .table("b").recordIn(commands);
        story("production").at(ahead).scripts("a b<a").files("versions", "a", "b").schema("a").applied("a").table("a")
                .recordIn(commands);
        assertThat(ledger.send(ledger.request("/api/v1/projects/clocks/policy")
                .header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString("""
                        promotion:
                          - to: {environments: [production]}
                            from: {environments: [staging]}
                            for: 2h
                        freshness:
                          - where: {environments: [production]}
                            at-most: 1d
                        """))).statusCode()).isEqualTo(200);

        List<GateReason> reasons = gate.answer("clocks", "production", question("clocks", "production"), ANN).reasons();

        assertThat(reasons).as("b ran on staging long ago").noneMatch(AppliedTooRecently.class::isInstance);
        assertThat(reasons).as("no one has observed production since").anyMatch(ObservationTooOld.class::isInstance);
        assertThat(reasons).as("nor staging").anyMatch(EarlierObservationTooOld.class::isInstance);
    }

    private static Story story(String environment) {
        return new Story("clocks", environment);
    }

    private static Story started(String environment, String group) {
        return new Story(environment).says(new AgentStarted("1", "alembic", "watch", Map.of("group", group)))
                .scripts(DRAWN).files("versions", "a", "b", "c", "m").schema("a");
    }

    private List<DivergenceCode> codes(String environment) {
        return ask(environment, question(environment)).stream().map(Finding::code).distinct().sorted().toList();
    }

    private List<Finding> ask(String environment, GateQuestion question) {
        return gate.answer("navbot", environment, question, ANN).findings();
    }

    /** About what the ledger knows. */
    private GateQuestion question(String environment) {
        return question("navbot", environment);
    }

    private GateQuestion question(String project, String environment) {
        EnvironmentView view = environments.find(project, environment).orElseThrow();
        ScriptsOfSource scripts = view.sources().getFirst();
        Instant now = Instant.now();
        return new GateQuestion(UUID.randomUUID(),
                new ObservedScripts(scripts.source(), scripts.form(), scripts.digest(), scripts.heads()),
                view.versionTable().orElseThrow(),
                schemas.find(project, environment).orElseThrow().fingerprint().orElseThrow(), now, now, null, null);
    }
}
