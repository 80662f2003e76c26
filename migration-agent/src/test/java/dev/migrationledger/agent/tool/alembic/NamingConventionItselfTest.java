package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Alembic names what has no finished name by the project's convention, and so do the footprints. */
class NamingConventionItselfTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/footprint/conventions").toAbsolutePath();

    private static final String RECOMMENDED = """
            {"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
             "ck": "ck_%(table_name)s_%(constraint_name)s",
             "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s"}""";

    private static final String ENVIRONMENT = """

            engine = create_engine(os.environ["DATABASE"], poolclass=pool.NullPool)
            with engine.connect() as connection:
                context.configure(connection=connection, target_metadata=target_metadata)
                with context.begin_transaction():
                    context.run_migrations()
            """;

    private static final String IMPORTS = """
            import os
            import sys

            import sqlalchemy as sa
            from alembic import context
            from sqlalchemy import MetaData, create_engine, pool

            sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "None",
        RECOMMENDED,
        """
                {"ix": "i_%(table_name)s_%(column_0_N_name)s", "uq": "%(table_name)s_%(column_0N_name)s_unique",
                 "ck": "ck_%(table_name)s_`%(constraint_name)s`", "pk": "%(table_name)s_%(column_0_name)s_pk",
                 "fk": "%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s_is_a_key_elsewhere"}""",
        """
                {"ck": "%(constraint_name)s_of_%(table_name)s", "uq": "u%%_%(column_0_N_label)s",
                 "ix": "%(column_0_label)s_%(column_1_name)s_ix"}""",
        """
                {sa.CheckConstraint: "class_%(constraint_name)s", "pk": "pk_%(column_1_name)s_%(table_name)s",
                 "ix": "ix_%(column_0_label)s"}"""})
    void every_name_is_predicted(String convention) throws Exception {
        isForetold(Map.of("env.py", IMPORTS + "target_metadata = MetaData(naming_convention=" + convention + ")"
                + ENVIRONMENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        """
                from sqlalchemy.orm import declarative_base
                Base = declarative_base(metadata=MetaData(naming_convention=CONVENTION))
                """,
        """
                class Base:
                    metadata = MetaData(schema=None, naming_convention=CONVENTION)
                """,
        """
                metadata = MetaData(naming_convention=CONVENTION)

                class Base:
                    metadata = metadata
                """,
        """
                from sqlalchemy.orm import registry
                mapper_registry = registry(metadata=MetaData(naming_convention=CONVENTION))
                Base = mapper_registry.generate_base()
                """,
        """
                metadata = MetaData()
                metadata.naming_convention = CONVENTION

                class Base:
                    metadata = metadata
                """})
    void the_convention_is_found_where_the_project_keeps_its_metadata(String base) throws Exception {
        isForetold(Map.of(
                "app/__init__.py", "",
                "app/names.py", "CONVENTION = " + RECOMMENDED,
                "app/db.py", "from sqlalchemy import MetaData\nfrom .names import CONVENTION\n" + base,
                "app/models.py", "from app.db import Base\n\nclass Other:\n    pass\n",
                "env.py",
                IMPORTS + "from app import models\n\ntarget_metadata = models.Base.metadata\n" + ENVIRONMENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        """
                def run(connection):
                    context.configure(connection=connection, target_metadata=db.Base.metadata)
                """,
        """
                def run(connection):
                    context.configure(connection=connection, target_metadata=made())

                def made():
                    return getattr(db, "Ba" + "se").metadata
                """})
    void the_convention_is_found_where_only_a_function_hands_it_over(String function) throws Exception {
        isForetold(Map.of(
                "app/__init__.py", "",
                "app/db.py",
                "from sqlalchemy import MetaData\n\nclass Base:\n    metadata = MetaData(naming_convention="
                        + RECOMMENDED + ")\n",
                "env.py", IMPORTS + "from app import db\n\n" + function + """

                        engine = create_engine(os.environ["DATABASE"], poolclass=pool.NullPool)
                        with engine.connect() as connection:
                            run(connection)
                            with context.begin_transaction():
                                context.run_migrations()
                        """));
    }

    private void isForetold(Map<String, String> files) throws Exception {
        Path project = Files.createDirectory(folder.resolve("project"));
        write(project, Map.of("alembic.ini", "[alembic]\nscript_location = .\n"));
        write(project, files);
        for (String script : new String[]{"1_named.py", "2_changed.py"}) {
            write(project, Map.of("versions/" + script, Files.readString(SCRIPTS.resolve(script))));
        }

        assertThat(FootprintOfHistoryTest.foretold(project))
                .isEqualTo(FootprintOfHistoryTest.found(project, folder));
    }

    private static void write(Path project, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = project.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
