package dev.migrationledger.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.LedgerEvent.ContentWithdrawn;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordResult.Recorded;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The operator's command, beside a ledger that runs on the same database. */
@LedgerTest
class WithdrawEventTest {

    @Value("${spring.datasource.url}")
    String url = "";

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    EventLog log;

    @Autowired
    EnvironmentViews views;

    @Autowired
    ViewRebuild rebuild;

    @Autowired
    JdbcTemplate jdbc;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void the_content_goes_and_the_place_in_the_sequence_stays() {
        new Story("staging").scripts("a b<a").applied("b").table("b").recordIn(environmentCommands, 10);
        RecordedEvent scan = log.of(StreamId.of("navbot", "staging"))
                .filter(event -> event.event() instanceof ScriptsScanned)
                .findFirst()
                .orElseThrow();

        assertThat(run(scan.eventId().toString(), "--reason=names of patients", "--spring.datasource.url=" + url))
                .as(output()).isZero();

        assertThat(log.of(StreamId.of("navbot", "staging"))).hasSize(4).anySatisfy(event -> {
            assertThat(event.eventId()).isEqualTo(scan.eventId());
            assertThat(event.origin()).isEqualTo(scan.origin());
            assertThat(event.recordedAt()).isEqualTo(scan.recordedAt());
            assertThat(event.event()).isInstanceOfSatisfying(ContentWithdrawn.class, marker -> {
                assertThat(marker.withdrawnType()).isEqualTo("agent.scripts-scanned.v1");
                assertThat(marker.digest()).hasSize(64);
                assertThat(marker.reason()).isEqualTo("names of patients");
            });
        });
        assertThat(views.find("navbot", "staging").orElseThrow().currentScripts().revisions()).isEmpty();
        assertThat(jdbc.queryForObject("select count(*) from ledger.revision_sighting", Long.class)).isZero();
        assertThat(rebuild.check().differing()).isEmpty();
        assertThatThrownBy(() -> jdbc.update("update ledger.event set payload = ''"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("never changed");
        // Once is enough, and the agent goes on where it was.
        assertThat(run(scan.eventId().toString(), "--reason=again", "--spring.datasource.url=" + url)).isEqualTo(1);
        assertThat(environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "other", 1, 2)))
                .result())
                .isInstanceOf(Recorded.class);
    }

    @Test
    void what_is_not_there_or_has_no_reason_changes_nothing() {
        assertThat(run(UUID.randomUUID().toString(), "--reason=gone", "--spring.datasource.url=" + url)).isEqualTo(1);
        assertThat(run(UUID.randomUUID().toString())).isEqualTo(2);
        assertThat(run("nonsense", "--reason=x")).isEqualTo(2);
    }

    private int run(String... arguments) {
        out.reset();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        return WithdrawEvent.run(new SpringApplication(LedgerService.class), List.of(arguments), print, print);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
