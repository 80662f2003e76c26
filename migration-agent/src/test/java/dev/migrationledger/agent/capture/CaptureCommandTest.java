package dev.migrationledger.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.testsupport.golden.GoldenFile;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * One story in commands: {@code src/test/resources/capture/transcript.txt}, rewritten only with {@code
 * -Dgolden.update=true}.
 */
class CaptureCommandTest {

    private static final Path TRANSCRIPT = Path.of("src/test/resources/capture/transcript.txt");

    @TempDir
    Path folder;

    private final TestServers server = TestServers.version(18);
    private final String database = server.newDatabase();
    private final String owner = server.newRole();
    private final StringBuilder transcript = new StringBuilder();

    @Test
    void capture_is_installed_used_and_removed() throws Exception {
        server.run("postgres", "ALTER DATABASE " + database + " OWNER TO " + owner);
        server.run(database, "GRANT ALL ON SCHEMA public TO " + owner);

        run(ExitCode.FINDINGS, "status");
        run(ExitCode.OK, "uninstall");
        run(ExitCode.FINDINGS, "install");
        run(ExitCode.FINDINGS, "status");
        sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)");
        run(ExitCode.OK, "install", "--keep", "500", "--reader", "watcher");
        run(ExitCode.OK, "status");
        sql("INSERT INTO alembic_version VALUES ('a')");
        run(ExitCode.OK, "status", "--output", "json");
        sql("ALTER TABLE alembic_version DISABLE TRIGGER ALL");
        run(ExitCode.FINDINGS, "status");
        run(ExitCode.OK, "install");
        sql("REVOKE ALL ON migration_ledger.change FROM " + owner, "UPDATE alembic_version SET version_num = 'b'",
                "GRANT ALL ON migration_ledger.change TO " + owner);
        run(ExitCode.FINDINGS, "status");
        run(ExitCode.FINDINGS, "uninstall");
        try (Connection other = server.as(owner, database)) {
            other.setAutoCommit(false);
            sqlOn(other, "UPDATE alembic_version SET version_num = 'c'");
            run(ExitCode.UNKNOWN, "uninstall", "--yes");
            other.rollback();
        }
        run(ExitCode.OK, "uninstall", "--yes", "--output", "json");
        run(ExitCode.USAGE, "install", "--keep", "5");
        run(ExitCode.USAGE, "install", "--reader");
        run(ExitCode.UNKNOWN, "install", "--reader", "nobody");
        run(ExitCode.USAGE);

        compare(transcript.toString());
    }

    @Test
    void a_server_that_is_away_is_no_sign_of_health() {
        List<String> command = List.of("capture", "status", "--database", "postgresql://nobody@127.0.0.1:1/none");
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLineFor("capture").setErr(new PrintWriter(err));
        assertThat(line.execute(command.toArray(String[]::new))).isEqualTo(ExitCode.UNKNOWN);
        assertThat(err.toString()).contains("No PostgreSQL server answers at 127.0.0.1:1");
    }

    /** The whole server is stopped: the kernel accepts a connection for it, and it stays silent. */
    @Test
    @Timeout(120)
    void a_server_that_is_frozen_is_given_up() throws Exception {
        Path scripts = Files.createDirectory(folder.resolve("versions"));
        Files.writeString(scripts.resolve("a.py"), "revision = 'a'\ndown_revision = None\n");
        String url = "postgresql://%s@127.0.0.1:%d/%s?sslmode=disable".formatted(owner, server.port(), database);
        String postmaster = postmaster();
        signal("STOP", postmaster);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            // At once, because each waits for ten seconds.
            List<CompletableFuture<String>> commands = Stream.of(
                    List.of("capture", "status", "--database", url),
                    List.of("schema", "--database", url),
                    List.of("doctor", "--scripts", scripts.toString(), "--database", url))
                    .map(command -> CompletableFuture.supplyAsync(() -> exitCodeAndOutput(command), threads))
                    .toList();
            assertThat(commands).extracting(CompletableFuture::join).allSatisfy(typed -> assertThat(typed)
                    .startsWith(ExitCode.UNKNOWN + " ")
                    .contains("No PostgreSQL server answers at 127.0.0.1:" + server.port()
                            + "; check that it is running"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
        } finally {
            signal("CONT", postmaster);
        }
    }

    private static String exitCodeAndOutput(List<String> command) {
        StringWriter output = new StringWriter();
        CommandLine line = Main.commandLineFor(command.getFirst()).setOut(new PrintWriter(output))
                .setErr(new PrintWriter(output));
        return line.execute(command.toArray(String[]::new)) + " " + output;
    }

    private String postmaster() throws SQLException {
        try (Connection open = server.owner(database);
                Statement statement = open.createStatement();
                ResultSet row = statement
                        .executeQuery("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void signal(String name, String process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, process).start().waitFor()).isZero();
    }

    private void run(int expected, String... arguments) {
        List<String> command = new ArrayList<>(List.of("capture"));
        command.addAll(List.of(arguments));
        String typed = String.join(" ", command);
        if (arguments.length > 0) {
            command.addAll(List.of(
                    "--database", "postgresql://%s@127.0.0.1:%d/%s".formatted(owner, server.port(), database)));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.commandLineFor("capture").setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(command.toArray(String[]::new));
        transcript.append("$ migration-agent ").append(typed).append('\n').append(out).append(err)
                .append("(exit ").append(exit).append(")\n\n");
        assertThat(exit).as(transcript.toString()).isEqualTo(expected);
    }

    private void sql(String... statements) throws Exception {
        try (Connection session = server.as(owner, database)) {
            for (String sql : statements) {
                sqlOn(session, sql);
                transcript.append("=> ").append(sql).append('\n');
            }
        }
        transcript.append('\n');
    }

    private static void sqlOn(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    private void compare(String expectedText) throws IOException {
        String portable = expectedText.replace("\r\n", "\n")
                .replace("127.0.0.1:" + server.port(), "127.0.0.1:5432")
                .replaceAll("\\b" + database + "\\b", "shop")
                .replaceAll("\\b" + owner + "\\b", "deploy")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "2026-03-01T12:00:00.000000Z");
        GoldenFile.compare(TRANSCRIPT, portable);
    }
}
