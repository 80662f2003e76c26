package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.machine.ProcessOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Agent and ledger on the own image of each PostgreSQL that is promised: both executable jars; skipped where no Docker engine answers. */
@Testcontainers(disabledWithoutDocker = true)
class PostgresContainersIT {

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void an_agent_watches_it_and_a_ledger_records_in_it(int version) throws Exception {
        try (PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:" + version).withDatabaseName("ledger")) {
            postgres.start();
            SampleServer server = new SampleServer(postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                    postgres.getUsername(), postgres.getPassword(), "");
            SampleLayout layout = SampleLayout.here().workingIn(home);
            try (SampleLedger ledger = SampleLedger.start(layout, 0,
                    List.of("--spring.datasource.url=" + server.jdbc("ledger")));
                    SampleRun run = new SampleRun(ledger, layout, "contained", server)) {
                migrates(run, layout);
                assertThat(server.recorded("contained", "agent.revision-applied")).isPositive();
            }
        }
    }

    private static void migrates(SampleRun run, SampleLayout layout) throws Exception {
        run.databases().create("production");
        SampleDatabase production = run.databases().database("production", layout.steps());
        production.upgrade("001_initial");
        run.capture("production");
        run.watch("production", SampleRun.OFTEN);
        run.awaitRows("production", "001_initial");
        assertThat(production.upgrade("004_rename_chunks_metadata")).hasSize(3);
        run.awaitRows("production", "004_rename_chunks_metadata");

        List<String> doctor = new ArrayList<>(SampleProcess.command(layout.agentJar()));
        doctor.addAll(List.of("doctor", "--config", layout.alembicIni().toString(),
                "--database", run.databases().watchUrl("production")));
        // The sample's scripts have two heads, which is all that is wrong.
        ProcessOutput found = ProcessOutput.of(doctor);
        assertThat(found.exitCode()).as(found.text()).isEqualTo(1);
        assertThat(found.text()).containsPattern("schema +004_rename_chunks_metadata").contains("2 heads");
    }
}
