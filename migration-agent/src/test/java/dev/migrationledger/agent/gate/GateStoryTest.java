package dev.migrationledger.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.testsupport.alembic.RealAlembic;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.postgresql.TestServer;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gate --start} as a container runs it: whole processes, real Alembic, and images that are folders. */
class GateStoryTest {

    private static final Pattern ENTRY_POINT = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    @TempDir
    Path temp;

    private final String database = TestServer.newDatabase();

    @Test
    void a_stale_database_refuses_an_image_until_the_upgrade_that_the_gate_names() throws Exception {
        Path image = image("image", "a", "b");
        alembic(image).run("upgrade", "a");

        ProcessOutput blocked = gate(image);
        assertThat(blocked.exitCode()).as(blocked.text()).isEqualTo(1);
        assertThat(blocked.text()).contains("behind the code: 1 revision to run", "1. alembic upgrade head");

        alembic(image).run("upgrade", "head");
        ProcessOutput allowed = gate(image);
        assertThat(allowed.exitCode()).as(allowed.text()).isZero();
        assertThat(allowed.text()).startsWith("allowed: at b");
    }

    @Test
    void a_rollback_image_is_refused_until_the_database_goes_back_or_a_person_allows_the_newer_schema()
            throws Exception {
        Path newer = image("newer", "a", "b", "c");
        Path older = image("older", "a", "b");
        alembic(newer).run("upgrade", "head");
        assertThat(gate(newer).exitCode()).isZero();

        ProcessOutput blocked = gate(older, "--wait", "10m");
        assertThat(blocked.exitCode()).as(blocked.text()).isEqualTo(1);
        assertThat(blocked.text()).contains("ahead of the code", "has row 'c'", "--allow-ahead c");
        assertThat(alembic(older).fail("upgrade", "head")).contains("Can't locate revision");

        assertThat(gate(older, "--allow-ahead", "c").exitCode()).isZero();
        alembic(newer).run("downgrade", "b");
        assertThat(gate(older).exitCode()).isZero();
    }

    @Test
    void processes_wait_while_a_migration_runs_and_start_after_it() throws Exception {
        Path image = image("image", "a", "b");
        Files.writeString(image.resolve("migrations/versions/b.py"),
                script("b", "\"a\"", "op.execute(\"SELECT pg_sleep(4)\")"));
        alembic(image).run("upgrade", "a");
        Process first = started(image, "first", "--wait", "2m");
        Process second = started(image, "second", "--wait", "2m");
        for (String name : List.of("first", "second")) {
            awaitText(name, "s left: 1 revision is pending: 'b'");
        }

        Thread migration = Thread.ofPlatform().start(() -> {
            try {
                alembic(image).run("upgrade", "head");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        Thread.sleep(1500);
        assertThat(migration.isAlive()).isTrue();
        assertThat(first.isAlive() && second.isAlive()).as("both wait during the migration").isTrue();

        assertThat(exit(first)).isZero();
        assertThat(exit(second)).isZero();
        migration.join();
        assertThat(rows()).containsExactly("b");
        assertThat(temp.resolve("first")).content().contains("allowed: at b");
    }

    @Test
    void a_database_that_does_not_exist_yet_is_waited_for() throws Exception {
        Path image = image("image", "a");
        Process waiting = started(image, "waiting", "--database", url() + "_later", "--wait", "2m");
        awaitText("waiting", "has no database");

        TestServer.run(database, "CREATE DATABASE \"%s_later\"".formatted(database));
        awaitText("waiting", "does not exist, so no revision");
        RealAlembic.in(image, Map.of("DATABASE_URL", url() + "_later")).run("upgrade", "head");

        assertThat(exit(waiting)).isZero();
    }

    @Test
    void branches_and_dependencies_are_needed_as_alembic_stamps_them() throws Exception {
        Path image = image("image", "a", "b");
        Files.writeString(image.resolve("migrations/versions/x.py"), script("x", "None", "op.execute('SELECT 1')"));
        Files.writeString(image.resolve("migrations/versions/y.py"),
                script("y", "\"x\"", "op.execute('SELECT 1')") + "\n\ndepends_on = \"b\"\n");
        alembic(image).run("upgrade", "x");
        assertThat(gate(image).exitCode()).isEqualTo(1);

        alembic(image).run("upgrade", "heads");
        assertThat(rows()).containsExactly("y");
        assertThat(gate(image).exitCode()).isZero();
    }

    @Test
    void the_entry_point_of_the_documentation_starts_the_program_after_the_upgrade_only() throws Exception {
        Path image = image("image", "a", "b");
        alembic(image).run("upgrade", "a");
        Matcher recipe = ENTRY_POINT.matcher(Files.readString(Path.of("../docs/gate.md")));
        assertThat(recipe.find()).isTrue();
        executable(image.resolve("entrypoint.sh"), recipe.group(1));
        Path programs = Files.createDirectory(temp.resolve("programs"));
        executable(programs.resolve("migration-agent"),
                "#!/bin/sh\nexec '" + String.join("' '", agent()) + "' \"$@\"\n");
        Map<String, String> environment = Map.of("DATABASE_URL", url(), "GATE_WAIT", "100ms");

        ProcessOutput blocked = ProcessOutput.ofLine("./entrypoint.sh echo program started", image, programs,
                environment);
        assertThat(blocked.exitCode()).as(blocked.text()).isEqualTo(1);
        assertThat(blocked.text()).doesNotContain("program started");

        alembic(image).run("upgrade", "head");
        ProcessOutput started = ProcessOutput.ofLine("./entrypoint.sh sh -c 'echo program started; exit 7'", image,
                programs, environment);
        assertThat(started.exitCode()).as("the program's own").isEqualTo(7);
        assertThat(started.text()).contains("allowed: at b", "program started");
    }

    /** The scripts of an image: a line of revisions, each the parent of the next. */
    private Path image(String name, String... revisions) throws IOException {
        Path image = temp.resolve(name);
        Files.createDirectories(image.resolve("migrations/versions"));
        Files.writeString(image.resolve("alembic.ini"), "[alembic]\nscript_location = migrations\n");
        Files.writeString(image.resolve("migrations/env.py"), """
                import os

                from alembic import context
                from sqlalchemy import create_engine, pool

                with create_engine(os.environ["DATABASE_URL"], poolclass=pool.NullPool).connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                """);
        String parent = "None";
        for (String revision : revisions) {
            Files.writeString(image.resolve("migrations/versions/" + revision + ".py"), script(revision, parent,
                    "op.create_table(\"table_%s\", sa.Column(\"id\", sa.Integer()))".formatted(revision)));
            parent = "\"" + revision + "\"";
        }
        return image;
    }

    private static String script(String revision, String parent, String upgrade) {
        return """
                import sqlalchemy as sa
                from alembic import op

                revision = "%s"
                down_revision = %s


                def upgrade():
                    %s


                def downgrade():
                    op.drop_table("table_%s")
                """.formatted(revision, parent, upgrade, revision);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private RealAlembic alembic(Path image) {
        return RealAlembic.in(image, Map.of("DATABASE_URL", url()));
    }

    private String url() {
        return "postgresql://postgres@127.0.0.1:%d/%s".formatted(TestServer.port(), database);
    }

    private static List<String> agent() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName());
    }

    private ProcessBuilder gateOf(Path image, String... arguments) {
        List<String> command = new ArrayList<>(agent());
        command.addAll(List.of("gate", "--start"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(image.toFile()).redirectErrorStream(true);
        builder.environment().put("DATABASE_URL", url());
        return builder;
    }

    private ProcessOutput gate(Path image, String... arguments) throws Exception {
        return ProcessOutput.of(gateOf(image, arguments));
    }

    /** In the background, writing into a file of this name. */
    private Process started(Path image, String name, String... arguments) throws IOException {
        return gateOf(image, arguments).redirectOutput(temp.resolve(name).toFile()).start();
    }

    private void awaitText(String name, String text) throws Exception {
        Eventually.becomes(name, () -> Files.readString(temp.resolve(name)), written -> written.contains(text));
    }

    private static int exit(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the gate ends").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection open = TestServer.owner(database);
                Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery("SELECT version_num FROM alembic_version ORDER BY 1")) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }
}
