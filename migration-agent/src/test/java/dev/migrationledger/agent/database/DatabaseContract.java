package dev.migrationledger.agent.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.ObservationException.Kind;
import dev.migrationledger.agent.database.capture.CaptureRemoval;
import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.agent.database.observation.VersionTableObservation;
import dev.migrationledger.contracts.event.VersionTable.State;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.core.situation.Observations.OtherVersionTable;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every kind of database behind the port {@link Database} must fulfil. To add one, extend this class with a server of its own; its SQL is
 * that which all kinds understand.
 */
public abstract class DatabaseContract {

    private static final String CREATE = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)";
    private static final VersionTableName NAME = new VersionTableName(null, "alembic_version");
    private static final Duration SOON = Duration.ofMinutes(1);

    private String database = "";

    /** A server with a role that may only read the tables of new databases. */
    protected interface Server {

        /** Creates an empty database, and returns its name. */
        String newDatabase();

        /** Runs statements as the owner of the database, all in one transaction. */
        void run(String database, String... statements);

        /** The URL of the role that may only read, with a password. */
        String reader(String database);

        /** The same at another port, where nothing answers. */
        String readerAt(int port);

        /** The password in these URLs as the server knows it. */
        String password();

        /** The URL of the owner. */
        String owner(String database);

        /** The name of the role that may only read. */
        String role();

        /** Whether it can report a captured change at once; elsewhere an agent finds it with its next poll. */
        boolean notifies();

        /** Takes the right to read the version table from that role. */
        void forbid(String database);
    }

    protected abstract Database kind();

    protected abstract Server server();

    @BeforeEach
    void create() {
        database = server().newDatabase();
    }

    @AfterEach
    void nothing_of_the_agent_holds_the_version_table() {
        // A lock that an observation left behind would make a migration wait, and this statement with it.
        server().run(database, "DROP TABLE IF EXISTS alembic_version");
    }

    @Test
    void a_text_that_is_not_a_url_is_wrong_usage_and_names_where_it_was_given() {
        assertThatThrownBy(() -> kind().parse("", "--database", Map.of())).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--database");
    }

    @Test
    void a_url_names_its_user_and_hides_its_password() {
        DatabaseUrl url = url(server().reader(database));

        assertThat(url.user()).isEqualTo(server().role());
        assertThat(url.toString()).contains(database).doesNotContain(server().password());
    }

    @Test
    void a_server_that_does_not_answer_is_unreachable_which_may_pass() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        ObservationException failure = failure(url(server().readerAt(free)));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.kind().passes()).isTrue();
        assertThat(failure).hasMessageNotContaining(server().password());
    }

    @Test
    void a_role_that_may_not_read_the_table_is_forbidden_which_a_person_has_to_change() {
        server().run(database, CREATE);
        server().forbid(database);

        ObservationException failure = failure(url(server().reader(database)));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure.kind().passes()).isFalse();
        assertThat(failure).hasMessageContaining(server().role());
    }

    @Test
    void the_version_table_is_missing_then_empty_then_has_rows_in_order() throws Exception {
        try (DatabaseObserver observer = observer()) {
            assertThat(observed(observer).table().state()).isEqualTo(State.MISSING);

            server().run(database, CREATE);
            assertThat(observed(observer).table().state()).isEqualTo(State.EMPTY);
            assertThat(observed(observer).width()).isEqualTo(32);

            server().run(database, "INSERT INTO alembic_version VALUES ('c'), ('a'), ('a')");
            Observation present = observed(observer);
            assertThat(present.table().state()).isEqualTo(State.PRESENT);
            assertThat(present.table().rows()).containsExactly("a", "a", "c");
            assertThat(present.rows()).extracting(VersionRow::version).containsExactly("a", "a", "c");
            assertThat(present.table().name()).endsWith(".alembic_version");
        }
    }

    @Test
    void the_version_table_alone_is_the_same_as_in_an_observation() throws Exception {
        try (DatabaseObserver observer = observer()) {
            VersionTableObservation missing = observer.versionTable(false);
            assertThat(missing.table()).isEqualTo(observed(observer).table());
            assertThat(missing.others()).isEmpty();

            server().run(database, CREATE);
            server().run(database, "INSERT INTO alembic_version VALUES ('c'), ('a'), ('a')");
            assertThat(observer.versionTable(false).table()).isEqualTo(observed(observer).table());
            assertThat(observer.versionTable(true).table().rows()).containsExactly("a", "a", "c");
        }
    }

    @Test
    void other_version_tables_are_searched_when_asked_and_where_the_one_is_missing() throws Exception {
        server().run(database, CREATE.replace("alembic_version", "other_version"));
        try (DatabaseObserver observer = observer()) {
            assertThat(observer.versionTable(false).others()).extracting(OtherVersionTable::table)
                    .containsExactly("other_version");

            server().run(database, CREATE);
            assertThat(observer.versionTable(false).others()).isEmpty();
            assertThat(observer.versionTable(true).others()).extracting(OtherVersionTable::table)
                    .containsExactly("other_version");
        }
    }

    @Test
    void an_observer_goes_on_after_a_failure() throws Exception {
        server().run(database, "CREATE VIEW alembic_version AS SELECT 'a' AS version_num");
        try (DatabaseObserver observer = observer()) {
            assertThat(catchThrowableOfType(ObservationException.class, () -> observed(observer)).kind())
                    .isEqualTo(Kind.NOT_A_VERSION_TABLE);

            server().run(database, "DROP VIEW alembic_version");
            server().run(database, CREATE);
            assertThat(observed(observer).table().state()).isEqualTo(State.EMPTY);
        }
    }

    @Test
    void the_schema_is_read_when_its_mark_changes_and_without_the_version_table() throws Exception {
        server().run(database, CREATE);
        server().run(database, "CREATE TABLE routes (id integer)");
        try (DatabaseObserver observer = observer()) {
            assertThat(observed(observer).schema()).isEqualTo(new SchemaObservation.AsKnown());

            Observation first = observer.observe(Set.of(), null, null);
            assertThat(objects(first)).anyMatch(it -> it.endsWith(".routes"))
                    .noneMatch(it -> it.contains("alembic_version"));
            assertThat(observer.observe(Set.of(), null, first.mark()).schema())
                    .isEqualTo(new SchemaObservation.AsKnown());

            server().run(database, "CREATE TABLE stops (id integer)");
            Observation second = observer.observe(Set.of(), null, first.mark());
            assertThat(second.mark()).isNotEqualTo(first.mark());
            assertThat(objects(second)).anyMatch(it -> it.endsWith(".stops"));
            assertThat(url(server().reader(database)).schema(NAME, SchemaScope.ALL))
                    .isEqualTo(((SchemaObservation.Read) second.schema()).snapshot());
        }
    }

    @Test
    void a_transaction_that_wrote_a_row_leaves_a_trace_of_what_it_created() throws Exception {
        server().run(database, CREATE);
        server().run(database, "CREATE TABLE routes (id integer)", "INSERT INTO alembic_version VALUES ('a')");
        try (DatabaseObserver observer = observer()) {
            Observation observation = observed(observer);
            String transaction = observation.rows().getFirst().transaction();

            assertThat(observation.searched()).isTrue();
            assertThat(observation.traces()).containsOnlyKeys(transaction).allSatisfy((_, trace) -> assertThat(
                    trace.objects()).anyMatch(it -> it.dotted().endsWith(".routes")));
            assertThat(observer.observe(Set.of(transaction), null).traces()).as("known already").isEmpty();
        }
    }

    @Test
    void a_database_keeps_its_fingerprint_and_another_has_another() throws Exception {
        try (DatabaseObserver one = observer();
                DatabaseObserver same = observer();
                DatabaseObserver other = url(server().reader(server().newDatabase())).observer(NAME, SchemaScope.ALL)) {
            assertThat(observed(one).database().differsFrom(observed(same).database())).isFalse();
            assertThat(observed(one).database().differsFrom(observed(other).database())).isTrue();
        }
    }

    @Test
    void other_version_tables_are_found_when_they_are_asked_for() throws Exception {
        server().run(database, CREATE);
        server().run(database, "CREATE TABLE old_version (version_num VARCHAR(32) NOT NULL)",
                "INSERT INTO old_version VALUES ('a')");
        try (DatabaseObserver observer = observer()) {
            assertThat(observed(observer).others()).isEmpty();
            assertThat(observer.examine(null).others()).singleElement()
                    .satisfies(it -> assertThat(it.toString()).contains("old_version"));
        }
    }

    @Test
    void captured_changes_are_read_once_and_deleted_when_the_ledger_has_them() throws Exception {
        server().run(database, CREATE);
        CaptureControl capture = url(server().owner(database)).capture(NAME);
        assertThat(capture.install(List.of(server().role()), null, null).attached()).isTrue();
        try (DatabaseObserver observer = observer();
                DatabaseObserver owner = url(server().owner(database)).observer(NAME, SchemaScope.ALL)) {
            String start = read(observed(observer)).cursor();

            server().run(database, "INSERT INTO alembic_version VALUES ('a')");
            LoggedChanges.Read captured = read(observer.observe(Set.of(), start));

            assertThat(captured.coverage()).isNotNull();
            assertThat(captured.transactions()).singleElement().satisfies(transaction -> assertThat(
                    transaction.changes()).extracting(CapturedChange::after).containsExactly("a"));
            Observation next = observer.observe(Set.of(), captured.cursor());
            assertThat(read(next).transactions()).isEmpty();
            assertThat(capture.status().undelivered()).isPositive();

            observed(owner);
            owner.forget(next.table(), captured.cursor());
            assertThat(capture.status().undelivered()).isZero();
            assertThat(capture.status().healthy()).isTrue();
        }
    }

    @Test
    void capture_is_not_removed_while_changes_are_undelivered() throws Exception {
        server().run(database, CREATE);
        CaptureControl capture = url(server().owner(database)).capture(NAME);
        assertThat(capture.uninstall(false)).isEqualTo(new CaptureRemoval.NothingThere());
        capture.install(List.of(server().role()), null, null);
        server().run(database, "INSERT INTO alembic_version VALUES ('a')");

        assertThat(capture.uninstall(false)).isInstanceOf(CaptureRemoval.Kept.class);
        assertThat(capture.uninstall(true)).isInstanceOf(CaptureRemoval.Removed.class);
        assertThat(capture.status().version()).isNull();
        try (DatabaseObserver observer = observer()) {
            assertThat(observed(observer).captured()).isEqualTo(new LoggedChanges.Absent());
        }
    }

    @Test
    void a_captured_change_ends_the_wait_for_the_next_poll() throws Exception {
        Assumptions.assumeTrue(server().notifies(), "This server does not report captured changes.");
        server().run(database, CREATE);
        url(server().owner(database)).capture(NAME).install(List.of(server().role()), null, null);
        try (DatabaseObserver observer = observer(); NotificationListener notifications = observer.notifications()) {
            assertThat(notifications.await(SOON)).as("it listens").isTrue();

            server().run(database, "INSERT INTO alembic_version VALUES ('a')");

            assertThat(notifications.await(SOON)).isTrue();
        }
    }

    private DatabaseUrl url(String text) {
        return kind().parse(text, "--database", Map.of());
    }

    private DatabaseObserver observer() {
        return url(server().reader(database)).observer(NAME, SchemaScope.ALL);
    }

    private static Observation observed(DatabaseObserver observer) throws ObservationException {
        return observer.observe(Set.of(), null);
    }

    private static ObservationException failure(DatabaseUrl url) {
        try (DatabaseObserver observer = url.observer(NAME, SchemaScope.ALL)) {
            return catchThrowableOfType(ObservationException.class, () -> observed(observer));
        }
    }

    private static LoggedChanges.Read read(Observation observation) {
        assertThat(observation.captured()).isInstanceOf(LoggedChanges.Read.class);
        return (LoggedChanges.Read) observation.captured();
    }

    private static List<String> objects(Observation observation) {
        assertThat(observation.schema()).isInstanceOf(SchemaObservation.Read.class);
        return ((SchemaObservation.Read) observation.schema()).snapshot().objects().stream().map(SchemaObject::object)
                .map(it -> it.dotted()).toList();
    }
}
