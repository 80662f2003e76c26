package dev.migrationledger.agent.watch;

import static dev.migrationledger.testsupport.postgresql.TestServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.spool.Memory;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Occurrence.Precision;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent starts with the memory of another version: in another form, or in another shape. */
class UpgradedAgentTest {

    @TempDir
    Path temp;

    private final String name = TestServer.newDatabase();
    private WatchingAgent agent;

    @BeforeEach
    void start() throws IOException, ObservationException {
        Path scripts = Files.createDirectory(temp.resolve("versions"));
        Files.writeString(scripts.resolve("a.py"), "revision = 'a'\ndown_revision = None\ndef upgrade(): pass\n");
        Files.writeString(scripts.resolve("b.py"), "revision = 'b'\ndown_revision = 'a'\ndef upgrade(): pass\n");
        run(name, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                "CREATE TABLE users (id int)", "INSERT INTO alembic_version VALUES ('a')");
        agent = WatchingAgent.ofScripts(TestServer.url(name), temp);
        agent.round();
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void a_memory_in_another_form_is_published_again_and_is_no_change() throws ObservationException {
        upgraded(json -> json.replaceAll("\"form\":\\d+", "\"form\":0"));

        assertPublishedAgain(agent.round());
        assertThat(agent.round()).isEmpty();
    }

    @Test
    void a_memory_in_another_shape_is_published_again_and_is_no_change() throws ObservationException {
        upgraded(json -> json.contains("\"seen\"") ? json : "{\"anything\":1}");

        assertPublishedAgain(agent.round().stream()
                .filter(it -> !(it.event() instanceof VersionTableObserved || it.event() instanceof HeadDetected))
                .toList());
        assertThat(agent.round()).isEmpty();
    }

    @Test
    void a_migration_that_ran_during_the_upgrade_is_reported() throws ObservationException {
        run(name, "CREATE TABLE boats (id int)", "UPDATE alembic_version SET version_num = 'b'");
        upgraded(json -> json.replaceAll("\"form\":\\d+", "\"form\":0"));

        assertThat(agent.round()).extracting(AgentEnvelope::event)
                .filteredOn(event -> event instanceof RevisionApplied)
                .singleElement().isInstanceOfSatisfying(RevisionApplied.class,
                        it -> assertThat(it.revision()).isEqualTo("b"));
    }

    private static void assertPublishedAgain(List<AgentEnvelope> events) {
        assertThat(events).extracting(envelope -> envelope.event().getClass().getSimpleName())
                .containsExactly("AgentStarted", "ScriptsScanned", "SchemaObserved", "RevisionFilesRead");
        assertThat(events.get(1).event()).isInstanceOfSatisfying(ScriptsScanned.class, scan -> {
            assertThat(scan.base()).isNull();
            assertThat(scan.changed()).hasSize(2);
        });
        assertThat(events.get(2).event()).isInstanceOfSatisfying(SchemaObserved.class,
                schema -> assertThat(schema.base()).isNull());
        assertThat(events.get(2).occurredAt().precision()).isEqualTo(Precision.NO_LATER_THAN);
        assertThat(events.get(3).event()).isInstanceOfSatisfying(RevisionFilesRead.class,
                read -> assertThat(read.files()).hasSize(2));
        assertThat(events).noneMatch(it -> it.event() instanceof ObservationGap);
    }

    /** The agent stops. Its next version finds the memory that the version before wrote. */
    private void upgraded(UnaryOperator<String> otherwise) {
        Spool spool = agent.spool();
        Map<Memory, byte[]> memory = new EnumMap<>(Memory.class);
        for (Memory each : Memory.values()) {
            spool.remembered(each).ifPresent(json -> memory.put(each,
                    otherwise.apply(new String(json, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(memory).containsKeys(Memory.LAST_OBSERVATION, Memory.LAST_SCHEMA, Memory.PUBLISHED_SCRIPTS,
                Memory.PUBLISHED_FILES,
                Memory.PUBLISHED_TABLE, Memory.PUBLISHED_SCHEMA);
        spool.record(spool.epoch(), List.of(), memory);
        agent.close();
        agent.clock().move(Duration.ofSeconds(5));
        agent.start();
    }
}
