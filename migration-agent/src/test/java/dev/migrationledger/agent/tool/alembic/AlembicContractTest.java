package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationToolContract;
import dev.migrationledger.testsupport.alembic.QuickAlembic;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The contract of the port, with Alembic and a project as {@code alembic init} writes it. */
class AlembicContractTest extends MigrationToolContract {

    @Override
    protected MigrationTool newTool() {
        return new Alembic();
    }

    @Override
    protected Projects projects() {
        return new AlembicProjects();
    }

    private static final class AlembicProjects implements Projects {

        @Override
        public void create(Path project, String url) throws IOException {
            Files.createDirectories(project.resolve("migrations/versions"));
            Files.writeString(project.resolve("alembic.ini"), """
                    [alembic]
                    script_location = migrations
                    sqlalchemy.url = %s
                    """.formatted(url));
            Files.writeString(project.resolve("migrations/env.py"), """
                    from alembic import context
                    from sqlalchemy import engine_from_config, pool

                    config = context.config
                    section = config.get_section(config.config_ini_section)
                    engine = engine_from_config(section, prefix="sqlalchemy.", poolclass=pool.NullPool)
                    with engine.connect() as connection:
                        context.configure(connection=connection, target_metadata=None)
                        with context.begin_transaction():
                            context.run_migrations()
                    """);
            Files.writeString(project.resolve("migrations/script.py.mako"), """
                    \"""${message}

                    Revision ID: ${up_revision}
                    Revises: ${down_revision | comma,n}
                    Create Date: ${create_date}

                    \"""
                    from alembic import op
                    import sqlalchemy as sa
                    ${imports if imports else ""}

                    # revision identifiers, used by Alembic.
                    revision = ${repr(up_revision)}
                    down_revision = ${repr(down_revision)}
                    branch_labels = ${repr(branch_labels)}
                    depends_on = ${repr(depends_on)}


                    def upgrade() -> None:
                        ${upgrades if upgrades else "pass"}


                    def downgrade() -> None:
                        ${downgrades if downgrades else "pass"}
                    """);
        }

        @Override
        public Path scripts() {
            return Path.of("migrations");
        }

        @Override
        public Path add(Path project, String id, List<String> parents, String table) throws IOException {
            return Files.writeString(file(project, id), """
                    import sqlalchemy as sa
                    from alembic import op

                    revision = "%s"
                    down_revision = %s


                    def upgrade():
                        op.create_table("%s", sa.Column("id", sa.Integer(), primary_key=True))


                    def downgrade():
                        op.drop_table("%s")
                    """.formatted(id, tuple(parents), table, table));
        }

        @Override
        public Path addThatWrites(Path project, String id, List<String> parents, Path marker) throws IOException {
            return Files.writeString(file(project, id), """
                    import pathlib

                    revision = "%1$s"
                    down_revision = %2$s
                    pathlib.Path("%3$s").write_text("loaded")


                    def upgrade():
                        pathlib.Path("%3$s").write_text("run")


                    def downgrade():
                        pathlib.Path("%3$s").write_text("run")
                    """.formatted(id, tuple(parents), marker));
        }

        @Override
        public Path addUnreadable(Path project, String id) throws IOException {
            return Files.writeString(file(project, id), "revision = '" + id + "'\ndown_revision = (\n");
        }

        @Override
        public void addComment(Path script) throws IOException {
            Files.writeString(script, "# Reviewed.\n", StandardOpenOption.APPEND);
        }

        @Override
        public void addUnrelated(Path project) throws IOException {
            Path versions = project.resolve("migrations/versions");
            Files.writeString(versions.resolve("notes.txt"), "revision = 'z9'\n");
            Files.writeString(versions.resolve("__init__.py"), "revision = 'z9'\n");
            Files.writeString(Files.createDirectory(versions.resolve("old")).resolve("z9.py"), "revision = 'z9'\n");
        }

        @Override
        public void writeWhereLoaded(Path project, Path marker) throws IOException {
            Files.writeString(project.resolve("migrations/env.py"),
                    "\nimport pathlib\npathlib.Path('%s').write_text('loaded')\n".formatted(marker),
                    StandardOpenOption.APPEND);
            Files.writeString(project.resolve("migrations/script.py.mako"),
                    "<%%! import pathlib %%>${pathlib.Path('%s').write_text('rendered')}\n".formatted(marker),
                    StandardOpenOption.APPEND);
        }

        @Override
        public List<String> program() {
            return QuickAlembic.command();
        }

        @Override
        public String newDatabase() {
            return "postgresql://postgres:postgres@127.0.0.1:%d/%s".formatted(
                    TestServer.port(), TestServer.newDatabase());
        }

        @Override
        public List<String> tables(String url) {
            return query(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                    + " AND tablename <> 'alembic_version'");
        }

        @Override
        public List<String> versions(String url) {
            return query(url, "SELECT version_num FROM alembic_version");
        }

        private static List<String> query(String url, String sql) {
            try (Connection connection = TestServer.owner(url.substring(url.lastIndexOf('/') + 1));
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
                return values;
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        private static Path file(Path project, String id) {
            return project.resolve("migrations/versions/" + id + "_script.py");
        }

        private static String tuple(List<String> parents) {
            return parents.isEmpty()
                    ? "None"
                    : parents.size() == 1
                            ? "'" + parents.getFirst() + "'"
                            : parents.stream().map(it -> "'" + it + "'").collect(Collectors.joining(", ", "(", ")"));
        }
    }
}
