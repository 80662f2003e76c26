package dev.migrationledger.agent.watch;

import dev.migrationledger.testsupport.alembic.RealAlembic;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A project with a history, and real Alembic to change a database with. Where there is none, tests are skipped. */
final class AlembicProject {

    private final Path project;
    private final RealAlembic alembic;

    private AlembicProject(Path project) {
        this.project = project;
        this.alembic = RealAlembic.in(project);
    }

    /** In this folder, for this database of the test's server, without a revision. */
    static AlembicProject in(Path project, String database) throws IOException {
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
        return new AlembicProject(project);
    }

    /**
     * Adds a revision.
     *
     * @param parents as Python writes them
     * @param up a call of {@code op}, without {@code op.}
     * @param down as {@code up}
     */
    AlembicProject revision(String id, String parents, String up, String down) throws IOException {
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

    void run(String... arguments) throws IOException {
        alembic.run(arguments);
    }

    void run(Map<String, String> variables, String... arguments) throws IOException {
        alembic.run(variables, arguments);
    }

    void fail(String... arguments) throws IOException {
        alembic.fail(arguments);
    }
}
