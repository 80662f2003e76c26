package dev.migrationledger.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that was typed, or written into a file, in any wrong place: no command repeats it. */
class CommandSecretsTest {

    private static final String SECRET = "s3cr3tOfThem";

    private static final List<String> COMMANDS = List.of("scan", "heads", "history", "show", "doctor", "watch",
            "observe",
            "compare", "gate --start", "enroll", "schema", "run", "capture install", "capture status",
            "capture uninstall", "policy show", "policy apply policy.yaml", "policy dry-run policy.yaml",
            "policy baseline", "policy baseline accept",
            "policy baseline withdraw", "approve " + new UUID(0, 1), "override open --reason r --until 2h",
            "override list",
            "override close", "override review --remark r", "merge list", "merge show", "merge propose --environment e",
            "merge approve", "merge reject --reason r", "merge withdraw --reason r",
            "merge write", "merge check", "merge rehearse", "mcp --project p", "audit",
            "audit verify export.ndjson");

    @TempDir
    Path folder;

    @Test
    void no_command_repeats_a_secret_from_the_wrong_place() {
        List<String> wrong = List.of(
                "--databse postgresql://u:" + SECRET + "@127.0.0.1:1/db",
                "--database postgresql://u:" + SECRET + "@127.0.0.1:1/db?sslmode=require&nonsense=1",
                "--database postgresql://u:" + SECRET + "/x@127.0.0.1:1/db",
                "--database postgresql://u:" + SECRET + "@127.0.0.1:port/db",
                "--database mysql://u:" + SECRET + "@127.0.0.1/db",
                "--database postgresql://u@127.0.0.1:1/db?sslmode=" + SECRET,
                "--database postgresql://u@127.0.0.1:1/db?password=" + SECRET + "&sslmode=require",
                "--database postgresql://u@127.0.0.1:1/db?options=" + SECRET,
                "--database postgresql://u@127.0.0.1:1/db?target_session_attrs=" + SECRET,
                "--database jdbc:postgresql://127.0.0.1:1/db?user=a&password=" + SECRET,
                "--database u:" + SECRET + "@127.0.0.1/db",
                "--ledger http://u:" + SECRET + "@127.0.0.1:1 --project p --environment e",
                "--ledger nonsense://u:" + SECRET + "@127.0.0.1:1 --project p --environment e",
                "--ledger http://127.0.0.1:1 --code mle_" + "0".repeat(32) + "_" + SECRET + " --key /dev/null/none",
                "--password=" + SECRET,
                "--db-pass " + SECRET);
        for (String command : COMMANDS) {
            for (String arguments : wrong) {
                List<String> words = new ArrayList<>(List.of(command.split(" ")));
                words.addAll(List.of(arguments.split(" ")));
                assertThat(output(words)).as(command + " " + arguments).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void no_finding_repeats_a_secret_of_a_configuration() throws IOException {
        Path versions = Files.createDirectories(folder.resolve("versions"));
        Files.writeString(versions.resolve("a.py"), "revision = 'a'\ndown_revision = None\n");
        for (String line : List.of("pw = " + SECRET + "%", "db_pass " + SECRET, SECRET, "= " + SECRET,
                "sqlalchemy.url = postgresql://u:" + SECRET + "%@127.0.0.1:1/db",
                "sqlalchemy.url = mysql://u:" + SECRET + "@127.0.0.1:1/db",
                "sqlalchemy.url = postgresql://u@127.0.0.1:1/db?sslmode=" + SECRET,
                "my.option = %(" + "nowhere)s" + SECRET)) {
            Files.writeString(folder.resolve("alembic.ini"),
                    "[alembic]\nscript_location = " + folder + "\n" + line + "\n");
            for (String command : List.of("scan", "doctor", "heads", "schema", "capture status")) {
                for (String form : List.of("text", "json")) {
                    List<String> words = new ArrayList<>(List.of(command.split(" ")));
                    words.addAll(List.of("--config", folder.resolve("alembic.ini").toString(), "--output", form));
                    assertThat(output(words)).as(command + ": " + line).doesNotContain(SECRET);
                }
            }
        }
    }

    @Test
    void no_code_quality_report_has_a_secret() throws IOException {
        Path versions = Files.createDirectories(folder.resolve("versions"));
        Path report = folder.resolve("issues.json");
        Path config = folder.resolve("alembic.ini");
        String url = "postgresql://u:" + SECRET + "@127.0.0.1:1/db";
        Files.writeString(versions.resolve("a.py"), "revision = 'a'\ndown_revision = '" + url + "'\n");
        for (String line : List.of("", "pw = " + SECRET + "%", SECRET, "sqlalchemy.url = " + url.replace("1/", "%/"))) {
            Files.writeString(config, "[alembic]\nscript_location = " + folder + "\n" + line + "\n");
            for (String command : List.of("scan", "merge check", "gate --start --database " + url)) {
                List<String> words = new ArrayList<>(List.of(command.split(" ")));
                words.addAll(List.of("--config", config.toString(), "--code-quality", report.toString()));
                output(words);
                assertThat(Files.readString(report)).as(command + ": " + line).startsWith("[").contains("check_name")
                        .doesNotContain(SECRET);
            }
        }
        assertThat(output(List.of("scan", "--config", config.toString(), "--code-quality", "/dev/null/" + url)))
                .contains("--code-quality cannot write").doesNotContain(SECRET);
    }

    @Test
    void no_place_of_a_script_that_cannot_be_read_repeats_a_secret() throws IOException {
        Path versions = Files.createDirectories(folder.resolve("versions"));
        Files.writeString(folder.resolve("alembic.ini"), "[alembic]\nscript_location = " + folder + "\n");
        for (String statement : List.of(
                "op.execute(load('postgresql://u:" + SECRET + "@db/app'))",
                "op.execute(\"SELECT dblink_connect('host=db password=" + SECRET + "'), \" + name)",
                "op.create_table(name_of(password='" + SECRET + "'))",
                "connect(api_key=\"" + SECRET + "\")",
                "op.execute(\"NONSENSE user PASSWORD '" + SECRET + "'\")",
                "op.execute(\"DO $$ BEGIN PERFORM dblink_connect('host=db password=" + SECRET + "'); END $$\")")) {
            Files.writeString(versions.resolve("a.py"),
                    "revision = 'a'\ndown_revision = None\ndef upgrade():\n    " + statement + "\n");
            for (String form : List.of("text", "json")) {
                assertThat(output(List.of("show", "a", "--config", folder.resolve("alembic.ini").toString(), "--output",
                        form))).as(statement).contains("***").doesNotContain(SECRET);
            }
        }
    }

    @Test
    void a_label_that_is_too_long_is_refused_with_its_length() throws IOException {
        Files.createDirectories(folder.resolve("versions"));
        Files.writeString(folder.resolve("alembic.ini"), "[alembic]\nscript_location = " + folder + "\n");
        String value = "password=" + SECRET + "x".repeat(2_000);
        for (String command : List.of("watch", "observe")) {
            assertThat(output(List.of(command, "--project", "p", "--environment", "e", "--ledger", "http://127.0.0.1:1",
                    "--database", "postgresql://u@127.0.0.1:1/db", "--config",
                    folder.resolve("alembic.ini").toString(), "--spool", folder.resolve("spool").toString(), "--label",
                    "note=" + value)))
                    .contains("--label note has a value of 2,021 characters; use at most 1,000.")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void a_url_comes_from_a_file_that_only_its_owner_may_read() throws IOException {
        Path file = Files.writeString(folder.resolve("url"), "postgresql://u:" + SECRET + "@127.0.0.1:1/db\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(output(List.of("schema", "--database-file", file.toString()))).contains("Others may read or write")
                .contains("chmod 600").doesNotContain(SECRET);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(output(List.of("schema", "--database-file", file.toString())))
                .contains("No PostgreSQL server answers at 127.0.0.1:1").doesNotContain(SECRET);
        assertThat(output(List.of("schema", "--database-file", folder.resolve("none").toString())))
                .contains("is not a file with a URL");
    }

    @Test
    void standard_error_is_stripped_of_secrets_and_terminal_controls() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (PrintStream err = new PrintStream(
                new ErrorLines(new PrintStream(shown, true, StandardCharsets.UTF_8)), true, StandardCharsets.UTF_8)) {
            err.println("FATAL: postgresql://u:" + SECRET + "@db/app \u001b[2J\u202egnp");
            err.print("password=" + SECRET);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo(
                "FATAL: postgresql://u:***@db/app \\u001b[2J\\u202egnp\npassword=***");
    }

    private static String output(List<String> words) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        String[] arguments = words.toArray(String[]::new);
        Main.execute(Main.commandLineFor(arguments).setOut(writer).setErr(writer), arguments);
        return output.toString();
    }
}
