package dev.migrationledger.agent.watch;

import static dev.migrationledger.testsupport.postgresql.TestServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.inference.EvidenceText;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Occurrence.Precision;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watching agent reports of a real database in which changes are captured. */
class CapturedStoryTest {

    private static final String CREATE = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))";
    private static final String A = "INSERT INTO alembic_version (version_num) VALUES ('a')";

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
        script("d", "'b'");
        script("m", "('c', 'd')");
        run(name, CREATE);
        agent = WatchingAgent.ofScripts(TestServer.url(name), temp);
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void three_revisions_in_one_transaction_are_three_facts_with_who_and_what() throws Exception {
        TestCapture.install(name);
        published();
        deploy("CREATE TABLE users (id int)", A, "ALTER TABLE users ADD mail text", update("a", "b"),
                "CREATE INDEX by_mail ON users (mail)", update("b", "c"));

        List<AgentEnvelope> events = agent.round();

        assertThat(words(events)).containsExactly("applied a (event-trigger, certain)",
                "applied b (event-trigger, certain)", "applied c (event-trigger, certain)", "table [c]");
        RevisionApplied first = (RevisionApplied) events.getFirst().event();
        assertThat(first.inferred()).isFalse();
        Attribution attribution = Optional.ofNullable(first.evidence().attribution()).orElseThrow();
        Actor actor = Optional.ofNullable(attribution.actor()).orElseThrow();
        assertThat(actor.user() + "/" + actor.applicationName() + "/" + actor.clientAddress())
                .isEqualTo("postgres/psql/127.0.0.1");
        assertThat(attribution.statement()).isEqualTo(A);
        assertThat(attribution.objects()).extracting(object -> object.kind() + " " + object.name())
                .contains("table public.users");
        assertThat(events).filteredOn(event -> !beside(event))
                .allMatch(event -> event.occurredAt().precision() == Precision.EXACT);
        assertThat(published()).isEmpty();
    }

    @Test
    void without_event_triggers_the_trigger_alone_distinguishes_them() throws Exception {
        TestCapture.installAsPlainOwner(name);
        published();
        deploy("CREATE TABLE users (id int)", A, "ALTER TABLE users ADD mail text", update("a", "b"));
        deploy(update("b", "a"));
        deploy("DROP TABLE users", "DELETE FROM alembic_version WHERE alembic_version.version_num = 'a'");
        assertThat(published()).containsExactly("applied a (trigger, certain)", "applied b (trigger, certain)",
                "table [b]",
                "stamped [a] for [b] (trigger, presumed)", "table [a]", "reverted a (trigger, certain)", "table []");

        deploy("DROP TABLE alembic_version");
        assertThat(published()).containsExactly("edited [] to [] by nobody known", "table missing");
    }

    @Test
    void stamps_in_all_their_forms_are_stamps() throws Exception {
        TestCapture.install(name);
        published();
        deploy("INSERT INTO alembic_version (version_num) VALUES ('m')");
        deploy(update("m", "b"));
        deploy("DELETE FROM alembic_version", "INSERT INTO alembic_version (version_num) VALUES ('c')",
                "INSERT INTO alembic_version (version_num) VALUES ('d')");
        deploy("DELETE FROM alembic_version WHERE alembic_version.version_num = 'c'", update("d", "a"));
        deploy("DELETE FROM alembic_version WHERE alembic_version.version_num = 'a'");

        assertThat(published()).filteredOn(words -> !words.startsWith("table")).containsExactly(
                "stamped [m] for [] (trigger, certain)", "stamped [b] for [m] (trigger, certain)",
                "stamped [c, d] for [b] (trigger, certain)", "stamped [a] for [c, d] (trigger, certain)",
                "stamped [] for [a] (trigger, presumed)");
    }

    @Test
    void edits_by_hand_are_reported_with_user_and_statement() throws Exception {
        TestCapture.install(name);
        published();
        deploy("insert into alembic_version values ('b')");
        deploy("UPDATE alembic_version SET version_num = 'c'");
        deploy("TRUNCATE alembic_version");
        deploy("insert into alembic_version select unnest(array['a', 'c'])");
        deploy("DELETE FROM alembic_version WHERE version_num = 'a'");
        deploy("DROP TABLE alembic_version");

        List<AgentEnvelope> events = agent.round();

        assertThat(words(events)).filteredOn(words -> !words.startsWith("table")).containsExactly(
                "edited [] to [b] by psql", "edited [b] to [c] by psql", "edited [c] to [] by psql",
                "edited [] to [a, c] by psql", "edited [a, c] to [c] by psql", "edited [c] to [] by psql");
        VersionTableEdited first = (VersionTableEdited) events.getFirst().event();
        assertThat(Optional.ofNullable(first.evidence().attribution()).orElseThrow().statement())
                .isEqualTo("insert into alembic_version values ('b')");
        assertThat(words(events).getLast()).isEqualTo("table missing");
        assertThat(published()).isEmpty();
    }

    @Test
    void what_was_rolled_back_never_happened() throws Exception {
        TestCapture.install(name);
        published();
        try (Connection connection = TestServer.owner(name); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE users (id int)");
            statement.execute(A);
            connection.rollback();
        }
        assertThat(published()).isEmpty();
    }

    @Test
    void an_agent_that_was_away_catches_up_exactly_without_a_gap() throws Exception {
        TestCapture.install(name);
        published();
        agent.close();
        deploy("CREATE TABLE users (id int)", A);
        deploy("ALTER TABLE users ADD mail text", update("a", "b"));
        deploy("ALTER TABLE users DROP mail", update("b", "a"));
        agent.clock().move(Duration.ofHours(1));
        agent.start();

        assertThat(published()).containsExactly("started", "applied a (event-trigger, certain)", "table [a]",
                "applied b (event-trigger, certain)", "table [b]", "reverted b (event-trigger, certain)", "table [a]");
        assertThat(published()).isEmpty();
    }

    @Test
    void steps_while_capture_was_disabled_are_inferred_and_the_gap_is_reported() throws Exception {
        TestCapture.install(name);
        deploy("CREATE TABLE users (id int)", A);
        published();
        agent.close();
        run(name, "ALTER TABLE alembic_version DISABLE TRIGGER USER", "CREATE TABLE teams (id int)", update("a", "b"),
                "ALTER TABLE alembic_version ENABLE TRIGGER USER");
        deploy("CREATE INDEX by_id ON users (id)", update("b", "c"));
        agent.clock().move(Duration.ofHours(1));
        agent.start();

        assertThat(published()).containsExactly("started", "gap", "applied b (schema-difference, presumed)",
                "applied c (event-trigger, certain)", "table [c]");
    }

    @Test
    void captured_changes_are_released_only_when_the_ledger_has_their_events() throws Exception {
        TestCapture.install(name);
        published();
        deploy("CREATE TABLE users (id int)", A);
        published();
        published();
        assertThat(kept()).isPositive();

        agent.spool().acknowledge(agent.spool().epoch(), 1_000);
        published();
        assertThat(kept()).isZero();
        deploy("ALTER TABLE users ADD mail text", update("a", "b"));
        assertThat(published()).containsExactly("applied b (event-trigger, certain)", "table [b]");
    }

    @Test
    void an_agent_that_lost_its_spool_reports_what_is_still_captured() throws Exception {
        TestCapture.install(name);
        deploy("CREATE TABLE users (id int)", A);
        deploy(update("a", "b"), update("b", "m"));

        assertThat(published()).containsExactly("started", "scripts", "heads", "applied a (event-trigger, certain)",
                "table [a]", "stamped [m] for [a] (trigger, certain)", "table [m]");
    }

    /** One transaction, as psql makes it. */
    private void deploy(String... statements) throws Exception {
        try (Connection connection = TestServer.owner(name); Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = 'psql'");
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    private static String update(String from, String to) {
        return "UPDATE alembic_version SET version_num='" + to + "' WHERE alembic_version.version_num = '" + from + "'";
    }

    private long kept() throws Exception {
        try (Connection connection = TestServer.owner(name);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM migration_ledger.change")) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<String> published() throws ObservationException {
        return words(agent.round());
    }

    /** What stories of the version table are not about. */
    private static boolean beside(AgentEnvelope event) {
        return event.event() instanceof SchemaObserved || event.event() instanceof RevisionFilesRead;
    }

    /** Without what is published of the schema and of files. */
    private static List<String> words(List<AgentEnvelope> events) {
        return events.stream().filter(it -> !beside(it)).map(AgentEnvelope::event).map(event -> switch (event) {
            case VersionTableObserved it -> "table " + switch (it.table().state()) {
                case MISSING -> "missing";
                case EMPTY, PRESENT -> it.table().rows().toString();
            };
            case ObservationGap _ -> "gap";
            case AgentStarted _ -> "started";
            case ScriptsScanned _ -> "scripts";
            case HeadDetected _ -> "heads";
            default -> {
                StepText step = StepText.of(event).orElseThrow();
                yield step.text() + (event instanceof VersionTableEdited
                        ? " by " + Optional.ofNullable(step.evidence().attribution()).map(Attribution::actor)
                                .map(Actor::applicationName).orElse("nobody known")
                        : " " + EvidenceText.of(step.evidence()));
            }
        }).toList();
    }

    /** What a revision does is beyond what a reader can know, so that the trigger alone decides. */
    private void script(String id, String parents) throws IOException {
        Files.writeString(scripts.resolve(id + ".py"), """
                from somewhere import something

                revision = '%s'
                down_revision = %s


                def upgrade():
                    something()


                def downgrade():
                    something()
                """.formatted(id, parents));
    }
}
