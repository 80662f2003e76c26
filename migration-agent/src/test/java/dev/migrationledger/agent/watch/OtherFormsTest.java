package dev.migrationledger.agent.watch;

import static dev.migrationledger.testsupport.postgresql.TestServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.spool.Memory;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
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
import dev.migrationledger.testsupport.time.MovableClock;
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
class OtherFormsTest {

    @TempDir
    Path temp;

    private final MovableClock clock = new MovableClock();
    private final String name = TestServer.newDatabase();
    private Path scripts;
    private Spool spool;
    private DatabaseObserver database;
    private Watch watch;

    @BeforeEach
    void start() throws IOException, ObservationException {
        scripts = Files.createDirectory(temp.resolve("versions"));
        Files.writeString(scripts.resolve("a.py"), "revision = 'a'\ndown_revision = None\ndef upgrade(): pass\n");
        Files.writeString(scripts.resolve("b.py"), "revision = 'b'\ndown_revision = 'a'\ndef upgrade(): pass\n");
        run(name, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                "CREATE TABLE users (id int)", "INSERT INTO alembic_version VALUES ('a')");
        open();
        watch.round();
    }

    @AfterEach
    void close() {
        database.close();
        spool.close();
    }

    @Test
    void a_memory_in_another_form_is_published_again_and_is_no_change() throws ObservationException {
        upgraded(json -> json.replaceAll("\"form\":\\d+", "\"form\":0"));

        assertPublishedAgain(watch.round());
        assertThat(watch.round()).isEmpty();
    }

    @Test
    void a_memory_in_another_shape_is_published_again_and_is_no_change() throws ObservationException {
        upgraded(json -> json.contains("\"seen\"") ? json : "{\"anything\":1}");

        assertPublishedAgain(watch.round().stream()
                .filter(it -> !(it.event() instanceof VersionTableObserved || it.event() instanceof HeadDetected))
                .toList());
        assertThat(watch.round()).isEmpty();
    }

    @Test
    void a_migration_that_ran_during_the_upgrade_is_reported() throws ObservationException {
        run(name, "CREATE TABLE boats (id int)", "UPDATE alembic_version SET version_num = 'b'");
        upgraded(json -> json.replaceAll("\"form\":\\d+", "\"form\":0"));

        assertThat(watch.round()).extracting(AgentEnvelope::event)
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
        Map<Memory, byte[]> memory = new EnumMap<>(Memory.class);
        for (Memory each : Memory.values()) {
            spool.remembered(each).ifPresent(json -> memory.put(each,
                    otherwise.apply(new String(json, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(memory).containsKeys(Memory.LAST_LOOK, Memory.LAST_SCHEMA, Memory.TOLD_SCRIPTS,
                Memory.PUBLISHED_FILES,
                Memory.TOLD_TABLE, Memory.PUBLISHED_SCHEMA);
        spool.record(spool.epoch(), List.of(), memory);
        close();
        clock.move(Duration.ofSeconds(5));
        open();
    }

    private void open() {
        spool = Spool.open(temp.resolve("spool"), "navbot", "test", null, clock);
        database = Databases.parse(TestServer.url(name), "--database", Map.of())
                .observer(new VersionTableName(null, MigrationTools.usualVersionTable()), SchemaScope.ALL);
        ScriptsLocation location = new ScriptsLocation.Folder(scripts, temp);
        watch = new Watch(database, new Scripts(MigrationTools.of(location), location, clock), spool, clock,
                Watch.Mode.watch(Duration.ofSeconds(5)), Map.of());
    }
}
