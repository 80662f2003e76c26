package dev.migrationledger.agent.watch;

import static dev.migrationledger.testsupport.postgresql.TestServer.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.spool.SpoolFailure;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Occurrence.Precision;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.Touch;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.contracts.event.GapReason.DatabaseNotSeen;
import dev.migrationledger.contracts.event.GapReason.SpoolDamaged;
import dev.migrationledger.contracts.event.GapReason.SpoolNotWritten;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    @TempDir
    Path temp;

    private final String name = TestServer.newDatabase();
    private Path scripts;
    private WatchingAgent agent;

    @BeforeEach
    void start() throws IOException {
        scripts = Files.createDirectory(temp.resolve("versions"));
        script("a", "None");
        script("b", "'a'");
        script("c", "'b'");
        agent = WatchingAgent.ofScripts(TestServer.url(name), temp);
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void a_first_round_publishes_agent_scripts_version_table_and_schema() throws ObservationException {
        List<AgentEvent> events = agent.events();

        assertThat(events).hasSize(6);
        assertThat(events.get(0)).isInstanceOfSatisfying(AgentStarted.class, started -> {
            assertThat(started.tool()).isEqualTo("alembic");
            assertThat(started.labels()).containsEntry("tier", "test");
        });
        assertThat(events.get(1)).isInstanceOfSatisfying(ScriptsScanned.class, scan -> {
            assertThat(scan.base()).isNull();
            assertThat(scan.changed()).hasSize(3);
        });
        assertThat(events.get(2)).isEqualTo(new HeadDetected(List.of("c"), List.of("c")));
        assertThat(events.get(3)).isEqualTo(new VersionTableObserved(
                new VersionTable("public.alembic_version", VersionTable.State.MISSING, List.of())));
        assertThat(events.get(4)).isInstanceOfSatisfying(SchemaObserved.class, schema -> {
            assertThat(schema.base()).isNull();
            assertThat(schema.changed()).extracting(object -> object.object().dotted()).containsExactly("public");
        });
        assertThat(events.get(5)).isInstanceOfSatisfying(RevisionFilesRead.class, read -> {
            assertThat(read.files()).extracting(RevisionFile::revision).containsExactly("a", "b", "c");
            assertThat(read.files().getFirst().text()).contains("revision = 'a'");
        });
        assertThat(agent.events()).isEmpty();
    }

    @Test
    void an_upgrade_a_stamp_and_a_downgrade_are_told_apart_as_they_happen() throws ObservationException {
        agent.events();
        run(name, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                "CREATE TABLE users (id int)", "INSERT INTO alembic_version VALUES ('b')");
        List<AgentEnvelope> applied = agent.round();
        assertThat(applied).extracting(envelope -> envelope.event().getClass().getSimpleName())
                .containsExactly("RevisionApplied", "RevisionApplied", "VersionTableObserved", "SchemaObserved");
        assertThat(applied.get(0).event()).isInstanceOfSatisfying(
                RevisionApplied.class, it -> assertThat(it.revision() + it.inferred()).isEqualTo("atrue"));
        assertThat(applied.get(0).occurredAt().precision()).isEqualTo(Precision.BETWEEN);
        // The server tracks commits, so the row's own step is dated.
        assertThat(applied.get(1).occurredAt().precision()).isEqualTo(Precision.EXACT);

        run(name, "UPDATE alembic_version SET version_num = 'c'");
        assertThat(agent.events().getFirst()).isInstanceOf(RevisionStamped.class);

        run(name, "DROP TABLE users", "UPDATE alembic_version SET version_num = 'b'");
        assertThat(agent.events().getFirst()).isInstanceOfSatisfying(
                RevisionReverted.class, it -> {
                    assertThat(it.revision()).isEqualTo("c");
                    assertThat(it.evidence().method()).isEqualTo(Method.SCHEMA_DIFFERENCE);
                    assertThat(it.evidence().attribution()).isNotNull()
                            .extracting(Attribution::objects, list(TouchedObject.class))
                            .containsExactly(
                                    new TouchedObject(Touch.DROPPED, "table", "public.users"),
                                    new TouchedObject(Touch.DROPPED, "table column", "public.users.id"));
                });
    }

    @Test
    void the_schema_is_published_once_and_then_as_a_difference_also_after_a_restart() throws ObservationException {
        run(name, "CREATE TABLE users (id int, name text DEFAULT 'x')");
        SchemaObserved whole = (SchemaObserved) agent.events().get(4);
        agent.close();
        run(name, "ALTER TABLE users ALTER name SET DEFAULT 'y'", "ALTER TABLE users DROP id",
                "CREATE VIEW v AS SELECT 1");
        agent.start();

        assertThat(agent.events().getLast()).isInstanceOfSatisfying(SchemaObserved.class, difference -> {
            assertThat(difference.base()).isEqualTo(whole.fingerprint());
            assertThat(difference.fingerprint()).isNotEqualTo(whole.fingerprint());
            assertThat(difference.changed()).extracting(object -> object.object().dotted())
                    .containsExactly("public.v", "public.users.name");
            assertThat(difference.removed()).extracting(ObjectName::dotted).containsExactly("public.users.id");
            assertThat(difference.remaining()).isZero();
        });
        run(name, "GRANT SELECT (name) ON users TO watcher");
        assertThat(agent.events()).isEmpty();
    }

    @Test
    void what_happened_while_no_agent_ran_is_seen_at_the_next_start() throws ObservationException {
        run(name, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('a')");
        agent.events();
        agent.close();
        run(name, "CREATE TABLE users (id int)", "UPDATE alembic_version SET version_num = 'c'");
        agent.clock().move(Duration.ofHours(1));
        agent.start();

        List<AgentEvent> events = agent.events();

        assertThat(events).extracting(event -> event.getClass().getSimpleName())
                .containsExactly("AgentStarted", "ObservationGap", "RevisionApplied", "RevisionApplied",
                        "VersionTableObserved", "SchemaObserved");
        assertThat(events.get(1)).isInstanceOfSatisfying(ObservationGap.class, gap -> {
            assertThat(gap.until()).isEqualTo(agent.clock().instant());
            assertThat(gap.from()).isEqualTo(agent.clock().instant().minus(Duration.ofHours(1)));
        });
    }

    @Test
    void nothing_is_published_twice_after_a_quick_restart() throws ObservationException {
        agent.events();
        agent.close();
        agent.start();

        assertThat(agent.events()).singleElement().isInstanceOf(AgentStarted.class);
    }

    @Test
    void a_database_that_was_away_leaves_a_gap() throws ObservationException {
        agent.events();
        agent.clock().move(WatchingAgent.INTERVAL);
        run("postgres", "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        run("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        assertThatThrownBy(() -> agent.round()).isInstanceOf(ObservationException.class);
        agent.clock().move(WatchingAgent.INTERVAL);
        assertThatThrownBy(() -> agent.round()).isInstanceOf(ObservationException.class);
        run("postgres", "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
        agent.clock().move(WatchingAgent.INTERVAL);

        assertThat(agent.events()).singleElement().isInstanceOfSatisfying(ObservationGap.class, gap -> {
            assertThat(Duration.between(gap.from(), gap.until())).isEqualTo(WatchingAgent.INTERVAL.multipliedBy(3));
            assertThat(gap.reason()).isInstanceOf(DatabaseNotSeen.class);
        });
        assertThat(agent.events()).isEmpty();
    }

    @Test
    void a_full_spool_leaves_a_gap_once_there_is_room() throws ObservationException {
        run(name, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('a')");
        agent.events();
        agent.spool().limitTo(1);
        agent.clock().move(WatchingAgent.INTERVAL);
        run(name, "UPDATE alembic_version SET version_num = 'b'");
        for (int rounds = 0; rounds < 2; rounds++) {
            assertThatThrownBy(() -> agent.round()).isInstanceOf(SpoolFailure.class);
            agent.clock().move(WatchingAgent.INTERVAL);
        }
        agent.spool().limitTo(Long.MAX_VALUE);

        List<AgentEvent> events = agent.events();
        assertThat(events.getFirst()).isInstanceOfSatisfying(ObservationGap.class, gap -> {
            assertThat(Duration.between(gap.from(), gap.until())).isEqualTo(WatchingAgent.INTERVAL.multipliedBy(3));
            assertThat(gap.reason()).isEqualTo(new SpoolNotWritten(SpoolNotWritten.Cause.LIMIT));
        });
        assertThat(events.subList(1, events.size())).anySatisfy(event -> assertThat(event)
                .isInstanceOfSatisfying(VersionTableObserved.class,
                        seen -> assertThat(seen.table().rows()).containsExactly("b")));
        assertThat(agent.events()).isEmpty();
    }

    @Test
    void scripts_are_published_as_a_difference_by_file() throws ObservationException, IOException {
        String first = ((ScriptsScanned) agent.events().get(1)).digest();
        script("d", "'c'");
        Files.delete(scripts.resolve("a.py"));
        Files.writeString(scripts.resolve("b.py"), "revision = 'b'\ndown_revision = None\n");

        List<AgentEvent> events = agent.events();

        assertThat(events.get(0)).isInstanceOfSatisfying(ScriptsScanned.class, scan -> {
            assertThat(scan.base()).isEqualTo(first);
            assertThat(scan.changed()).extracting(revision -> revision.revision()).containsExactlyInAnyOrder("b", "d");
            assertThat(scan.removed()).singleElement().asString().endsWith("a.py");
        });
        assertThat(events.get(1)).isEqualTo(new HeadDetected(List.of("d"), List.of("d")));
        assertThat(events.get(2)).isInstanceOfSatisfying(RevisionFilesRead.class,
                read -> assertThat(read.files()).extracting(RevisionFile::revision).containsExactly("b", "d"));
        assertThat(events).hasSize(3);
    }

    @Test
    void a_folder_that_is_away_for_a_moment_removes_nothing() throws ObservationException, IOException {
        agent.events();
        Path aside = temp.resolve("aside");
        Files.move(scripts, aside);
        assertThat(agent.events()).isEmpty();
        Files.createDirectory(scripts);
        assertThat(agent.events()).isEmpty();
        agent.clock().move(Duration.ofSeconds(30));
        assertThat(agent.events()).isEmpty();
        Files.delete(scripts);
        Files.move(aside, scripts);
        assertThat(agent.events()).isEmpty();
    }

    @Test
    void a_folder_that_stays_empty_is_believed_after_a_minute() throws ObservationException, IOException {
        agent.events();
        try (Stream<Path> files = Files.list(scripts)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(agent.events()).isEmpty();
        agent.clock().move(Duration.ofSeconds(61));
        assertThat(agent.events().getFirst()).isInstanceOfSatisfying(
                ScriptsScanned.class, scan -> assertThat(scan.removed()).hasSize(3));
    }

    @Test
    void a_clock_that_was_moved_back_breaks_nothing() throws ObservationException {
        agent.events();
        agent.clock().move(Duration.ofDays(-1));
        run(name, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('b')");

        List<AgentEnvelope> events = agent.round();

        assertThat(events).extracting(envelope -> envelope.event().getClass().getSimpleName())
                .containsExactly("RevisionStamped", "VersionTableObserved");
        assertThat(events.getLast().occurredAt().precision()).isEqualTo(Precision.NO_LATER_THAN);
    }

    @Test
    void a_new_epoch_gets_everything_again_but_no_step_twice() throws ObservationException {
        run(name, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                "CREATE TABLE users (id int)", "INSERT INTO alembic_version VALUES ('b')");
        agent.events();
        agent.spool().acknowledge(agent.spool().epoch(), 100);
        agent.spool().renew(1, new SpoolDamaged());

        assertThat(agent.events()).extracting(event -> event.getClass().getSimpleName())
                .containsExactly("AgentStarted", "ScriptsScanned", "HeadDetected", "VersionTableObserved",
                        "SchemaObserved", "RevisionFilesRead");
        assertThat(agent.events()).isEmpty();
    }

    private void script(String id, String parent) throws IOException {
        Files.writeString(
                scripts.resolve(id + ".py"),
                "\"\"\"%s\"\"\"\nrevision = '%s'\ndown_revision = %s\n".formatted(id, id, parent));
    }
}
