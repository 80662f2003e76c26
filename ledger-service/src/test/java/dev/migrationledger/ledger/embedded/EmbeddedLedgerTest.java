package dev.migrationledger.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.ledger.platform.StartupFailure;
import dev.migrationledger.ledger.platform.TestDatabase;
import dev.migrationledger.testsupport.machine.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedLedgerTest {

    @TempDir
    static Path temp;

    /** One for all tests, because making one takes seconds; each leaves it stopped. */
    static Path folder;

    @BeforeAll
    static void make_the_folder() throws IOException {
        TestDatabase.create();
        folder = temp.resolve("ledger");
        start().close();
    }

    @Test
    void what_was_acknowledged_survives_a_killed_ledger() throws Exception {
        int port = port();
        try (LedgerProcess ledger = LedgerProcess.startIn(folder)) {
            assertThat(ledger.record(ledger.address(), 1, 20)).isEqualTo(new Receipt(20, 0, 20));
            assertThat(ledger.printed()).contains("Ledger on embedded PostgreSQL 18, data in " + folder);
            ledger.kill();
        }
        // Its PostgreSQL outlived it.
        assertThat(folder.resolve("data/postmaster.pid")).exists();

        try (LedgerProcess ledger = LedgerProcess.startIn(folder)) {
            String address = ledger.address();
            try (LedgerProcess second = LedgerProcess.startIn(folder)) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.printed())
                        .contains("Another ledger (process ", "is using " + folder)
                        .doesNotContain("\tat ", "Exception");
            }
            assertThat(ledger.record(address, 1, 25)).isEqualTo(new Receipt(5, 20, 25));
            ledger.stop();
        }
        assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
        assertThat(port()).isEqualTo(port);
    }

    @Test
    @Timeout(120)
    void a_killed_postgresql_is_started_again_and_nothing_acknowledged_is_lost() throws Exception {
        int port = port();
        try (LedgerProcess ledger = LedgerProcess.startIn(folder)) {
            String address = ledger.address();
            assertThat(ledger.recordInTheEnd(address, "outlives", 1, 30)).isEqualTo(new Receipt(30, 0, 30));
            ProcessHandle server = server();
            server.destroyForcibly();
            server.onExit().join();

            assertThat(ledger.recordInTheEnd(address, "outlives", 1, 40)).isEqualTo(new Receipt(10, 30, 40));
            assertThat(server().pid()).isNotEqualTo(server.pid());
            ledger.stop();
        }
        assertThat(port()).isEqualTo(port);
        assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_database_that_cannot_be_reached_is_reported_in_a_sentence() throws Exception {
        int closed = FreePort.find();
        try (LedgerProcess ledger = LedgerProcess.start(
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/ledger?password=s3cret".formatted(closed),
                "--spring.datasource.username=ledger",
                "--spring.datasource.password=s3cret2")) {
            assertThat(ledger.exitCode()).isEqualTo(1);
            assertThat(ledger.printed())
                    .contains("The ledger cannot use the database at jdbc:postgresql://127.0.0.1:" + closed + "/ledger")
                    .contains("refused")
                    .doesNotContain("\tat ", "Exception", "s3cret");
        }
    }

    @Test
    void tables_that_this_version_cannot_use_are_reported_in_a_sentence() throws Exception {
        String database = TestDatabase.create();
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute("create schema ledger");
            statement.execute("create table ledger.something_else (id int)");
        }
        try (LedgerProcess ledger = LedgerProcess.start("--spring.datasource.url=" + database)) {
            assertThat(ledger.exitCode()).isEqualTo(1);
            assertThat(ledger.printed())
                    .contains("The ledger cannot upgrade its tables in jdbc:postgresql://127.0.0.1:",
                            "non-empty schema")
                    .doesNotContain("\tat ", "Exception", "password=");
        }
    }

    @Test
    void tables_of_a_newer_ledger_are_left_alone() throws Exception {
        String database = TestDatabase.create();
        try (LedgerProcess ledger = LedgerProcess.start("--spring.datasource.url=" + database)) {
            ledger.address();
            ledger.stop();
        }
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                            insert into ledger.flyway_schema_history
                            select installed_rank + 1, '99', 'newer', type, 'V99__newer.sql', 1, installed_by, installed_on, 1, true
                            from ledger.flyway_schema_history order by installed_rank desc limit 1""");
        }
        try (LedgerProcess ledger = LedgerProcess.start("--spring.datasource.url=" + database)) {
            assertThat(ledger.exitCode()).isEqualTo(1);
            assertThat(ledger.printed())
                    .contains("belong to a newer ledger (table version 99)")
                    .contains("Start that newer ledger")
                    .doesNotContain("\tat ", "Exception", "password=");
        }
    }

    @Test
    void it_is_durable_and_only_for_this_machine_and_asks_for_a_password() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            assertThat(show(postgres, "fsync")).isEqualTo("on");
            assertThat(show(postgres, "synchronous_commit")).isEqualTo("on");
            assertThat(show(postgres, "full_page_writes")).isEqualTo("on");
            assertThat(show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(show(postgres, "unix_socket_directories")).isEmpty();
            assertThatThrownBy(
                    () -> DriverManager.getConnection(postgres.url("ledger"), postgres.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(Files.getPosixFilePermissions(postgres.connectionFile())).hasSize(2);
        }
    }

    @Test
    void a_lost_password_file_costs_no_data() throws Exception {
        String old;
        try (EmbeddedPostgres postgres = start()) {
            old = postgres.password();
            execute(postgres, "create table if not exists kept (n int); insert into kept values (1)");
        }
        Files.delete(folder.resolve("password"));
        Files.delete(folder.resolve("connection.properties"));

        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.password()).isNotEqualTo(old);
            assertThat(query(postgres, "select count(*) from kept")).isNotEqualTo("0");
        }
        try (EmbeddedPostgres postgres = start()) {
            execute(postgres, "drop table kept");
        }
    }

    @Test
    void a_wrong_password_file_says_how_to_go_on() throws Exception {
        Path file = folder.resolve("password");
        Files.writeString(file, "of another folder");

        assertThatThrownBy(EmbeddedLedgerTest::start)
                .isInstanceOfSatisfying(StartupFailure.class, failure -> assertThat(failure.remedy())
                        .isEqualTo("If its password is wrong, delete " + file
                                + ": the ledger then sets a new one and keeps the data."));
        Files.delete(file);
        start().close();
    }

    @Test
    void data_of_another_major_version_is_left_alone() throws Exception {
        Path version = folder.resolve("data/PG_VERSION");
        String ours = Files.readString(version);
        Files.writeString(version, "17\n");

        assertThatThrownBy(EmbeddedLedgerTest::start)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("written by PostgreSQL 17")
                .hasMessageContaining("brings PostgreSQL 18");
        Files.writeString(version, ours);
    }

    @Test
    void a_path_that_cannot_be_a_folder_is_reported_in_a_sentence() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> EmbeddedPostgres.start(file.resolve("ledger"), TestDatabase.VERSION, Map.of()))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("cannot use the folder " + file.resolve("ledger"));
    }

    @Test
    void a_pid_file_that_names_some_other_program_is_no_obstacle() throws Exception {
        String someone = ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n0\n15432\n\n127.0.0.1\n";
        Files.writeString(folder.resolve("data/postmaster.pid"), someone);

        try (EmbeddedPostgres postgres = start()) {
            assertThat(show(postgres, "fsync")).isEqualTo("on");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "linux, amd64", "linux, aarch64", "mac os x, x86_64", "mac os x, aarch64",
    })
    void programs_are_packed_for(String system, String machine) {
        String resource = PostgresArchive.resource(system, machine);
        assertThat(resource).isNotNull();
        assertThat(PostgresArchive.class.getResource(String.valueOf(resource))).isNotNull();
    }

    private static EmbeddedPostgres start() throws IOException {
        LedgerProcess.shareProgramsWith(folder);
        return EmbeddedPostgres.start(folder, TestDatabase.VERSION, Map.of());
    }

    private static ProcessHandle server() throws IOException {
        String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static int port() throws Exception {
        return Files.readAllLines(folder.resolve("connection.properties")).stream()
                .filter(line -> line.startsWith("port="))
                .mapToInt(line -> Integer.parseInt(line.substring("port=".length())))
                .findFirst()
                .orElseThrow();
    }

    private static String show(EmbeddedPostgres postgres, String setting) throws SQLException {
        return query(postgres, "show " + setting);
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url("ledger"), postgres.user(),
                postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url("ledger"), postgres.user(),
                postgres.password());
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
