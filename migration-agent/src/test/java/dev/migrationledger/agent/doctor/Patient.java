package dev.migrationledger.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.testsupport.alembic.Python;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A project with its scripts, the Alembic of this machine, and a database of its own on a real server. What the doctor prints is
 * carried out as a person would: typed into a shell in the project's folder.
 */
final class Patient {

    private final Path folder;
    private final Path programs;
    private final String database = TestServer.newDatabase();

    private Patient(Path folder, Path programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /** With these scripts, all in one folder as if they had been merged; skips the test where there is no Alembic. */
    static Patient with(Path directory, String... scripts) throws Exception {
        String python = Python.withAlembic().interpreter();
        Patient patient = new Patient(directory.resolve("project"), directory.resolve("programs"));
        Files.createDirectories(patient.versions());
        for (String name : scripts) {
            patient.add(name);
        }
        Files.writeString(patient.ini(), "[alembic]\nscript_location = %(here)s/migrations\n");
        Files.writeString(patient.folder.resolve("migrations/env.py"), """
                import os

                from alembic import context
                from sqlalchemy import create_engine, pool

                # As the env.py that 'alembic init' writes.
                context.config.get_section(context.config.config_ini_section)
                url = os.environ["DATABASE_URL"]
                if context.is_offline_mode():
                    context.configure(url=url, literal_binds=True)
                    with context.begin_transaction():
                        context.run_migrations()
                else:
                    with create_engine(url, poolclass=pool.NullPool).connect() as connection:
                        context.configure(connection=connection)
                        with context.begin_transaction():
                            context.run_migrations()
                """);
        Files.writeString(patient.folder.resolve("migrations/script.py.mako"), """
                \"""${message}\"""

                revision = ${repr(up_revision)}
                down_revision = ${repr(down_revision)}


                def upgrade():
                    pass


                def downgrade():
                    pass
                """);
        Files.createDirectories(patient.programs);
        patient.program("alembic",
                "#!/bin/sh\nexec " + python + " -c 'from alembic.config import main; main()' \"$@\"\n");
        // As psql takes a script from a file, with the driver that Alembic has anyway.
        patient.program("psql", "#!/bin/sh\nexec " + python + " -c '" + """
                import os, sys, psycopg2
                connection = psycopg2.connect(os.environ["DATABASE_URL"])
                connection.autocommit = True
                connection.cursor().execute(open(sys.argv[sys.argv.index("-f") + 1]).read())
                """ + "' \"$@\"\n");
        return patient;
    }

    private void program(String name, String text) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path ini() {
        return folder.resolve("alembic.ini");
    }

    Path versions() {
        return folder.resolve("migrations/versions");
    }

    /** Adds scripts of the test's resources. */
    void add(String scripts) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/incidents", scripts, "versions"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".py")).toList()) {
                Files.copy(file, versions().resolve(file.getFileName()));
            }
        }
    }

    /** Edits a script as with an editor. */
    void edit(String script, String text, String other) throws IOException {
        Path file = versions().resolve(script + ".py");
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, other));
    }

    void remove(String script) throws IOException {
        Files.delete(versions().resolve(script + ".py"));
    }

    void sql(String... statements) {
        TestServer.run(database, statements);
    }

    /** Types a command that works. */
    String type(String command) throws Exception {
        ProcessOutput typed = typed(command);
        assertThat(typed.exitCode()).as("%s: %s", command, typed.text()).isZero();
        return typed.text();
    }

    /** Types a command that fails. */
    String fail(String command) throws Exception {
        ProcessOutput typed = typed(command);
        assertThat(typed.exitCode()).as("%s: %s", command, typed.text()).isNotZero();
        return typed.text();
    }

    private ProcessOutput typed(String command) throws Exception {
        return ProcessOutput.ofLine(command, folder, programs, Map.of("DATABASE_URL",
                "postgresql://postgres@127.0.0.1:%d/%s".formatted(TestServer.port(), database)));
    }

    /** What the doctor says, who may only read. */
    Diagnosed doctor() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLineFor("doctor").setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(
                "doctor", "--config", ini().toString(), "--database", TestServer.url(database), "--output", "json");
        assertThat(err.toString()).doesNotContain("Exception");
        return new Diagnosed(exitCode, new JsonMapper().readTree(out.toString()));
    }

    /** A diagnosis as its JSON has it. */
    record Diagnosed(int exitCode, JsonNode json) {

        List<String> codes() {
            return texts(json.get("findings"), "code");
        }

        /** With the lines below it. */
        String message(String code) {
            JsonNode finding = json.get("findings").valueStream().filter(it -> it.get("code").asString().equals(code))
                    .findFirst().orElseThrow(() -> new AssertionError("no " + code + " in " + json));
            return Stream.concat(Stream.of(finding.get("message").asString()),
                    finding.get("evidence").valueStream().filter(it -> it.get("what").asString().equals("detail"))
                            .map(it -> it.get("value").asString()))
                    .collect(Collectors.joining("\n"));
        }

        List<List<String>> candidates() {
            return json.get("physical").get("candidates").valueStream()
                    .map(rows -> rows.valueStream().map(JsonNode::asString).toList()).toList();
        }

        boolean exact() {
            return json.get("physical").get("exact").asBoolean();
        }

        /** The steps to type; one without a command is shown as what has to be decided. */
        List<String> plan() {
            return json.get("plan").valueStream()
                    .map(step -> step.hasNonNull("command")
                            ? step.get("command").asString()
                            : "? " + step.get("why").asString())
                    .toList();
        }

        private static List<String> texts(JsonNode array, String field) {
            return array.valueStream().map(it -> it.get(field).asString()).toList();
        }
    }

    /** The command as this project's doctor begins it. */
    String alembic() {
        return "alembic -c " + ini();
    }

    /** Types the whole plan, and asserts that everything is well then and nothing of what was there is gone. */
    void recovers(Diagnosed diagnosed) throws Exception {
        Map<String, List<List<String>>> before = data();
        for (String command : diagnosed.plan()) {
            type(command);
        }
        Diagnosed healthy = doctor();
        assertThat(healthy.codes()).as("after the plan: %s", healthy.json()).isEmpty();
        assertThat(healthy.exitCode()).isZero();
        Map<String, List<List<String>>> after = data();
        before.forEach((table, rows) -> {
            List<List<String>> kept = after.getOrDefault(table, List.of());
            assertThat(kept).as(table).hasSameSizeAs(rows);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(kept.get(i)).as("row of " + table).containsAll(rows.get(i));
            }
        });
    }

    /** By table, the values of each row that no migration of a type writes in another way; the version table left out. */
    private Map<String, List<List<String>>> data() throws SQLException {
        Map<String, List<List<String>>> data = new TreeMap<>();
        try (Connection owner = TestServer.owner(database); Statement statement = owner.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery("SELECT tablename FROM pg_tables"
                    + " WHERE schemaname = 'public' AND tablename <> 'alembic_version'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                List<List<String>> rows = new ArrayList<>();
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
                    while (row.next()) {
                        List<String> values = new ArrayList<>();
                        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                            if (!row.getMetaData().getColumnTypeName(column).startsWith("timestamp")) {
                                values.add(String.valueOf(row.getString(column)));
                            }
                        }
                        rows.add(values);
                    }
                }
                data.put(table, rows);
            }
        }
        return data;
    }
}
