package dev.migrationledger.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.alembic.Python;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real Alembic: one process for many commands, each with a connection of its own. */
public final class AlembicMigrations implements Migrations {

    private static final String DRIVER = """
            import os, sys, traceback
            from alembic import command
            from alembic.config import Config
            from alembic.script import ScriptDirectory
            config = Config("alembic.ini")
            answers = os.fdopen(os.dup(1), "w")
            os.dup2(2, 1)
            script = ScriptDirectory.from_config(config)
            ScriptDirectory.from_config = staticmethod(lambda _: script)
            for line in sys.stdin:
                name, *revisions = line.split()
                try:
                    if name == "on":
                        os.environ["DATABASE_URL"] = revisions[0]
                    elif name == "stamp":
                        command.stamp(config, revisions, purge=True)
                    else:
                        getattr(command, name)(config, revisions[0])
                    print("done", file=answers, flush=True)
                except BaseException as problem:
                    print("failed", repr(traceback.format_exc()), file=answers, flush=True)
            """;

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private AlembicMigrations(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** An interpreter that has Alembic and a driver for PostgreSQL. */
    public static Optional<String> python() {
        return Python.withAlembicIfThere().map(Python::interpreter);
    }

    /** Begins in a folder that has the scripts already. */
    public static AlembicMigrations in(Path project, String python) throws IOException {
        return in(project, python, Map.of());
    }

    /** The same with further environment variables. */
    public static AlembicMigrations in(Path project, String python, Map<String, String> environment)
            throws IOException {
        Path errors = project.resolve("alembic.log");
        ProcessBuilder builder = new ProcessBuilder(python, "-c", DRIVER)
                .directory(project.toFile()).redirectError(errors.toFile());
        builder.environment().remove("ALEMBIC_CONFIG");
        builder.environment().putAll(environment);
        return new AlembicMigrations(builder.start());
    }

    /** What Alembic needs besides the revisions. */
    static void prepare(Path project, int port, String database, String user) throws IOException {
        Files.writeString(project.resolve("migrations/env.py"), """
                from alembic import context
                from sqlalchemy import create_engine, pool

                engine = create_engine("postgresql+psycopg2://%s@127.0.0.1:%d/%s", poolclass=pool.NullPool)
                with engine.connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                """.formatted(user, port, database));
    }

    /** Goes on in another database, where {@code env.py} takes it from the variable {@code DATABASE_URL}. */
    public void on(String url) throws IOException {
        run("on " + url);
    }

    /** Whether a revision could be run; one that could not leaves everything as it was. */
    public boolean upgrades(String revision) throws IOException {
        return answer("upgrade " + revision).equals("done");
    }

    @Override
    public void upgrade(String revision) throws IOException {
        run("upgrade " + revision);
    }

    @Override
    public void downgrade(String revision) throws IOException {
        run("downgrade " + revision);
    }

    @Override
    public void stamp(List<String> revisions) throws IOException {
        run("stamp " + String.join(" ", revisions));
    }

    private void run(String command) throws IOException {
        assertThat(answer(command)).as("alembic %s", command).isEqualTo("done");
    }

    private String answer(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return String.valueOf(answers.readLine());
    }

    @Override
    public void close() throws IOException {
        commands.close();
        process.onExit().join();
    }
}
