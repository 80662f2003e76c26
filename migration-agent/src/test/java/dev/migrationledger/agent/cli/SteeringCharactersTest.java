package dev.migrationledger.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database and scripts whose names hold what steers a terminal: no command prints it raw. */
class SteeringCharactersTest {

    /** Clears the screen, turns the direction of writing, and begins a line. */
    private static final String EVIL = "x\u001b[2J\u202e\u2066y";
    private static final String SHOWN = "x\\u001b[2J\\u202e\\u2066y";

    private final String database = TestServer.newDatabase();

    @TempDir
    Path folder;

    @BeforeEach
    void evil_names() throws Exception {
        TestServer.run(database,
                "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('%s')".formatted(EVIL),
                "CREATE TABLE \"%1$s\" (\"%1$s\" text DEFAULT '%1$s' CHECK (\"%1$s\" <> '%1$s'))".formatted(EVIL),
                "CREATE VIEW \"v%1$s\" AS SELECT '%1$s'::text AS \"%1$s\"".formatted(EVIL),
                "CREATE TYPE \"t%1$s\" AS ENUM ('%1$s')".formatted(EVIL));
        Path versions = Files.createDirectory(folder.resolve("versions"));
        Files.writeString(versions.resolve("a%s.py".formatted(EVIL)), """
                \"""does \\x1b[2J\\u202e
                \"""
                from alembic import op
                revision = 'a\\x1b[2J\\u202e'
                down_revision = None
                branch_labels = 'l\\x1b[2J\\u202e'
                def upgrade():
                    op.create_table('%1$s')
                    op.drop_column('%1$s', '%1$s')
                    op.execute('nonsense %1$s')
                """.formatted("z\\x1b[2J\\u202e"));
        Files.writeString(versions.resolve("b.py"), "revision = 'b'\ndown_revision = 'none\\x1b[2J\\u202e'\n");
    }

    @Test
    void no_command_prints_what_steers_a_terminal() {
        String scripts = folder.resolve("versions").toString();
        String url = TestServer.url(database);
        String other = TestServer.url(TestServer.newDatabase());
        for (List<String> command : List.of(
                List.of("schema", "--database", url),
                List.of("schema", "--database", url, "--compare", other),
                List.of("doctor", "--scripts", scripts, "--database", url))) {
            assertThat(output(command)).as("%s", command).contains(SHOWN);
        }
        for (List<String> command : List.of(
                List.of("scan", "--scripts", scripts),
                List.of("heads", "--scripts", scripts),
                List.of("history", "--scripts", scripts),
                List.of("show", "a\u001b[2J\u202e", "--scripts", scripts))) {
            assertThat(output(command)).as("%s", command).contains("\\u001b[2J\\u202e");
        }
        for (List<String> command : List.of(
                List.of("schema", "--database", url),
                List.of("doctor", "--scripts", scripts, "--database", url),
                List.of("scan", "--scripts", scripts),
                List.of("heads", "--scripts", scripts),
                List.of("history", "--scripts", scripts),
                List.of("observe", "--scripts", scripts, "--database", url))) {
            assertThat(output(Stream.concat(command.stream(), Stream.of("--output", "json")).toList()))
                    .as("%s as JSON", command)
                    .containsIgnoringCase("\\u001b[2J\\u202e");
        }
        output(List.of("capture", "status", "--database", url));
        output(List.of("show", EVIL, "--scripts", scripts));
        output(List.of("schema", "--database", url, "--schema", EVIL));
        output(List.of("doctor", "--scripts", scripts, "--database", url, "--version-table", EVIL));
    }

    private static String output(List<String> words) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        String[] arguments = words.toArray(String[]::new);
        Main.execute(Main.commandLineFor(arguments).setOut(writer).setErr(writer), arguments);
        assertThat(output.toString()).as("%s", words).isNotBlank()
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n]]");
        return output.toString();
    }
}
