package dev.migrationledger.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrationledger.ledger.platform.StartupFailure;
import dev.migrationledger.ledger.platform.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@code postmaster.pid} that a crash left behind never ends another process, and never keeps the ledger from starting. */
@Timeout(180)
class LeftOverServerTest {

    @TempDir
    static Path temp;

    /** One for all tests, because making one takes seconds; each leaves it stopped. */
    static Path folder;

    static Path data;

    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    static void make_the_folder() throws IOException {
        TestDatabase.create();
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        folder = temp.resolve("ledger");
        data = folder.resolve("data");
        start(folder).close();
    }

    @BeforeEach
    void nothing_is_left_over() throws IOException {
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    @AfterEach
    void end_processes() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    @Test
    void another_program_of_the_same_user_goes_on() throws Exception {
        startsBeside(program("sleep", List.of()).toHandle());
    }

    @Test
    void a_program_that_is_called_postgres_goes_on() throws Exception {
        startsBeside(program("postgres", List.of()).toHandle());
    }

    @Test
    void a_program_called_postgres_of_another_user_goes_on() throws Exception {
        assumeTrue(root(), "only root can start a process of another user");
        startsBeside(program("postgres", List.of("setpriv", "--reuid=nobody", "--clear-groups")).toHandle());
    }

    @Test
    void a_program_called_postgres_that_works_in_the_data_folder_of_another_ledger_goes_on() throws Exception {
        Path other = Files.createDirectories(temp.resolve("other/data"));
        Process process = new ProcessBuilder(copyOfSleep("postgres").toString(), "1000").directory(other.toFile())
                .start();
        processes.add(process);
        startsBeside(process.toHandle());
    }

    @Test
    void a_shell_in_the_data_folder_goes_on() throws Exception {
        Process shell = new ProcessBuilder("sleep", "1000").directory(data.toFile()).start();
        processes.add(shell);
        startsBeside(shell.toHandle());
    }

    @Test
    void the_postgresql_of_another_folder_goes_on() throws Exception {
        try (EmbeddedPostgres other = start(temp.resolve("another"))) {
            startsBeside(server(other.folder()));
            try (Connection connection = connect(other)) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void a_copy_of_a_folder_in_use_starts_beside_the_original() throws Exception {
        try (EmbeddedPostgres original = start(folder)) {
            ProcessHandle server = server(folder);
            Path copy = temp.resolve("copy");
            copy(folder, copy);
            try (EmbeddedPostgres second = start(copy); Connection connection = connect(second)) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThat(server.isAlive()).isTrue();
            try (Connection connection = connect(original)) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void the_id_of_an_ended_process_is_no_obstacle() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        startsWith(pidFile(Long.toString(ended.pid())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "0\n", "-1\n/somewhere\n", "half a wor", "99999999999999999999\n",
        "\u0000\u0000\u0000"})
    void a_file_that_was_cut_off_is_no_obstacle(String content) throws Exception {
        startsWith(content);
    }

    @Test
    void the_server_of_a_folder_is_ended_also_after_the_folder_was_renamed() throws Exception {
        Path old = temp.resolve("old");
        copy(folder, old);
        leaveServerRunning(old);
        ProcessHandle server = server(old);
        Path renamed = temp.resolve("renamed");
        Files.move(old, renamed);

        try (EmbeddedPostgres postgres = start(renamed); Connection connection = connect(postgres)) {
            assertThat(connection.isValid(5)).isTrue();
            // Its own parent may take a moment to notice.
            server.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        }
    }

    /** PostgreSQL 18 hangs when asked to stop during crash recovery; here a paused process makes it hang. */
    @Test
    void a_server_that_does_not_stop_cleanly_is_stopped_immediately() throws Exception {
        leaveServerRunning(folder);
        ProcessHandle server = server(folder);
        ProcessHandle paused = server.children().findFirst().orElseThrow();
        signal("STOP", paused);
        Path programs = folder.resolve("programs").resolve(TestDatabase.VERSION);
        new PostgresCluster(data, new PostgresPrograms(programs, folder)).stop(Duration.ofSeconds(1));
        server.onExit().orTimeout(60, TimeUnit.SECONDS).join();

        try (EmbeddedPostgres postgres = start(folder); Connection connection = connect(postgres)) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    /** Two servers on one folder would destroy it. PostgreSQL finds out by the shared memory, and must get to see it. */
    @Test
    void a_session_that_outlived_its_server_keeps_a_second_one_out() throws Exception {
        Path busy = temp.resolve("busy");
        copy(folder, busy);
        leaveServerRunning(busy);
        ProcessHandle server = server(busy);
        ProcessHandle session = server.children().findFirst().orElseThrow();
        signal("STOP", session);
        signal("KILL", server);
        server.onExit().join();
        Process foreign = program("postgres", List.of());
        Path file = busy.resolve("data/postmaster.pid");
        Files.writeString(file, Files.readString(file).replaceFirst("\\d+", Long.toString(foreign.pid())));
        try {
            assertThatThrownBy(() -> start(busy)).isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("pre-existing shared memory block")
                    .hasMessageContaining("still in use");
            assertThat(foreign.isAlive()).isTrue();
        } finally {
            signal("KILL", session);
        }
        session.onExit().join();
        try (EmbeddedPostgres postgres = start(busy); Connection connection = connect(postgres)) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void an_unreadable_process_of_another_user_is_foreign() throws Exception {
        assumeTrue(root(), "only root can start a process of another user");
        Process hidden = program("postgres", List.of());
        Path classes = temp.resolve("classes");
        copy(Path.of(PostmasterPid.class.getProtectionDomain().getCodeSource().getLocation().toURI()), classes);
        Path own = Files.createDirectories(temp.resolve("own"));
        Files.writeString(own.resolve("postmaster.pid"), pidFile(Long.toString(hidden.pid())));
        Files.copy(Path.of(WhosePid.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .resolve("dev/migrationledger/ledger/embedded/WhosePid.class"),
                classes.resolve("dev/migrationledger/ledger/embedded/WhosePid.class"));
        Process asked = new ProcessBuilder("sh", "-c",
                "chown -R nobody \"$1\" && chmod -R a+rX \"$2\" && exec setpriv --reuid=nobody --clear-groups \"$3\" -cp \"$2\" \"$4\" \"$1\"",
                "sh", own.toString(), classes.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                WhosePid.class.getName()).redirectErrorStream(true).start();
        processes.add(asked);
        assertThat(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("OtherProcess");
    }

    private static void leaveServerRunning(Path folder) throws Exception {
        Process ledger = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledLedger.class.getName(),
                folder.toString()).redirectErrorStream(true).redirectOutput(temp.resolve("killed.log").toFile())
                .start();
        assertThat(ledger.waitFor()).as(Files.readString(temp.resolve("killed.log"))).isZero();
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
        assertThat(kill.waitFor()).isZero();
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private static EmbeddedPostgres start(Path folder) throws IOException {
        LedgerProcess.shareProgramsWith(folder);
        return EmbeddedPostgres.start(folder, TestDatabase.VERSION, Map.of());
    }

    private void startsBeside(ProcessHandle other) throws Exception {
        startsWith(pidFile(Long.toString(other.pid())));
        assertThat(other.isAlive()).isTrue();
    }

    private void startsWith(String content) throws Exception {
        Files.writeString(data.resolve("postmaster.pid"), content);
        try (EmbeddedPostgres postgres = start(folder); Connection connection = connect(postgres)) {
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThat(data.resolve("postmaster.pid")).doesNotExist();
    }

    private static String pidFile(String pid) {
        return "%s\n%s\n%d\n15432\n\n127.0.0.1\n  5432001         7\nready   \n"
                .formatted(pid, data, Instant.now().minusSeconds(86_400).getEpochSecond());
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.url("ledger"), postgres.user(), postgres.password());
    }

    private static ProcessHandle server(Path folder) throws IOException {
        String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private Process program(String name, List<String> prefix) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(copyOfSleep(name).toString(), "1000"));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    private static void copy(Path from, Path to) throws Exception {
        Process copying = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start();
        assertThat(copying.waitFor()).isZero();
    }

    /** A program of any name that does nothing. */
    private static Path copyOfSleep(String name) throws IOException {
        Path copy = temp.resolve("bin").resolve(name);
        if (!Files.exists(copy)) {
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of("/usr/bin/sleep"), copy);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return copy;
    }
}
