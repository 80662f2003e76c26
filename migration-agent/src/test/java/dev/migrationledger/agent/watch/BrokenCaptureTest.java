package dev.migrationledger.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.watch.MigrationKind.Step;
import dev.migrationledger.testsupport.alembic.Python;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Alembic migrates on while capture is broken beneath it. */
class BrokenCaptureTest {

    @TempDir
    Path project;

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void alembic_does_not_notice_a_log_that_is_gone(int version) throws Exception {
        String python = Python.withAlembic().interpreter();
        TestServers server = TestServers.version(version);
        String database = server.newDatabase();
        Files.createDirectories(project.resolve("migrations/versions"));
        Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = migrations\n");
        AlembicMigrations.prepare(project, server.port(), database, "postgres");
        List<MigrationKind> kinds = MigrationKind.all("postgres").subList(0, 5);
        String parent = "";
        for (MigrationKind kind : kinds) {
            Step step = kind.revisions(parent).getFirst();
            String script = kind.script(step).replace("down_revision = \"\"", "down_revision = None");
            Files.writeString(project.resolve("migrations/versions/" + step.revision() + ".py"), script);
            for (String sql : kind.setup()) {
                server.run(database, sql);
            }
            parent = kind.table();
        }
        String url = "postgresql://postgres:postgres@127.0.0.1:" + server.port() + "/" + database;
        assertThat(capture("install", url)).isEqualTo(ExitCode.OK);
        server.run(database, "DROP TABLE migration_ledger.change", "DROP TABLE migration_ledger.touched");
        try (Migrations alembic = AlembicMigrations.in(project, python)) {
            alembic.upgrade(kinds.getFirst().table());
            alembic.downgrade("base");
            alembic.stamp(List.of("base"));
            alembic.upgrade("head");
        }
        try (Connection connection = server.owner(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT version_num, (SELECT last_value FROM migration_ledger.failure_count) FROM alembic_version")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo(parent);
            assertThat(row.getInt(2)).isPositive();
        }
        assertThat(capture("status", url)).isEqualTo(ExitCode.FINDINGS);
        assertThat(capture("install", url)).isEqualTo(ExitCode.OK);
        assertThat(capture("status", url)).isEqualTo(ExitCode.OK);
    }

    private static int capture(String command, String url) {
        StringWriter out = new StringWriter();
        return Main.commandLineFor("capture").setOut(new PrintWriter(out)).execute("capture", command, "--database",
                url);
    }
}
