package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceResolved;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRetired;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRevived;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.RebuildViews;
import dev.migrationledger.ledger.view.RetireCommand;
import dev.migrationledger.ledger.view.Story;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.JdbcTemplate;

/** The operator's command, beside a ledger that runs on the same database. */
@LedgerTest
class RetireCommandTest {

    @Value("${spring.datasource.url}")
    String url = "";

    @Autowired
    TestClient client;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    EventLog log;

    @Autowired
    EnvironmentViews views;

    @Autowired
    Automations automations;

    @Autowired
    JdbcTemplate jdbc;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Story old = new Story("old").scripts("a b<a").table("zz");

    @BeforeEach
    void there_are_two_environments() {
        new Story("used").scripts("a b<a").table("b").recordIn(environmentCommands);
        old.recordIn(environmentCommands);
    }

    @Test
    void nothing_lists_a_retired_environment_and_everything_about_it_stays() throws Exception {
        automations.round();
        assertThat(client.body("/")).contains("zz", "unknown-revision");

        assertThat(retire("navbot/old", "--reason=moved to cluster 2, password=s3cr3t", "--by=ada")).as(output())
                .isZero();
        assertThat(output()).contains("navbot/old is retired; divergences closed: ").doesNotContain("Stop it");

        assertThat(client.body("/api/v1/projects/navbot/environments")).contains("used").doesNotContain("\"old\"");
        assertThat(client.body("/api/v1/projects/navbot/environments?retired=true"))
                .contains("\"old\"", "\"by\":\"ada\"", "\"reason\":\"moved to cluster 2, password=***\"");
        assertThat(client.body("/api/v1/projects")).contains("{\"project\":\"navbot\",\"environments\":1}");
        assertThat(client.body("/api/v1/projects?retired=true"))
                .contains("\"environments\":" + views.environments("navbot").size());
        assertThat(client.body("/api/v1/projects/navbot/environments/old")).contains("\"zz\"", "\"retired\":{");
        assertThat(AutomationRounds.recorded(automations, jdbc)).as("nothing is left to judge").isZero();
        assertThat(client.body("/")).doesNotContain("zz", "unknown-revision");
        assertThat(client.body("/api/v1/divergences")).isEqualTo("[]");
        assertThat(client.body("/api/v1/divergences?state=resolved"))
                .contains("unknown-revision",
                        "\"resolution\":{\"cause\":\"environment-retired\",\"words\":\"moved to cluster 2, password=***\"}");
        assertThat(log.of(StreamId.of("navbot", "old")).map(RecordedEvent::event))
                .contains(new EnvironmentRetired("ada", "moved to cluster 2, password=***"))
                .hasAtLeastOneElementOfType(DivergenceResolved.class);
        viewsAreWhatTheirEventsMakeOfThem();

        assertThat(retire("navbot/old", "--reason=again")).isEqualTo(1);
        assertThat(output()).contains("navbot/old is already retired");
        revives();
    }

    private void revives() throws Exception {
        old.says(new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP)).recordIn(environmentCommands);
        assertThat(views.find("navbot", "old").orElseThrow().isRetired()).as("a goodbye revives nothing").isTrue();

        old.at(60).table("zz").recordIn(environmentCommands);

        assertThat(views.find("navbot", "old").orElseThrow().isRetired()).isFalse();
        assertThat(log.of(StreamId.of("navbot", "old")).map(RecordedEvent::event))
                .contains(new EnvironmentRevived("a1"));
        assertThat(client.body("/api/v1/projects/navbot/environments")).contains("\"old\"");
        automations.round();
        assertThat(client.body("/api/v1/divergences")).contains("unknown-revision");
        viewsAreWhatTheirEventsMakeOfThem();
    }

    @Test
    void what_is_not_there_or_has_no_reason_changes_nothing() throws Exception {
        assertThat(retire("navbot/olt", "--reason=gone")).isEqualTo(1);
        assertThat(output()).contains("'olt'", "the ledger has old, used");
        assertThat(retire("nowhere/old", "--reason=gone")).isEqualTo(1);
        assertThat(retire("navbot/used")).isEqualTo(2);
        assertThat(retire("navbot", "--reason=x")).isEqualTo(2);
        assertThat(retire("navbot/used", "--reason=x", "nonsense")).isEqualTo(2);
        assertThat(retire("navbot/used", "--reason=" + "x".repeat(1_001))).isEqualTo(2);
        assertThat(output()).contains("1,001", "1,000");
        assertThat(client.body("/api/v1/projects/navbot/environments")).contains("used");
    }

    @Test
    void an_agent_that_still_watches_is_named() {
        new Story("watched").scripts("a").table("a").recordIn(environmentCommands);
        jdbc.update("insert into ledger.heartbeat values ('navbot', 'watched', 'a1', now())");
        assertThat(retire("navbot/watched", "--reason=gone")).as(output()).isZero();
        assertThat(output()).contains("Last heartbeat from its agent a1 at ", "Stop the agent");
    }

    /** After an update, before the ledger itself was started. */
    @Test
    void views_of_an_older_form_are_rebuilt_first() {
        new Story("updated").scripts("a").table("a").recordIn(environmentCommands);
        jdbc.update("delete from ledger.environment_view");
        jdbc.update("delete from ledger.environment_scripts");
        jdbc.update("update ledger.view_form set form = 0");
        assertThat(retire("navbot/updated", "--reason=gone")).as(output()).isZero();
        assertThat(views.find("navbot", "updated").orElseThrow().rows()).containsExactly("a");
        viewsAreWhatTheirEventsMakeOfThem();
    }

    private int retire(String... arguments) {
        out.reset();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--spring.datasource.url=" + url);
        return RetireCommand.run(new SpringApplication(LedgerService.class), all, print, print);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private void viewsAreWhatTheirEventsMakeOfThem() {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(RebuildViews.run(new SpringApplication(LedgerService.class),
                List.of("--check", "--spring.datasource.url=" + url), print, print)).as(output()).isZero();
    }
}
