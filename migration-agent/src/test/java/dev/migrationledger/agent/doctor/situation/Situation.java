package dev.migrationledger.agent.doctor.situation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.database.postgresql.CatalogText;
import dev.migrationledger.testsupport.alembic.PreloadedAlembic;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A project in a folder and a database of its own, to which the steps of a situation happen. */
final class Situation {

    /** How often a plan is followed before it counts as leading nowhere. */
    private static final int ROUNDS = 3;

    private static final String INI = "[alembic]\nscript_location = %(here)s/migrations\n";

    private static final String ENV = """
            import os

            from alembic import context
            from sqlalchemy import create_engine, pool

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
            """;

    private static final String TEMPLATE = """
            revision = ${repr(up_revision)}
            down_revision = ${repr(down_revision)}


            def upgrade():
                pass


            def downgrade():
                pass
            """;

    // As psql takes a script from a file, its standard input or its arguments, with the driver that Alembic has anyway.
    private static final String PSQL = """
            import os, sys, psycopg2
            connection = psycopg2.connect(os.environ["DATABASE_URL"])
            connection.autocommit = True
            words = sys.argv[1:]
            scripts = [words[i + 1] if word == "-c" else open(words[i + 1]).read()
                       for i, word in enumerate(words) if word in ("-c", "-f")]
            for script in scripts or [sys.stdin.read()]:
                connection.cursor().execute(script)
            if "--single-transaction" in words:
                connection.cursor().execute("COMMIT")
            """;

    private final Path folder;
    private final Path programs;
    private final PreloadedAlembic alembics;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Connection> locks = new ArrayList<>();
    private String database = TestServer.newDatabase();

    /**
     * @param project with its scripts, if it has a folder for them
     * @param directory where the situation can have its files
     */
    Situation(Path project, Path directory, PreloadedAlembic alembics, String python) throws IOException {
        this.folder = directory.resolve("project");
        this.programs = directory.resolve("programs");
        this.alembics = alembics;
        Files.createDirectories(folder.resolve("migrations/versions"));
        Files.createDirectories(programs);
        Files.writeString(folder.resolve("alembic.ini"), INI);
        Files.writeString(folder.resolve("migrations/env.py"), ENV);
        Files.writeString(folder.resolve("migrations/script.py.mako"), TEMPLATE);
        if (Files.isDirectory(project)) {
            copy(project);
        }
        program("alembic", python, "from alembic.config import main\nmain()\n");
        program("psql", python, PSQL);
    }

    private void copy(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                write(project.relativize(file).toString(), Files.readString(file));
            }
        }
    }

    private void program(String name, String python, String text) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/usr/bin/env " + python + "\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(String.valueOf(path.getParent()) == null ? folder : path.getParent());
        Files.writeString(path, text);
    }

    /** Lets a step happen, or holds what it expects. */
    void take(Step step) throws Exception {
        String rest = filled(step.rest());
        switch (step.verb()) {
            case "needs" -> need(rest);
            case "revision" -> revision(rest, step.block());
            case "file" -> write(rest, filled(step.block()) + "\n");
            case "database" -> database = TestServer.newDatabase();
            case "env" -> environment.put(rest.split("=", 2)[0], rest.split("=", 2)[1]);
            case "sql" -> TestServer.run(database, rest.isEmpty() ? step.block() : rest);
            case "lock" -> lock(rest);
            case "release" -> release();
            case "shell" -> shell(step, rest);
            case "alembic" -> alembic(step, rest);
            case "upgrade", "downgrade", "stamp" -> alembic(step, step.verb() + " " + rest);
            case "walk" -> walk(step, rest);
            case "doctor", "doctor-alone" -> doctor(step, rest);
            case "ask" -> ask(step, rest);
            case "follow" -> follow(step, rest);
            case "same-schema-as" -> sameSchema(step, rest);
            default -> throw new IllegalArgumentException(step + ": no such step");
        }
    }

    private void lock(String tables) throws SQLException {
        Connection migration = TestServer.owner(database);
        locks.add(migration);
        migration.setAutoCommit(false);
        try (Statement statement = migration.createStatement()) {
            statement.execute("LOCK TABLE " + tables + " IN ACCESS EXCLUSIVE MODE");
        }
    }

    private void release() throws SQLException {
        for (Connection migration : locks) {
            migration.close();
        }
        locks.clear();
    }

    private String url() {
        return "postgresql://postgres@127.0.0.1:%d/%s".formatted(TestServer.port(), database);
    }

    private String filled(String text) {
        return text.replace("{url}", url()).replace("{database}", database)
                .replace("{port}", String.valueOf(TestServer.port()));
    }

    private void need(String what) throws Exception {
        String[] words = what.split(" ", -1);
        if (words[0].equals("alembic")) {
            String version = alembics.run(folder, Map.of(), List.of("--version")).output().strip().replace("alembic ",
                    "");
            assumeThat(Runtime.Version.parse(version).compareToIgnoreOptional(Runtime.Version.parse(words[1])))
                    .as("needs Alembic %s, and this is %s", words[1], version).isNotNegative();
        } else {
            throw new IllegalArgumentException(what);
        }
    }

    /** {@code ID [after PARENT …]}: the block is what {@code upgrade} does. */
    private void revision(String rest, String block) throws IOException {
        String[] words = rest.split(" +");
        List<String> parents = List.of(words).subList(Math.min(words.length, 2), words.length);
        String down = parents.stream().map(parent -> "\"" + parent + "\"").collect(Collectors.joining(", "));
        write("migrations/versions/" + words[0] + ".py", """
                import sqlalchemy as sa
                from alembic import op
                from sqlalchemy.dialects import postgresql

                revision = "%s"
                down_revision = %s


                def upgrade():
                %s


                def downgrade():
                    pass
                """.formatted(words[0], parents.isEmpty() ? "None" : parents.size() == 1 ? down : "(" + down + ")",
                (block.isEmpty() ? "pass" : block).indent(4)));
    }

    private void alembic(Step step, String rest) throws IOException {
        boolean fails = rest.endsWith(" fails");
        List<String> arguments = List.of((fails ? rest.substring(0, rest.length() - 6) : rest).strip().split(" +"));
        PreloadedAlembic.Answer answer = alembics.run(folder, variables(), arguments);
        assertThat(answer.code() != 0).as("%s ends with %d\n%s", step, answer.code(), answer.output()).isEqualTo(fails);
        if (!step.block().isEmpty()) {
            assertThat(answer.output()).as(step.toString()).contains(step.block().lines().toList());
        }
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>(Map.of("DATABASE_URL", url()));
        variables.putAll(environment);
        return variables;
    }

    private void shell(Step step, String rest) throws Exception {
        boolean fails = rest.endsWith(" fails");
        typed(step, fails ? rest.substring(0, rest.length() - 6) : rest, fails);
    }

    private void typed(Step step, String command, boolean fails) throws Exception {
        ProcessOutput output = ProcessOutput.ofLine(command, folder, programs, variables());
        assertThat(output.exitCode() != 0)
                .as("%s: '%s' ends with %d\n%s", step, command, output.exitCode(), output.text())
                .isEqualTo(fails);
    }

    private DoctorOutput result(String options) {
        List<String> arguments = new ArrayList<>(words(options));
        if (!arguments.contains("--database")) {
            arguments.addAll(List.of("--database", url()));
        }
        return DoctorOutput.at(folder, environment, arguments);
    }

    private static List<String> words(String options) {
        return options.isBlank() ? List.of() : List.of(options.strip().split(" +"));
    }

    private void walk(Step step, String rest) throws IOException {
        String[] parts = rest.split(" with ", 2);
        for (String revision : words(parts[0])) {
            alembic(step, "upgrade " + revision);
            DoctorOutput result = result(parts.length > 1 ? parts[1] : "");
            String about = "%s: at %s\n%s".formatted(step, revision, result.text());
            assertThat(result.verdict()).as(about).isIn("healthy", "behind");
            assertThat(result.codes()).as(about).isEmpty();
            assertThat(result.candidates()).as(about).contains(List.of(revision));
            assertThat(result.exit()).as(about).isZero();
        }
    }

    private void doctor(Step step, String rest) {
        String[] parts = rest.split("→|->", 2);
        DoctorOutput result = step.verb().equals("doctor")
                ? result(parts[0])
                : DoctorOutput.at(folder, environment, words(parts[0]));
        assertThat(result.text()).as(step.toString()).doesNotContain("Exception");
        Expectations.of(parts.length > 1 ? parts[1] : "", step.block()).hold(step, result);
    }

    /** Any other command of the agent, with what it is expected to say or not to say. */
    private void ask(Step step, String rest) {
        String[] parts = rest.split("→|->", 2);
        List<String> arguments = new ArrayList<>(words(parts[0]));
        arguments.addAll(List.of("--config", folder.resolve("alembic.ini").toString()));
        StringWriter output = new StringWriter();
        int exit = Main.commandLineFor(arguments.getFirst()).setOut(new PrintWriter(output))
                .setErr(new PrintWriter(output)).execute(arguments.toArray(String[]::new));
        DoctorOutput result = new DoctorOutput(exit, output + "(exit " + exit + ")",
                tools.jackson.databind.node.MissingNode.getInstance());
        Expectations.of(parts.length > 1 ? parts[1] : "", step.block()).hold(step, result);
    }

    /** Types what is printed until the doctor is content. */
    private void follow(Step step, String rest) throws Exception {
        DoctorOutput result = result(rest);
        for (int round = 0; round < ROUNDS && !result.verdict().equals("healthy"); round++) {
            String about = "%s, round %d\n%s".formatted(step, round + 1, result.text());
            assertThat(result.commands()).as(about).isNotEmpty().doesNotContain(DoctorOutput.PERSON);
            for (String command : result.commands()) {
                typed(step, command, false);
            }
            result = result(rest);
        }
        assertThat(result.verdict()).as("%s\n%s", step, result.text()).isEqualTo("healthy");
        assertThat(result.exit()).as("%s\n%s", step, result.text()).isZero();
    }

    /** What a clean database has after these commands of Alembic's, separated by {@code ;}. */
    private void sameSchema(Step step, String rest) throws Exception {
        String mine = database;
        database = TestServer.newDatabase();
        for (String command : rest.split(";", -1)) {
            alembic(step, command.strip());
        }
        List<String> clean = List.copyOf(CatalogText.of(database));
        TestServer.drop(database);
        database = mine;
        assertThat(CatalogText.of(database)).as(step.toString()).containsExactlyElementsOf(clean);
    }

    void close() throws SQLException {
        release();
        TestServer.drop(database);
    }
}
