package dev.migrationledger.ledger.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.event.GapReason.EventRefused;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.TestDatabase;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database whose events were stored before payloads had types. */
class OlderStoreTest {

    private static final String LAST_UNTYPED = "12";

    @Test
    void events_that_were_stored_untyped_are_read_as_they_were() {
        String url = TestDatabase.create();
        DriverManagerDataSource database = new DriverManagerDataSource(url);
        Flyway.configure().dataSource(database).defaultSchema("ledger").createSchemas(true)
                .locations("classpath:db/migration").target(LAST_UNTYPED).load().migrate();
        List<RecordedEvent> events = Stream.concat(
                SampleBatches.events("navbot", "old", 1, 2).stream(),
                Stream.of(SampleBatches.event("navbot", "old", 3,
                        new ObservationGap(SampleBatches.NOON, SampleBatches.NOON,
                                new EventRefused("agent.new.v9", "a 'quoted' \\ {\"event\": 1} reason")))))
                .map((AgentEnvelope event) -> RecordedEvent.of(event, SampleBatches.NOON, null))
                .toList();
        JdbcTemplate rows = new JdbcTemplate(database);
        for (int i = 0; i < events.size(); i++) {
            rows.update(
                    "insert into ledger.event (event_identifier, stream, stream_type, sequence_number, payload_type, payload,"
                            + " metadata, time_stamp)"
                            + " values (?, 'navbot/old', 'EnvironmentAggregate', ?, ?, ?, '{}', '2026-01-01T12:00:00Z')",
                    "event-" + i, i, EventCatalogue.nameOf(events.get(i).event().getClass()),
                    ContractJson.write(events.get(i)));
        }

        try (ConfigurableApplicationContext ledger = new SpringApplicationBuilder(LedgerService.class)
                .web(WebApplicationType.NONE)
                .run("--spring.datasource.url=" + url, "--spring.datasource.hikari.maximum-pool-size=2",
                        "--ledger.automations=false")) {
            assertThat(ledger.getBean(EventLog.class).of(StreamId.of("navbot", "old")))
                    .containsExactlyElementsOf(events);
        }
    }
}
