package dev.migrationledger.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrationledger.agent.database.postgresql.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A project with a history, and the Alembic of this machine to change a database with. Where there is none, tests are skipped. */
final class RealAlembic {

    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    private final Path project;
    private final String python;

    private RealAlembic(Path project, String python) {
        this.project = project;
        this.python = python;
    }

    /** In this folder, for this database of the test's server, without a revision. */
    static RealAlembic in(Path project, String database) throws Exception {
        String python = null;
        for (String candidate : PYTHONS) {
            if (python == null && works(candidate)) {
                python = candidate;
            }
        }
        if (python == null && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("continuous integration must have alembic and psycopg2 for python3");
        }
        assumeThat(python).as("needs Python's alembic and psycopg2: apt-get install alembic python3-psycopg2")
                .isNotNull();
        Files.createDirectories(project.resolve("migrations/versions"));
        Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = migrations\n");
        Files.writeString(project.resolve("migrations/env.py"), """
                import os

                from alembic import context
                from sqlalchemy import create_engine, pool

                engine = create_engine("postgresql+psycopg2://postgres@127.0.0.1:%d/%s", poolclass=pool.NullPool)
                with engine.connect() as connection:
                    context.configure(
                        connection=connection, transaction_per_migration="EACH" in os.environ, transactional_ddl=True)
                    with context.begin_transaction():
                        context.run_migrations()
                """.formatted(TestServer.port(), database));
        return new RealAlembic(project, String.valueOf(python));
    }

    /**
     * Adds a revision.
     *
     * @param parents as Python writes them
     * @param up a call of {@code op}, without {@code op.}
     * @param down as {@code up}
     */
    RealAlembic revision(String id, String parents, String up, String down) throws IOException {
        Files.writeString(project.resolve("migrations/versions/" + id + ".py"), """
                import sqlalchemy as sa
                from alembic import op

                revision = "%s"
                down_revision = %s


                def upgrade():
                    op.%s


                def downgrade():
                    op.%s
                """.formatted(id, parents, up, down));
        return this;
    }

    void run(String... arguments) throws Exception {
        run(Map.of(), arguments);
    }

    void run(Map<String, String> variables, String... arguments) throws Exception {
        Process process = start(variables, arguments);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("alembic %s: %s", List.of(arguments), said).isZero();
    }

    void fail(String... arguments) throws Exception {
        Process process = start(Map.of(), arguments);
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as("alembic %s", List.of(arguments)).isNotZero();
    }

    private Process start(Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = Stream.concat(
                Stream.of(python, "-c", "from alembic.config import main; main()"), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().remove("ALEMBIC_CONFIG");
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static boolean works(String python) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import alembic, psycopg2")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
