package dev.migrationledger.ledger.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordResult.Recorded;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The oldest PostgreSQL that the ledger promises to run on; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class OldestPostgresTest {

    @Container
    static final PostgreSQLContainer POSTGRES = new PostgreSQLContainer("postgres:13-alpine");

    @Test
    void the_ledger_records_on_it() {
        try (ConfigurableApplicationContext ledger = new SpringApplicationBuilder(LedgerService.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--ledger.automations=false",
                        "--spring.datasource.url=" + POSTGRES.getJdbcUrl(),
                        "--spring.datasource.username=" + POSTGRES.getUsername(),
                        "--spring.datasource.password=" + POSTGRES.getPassword())) {
            assertThat(ledger.getBean(EnvironmentCommands.class)
                    .record(SampleBatches.command(SampleBatches.events("navbot", "old-server", 1, 300))).result())
                    .isInstanceOfSatisfying(
                            Recorded.class,
                            recorded -> assertThat(recorded.receipt()).isEqualTo(new Receipt(300, 0, 300)));
            assertThat(ledger.getBean(EventLog.class).of(StreamId.of("navbot", "old-server"))).hasSize(301);
        }
    }
}
