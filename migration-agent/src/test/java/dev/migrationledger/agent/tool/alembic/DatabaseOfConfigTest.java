package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DatabaseOfConfigTest {

    private static final DatabaseTarget NOTHING = DatabaseTarget.of(null, "sqlalchemy.url", null, null);

    @TempDir
    Path folder;

    @Test
    void url_and_version_table_are_taken_from_the_section() throws IOException {
        assertThat(database(
                "sqlalchemy.url = postgresql://app:a%%40b@db/app\nversion_table = versions\nversion_table_schema = ops\n"))
                .isEqualTo(DatabaseTarget.of("postgresql://app:a%40b@db/app", "sqlalchemy.url", "versions", "ops"));
    }

    @Test
    void options_that_are_not_set_are_absent() throws IOException {
        assertThat(database("sqlalchemy.url =\n")).isEqualTo(NOTHING);
    }

    @Test
    void a_target_never_shows_its_password() throws IOException {
        assertThat(database("sqlalchemy.url = postgresql://app:hunter2@db/app\n").toString()).doesNotContain("hunter2");
    }

    @Test
    void an_unreadable_url_is_reported_where_it_is_needed_and_not_repeated() throws IOException {
        DatabaseTarget stray = database("sqlalchemy.url = postgresql://app:hunter%2@db/app\n");
        assertThat(stray.url()).isEqualTo(Setting.Unset.UNSET);
        assertThat(stray.urlProblem())
                .contains("alembic.ini line 2: 'sqlalchemy.url' contains a '%' that is not doubled")
                .doesNotContain("hunter");
        DatabaseOptions options = new DatabaseOptions(Map.of());
        assertThatThrownBy(() -> options.url(stray))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessageContaining("'sqlalchemy.url' contains a '%' that is not doubled");
        assertThat(new DatabaseOptions(Map.of("DATABASE_URL", "postgresql://env/x")).url(stray))
                .asString().contains("@env:5432/");
    }

    @Test
    void what_alembic_init_writes_names_no_database() throws IOException {
        assertThat(database("sqlalchemy.url = driver://user:pass@localhost/dbname\n"))
                .isEqualTo(NOTHING);
    }

    @Test
    void env_py_says_what_alembic_really_uses() throws IOException {
        write("""
                import os
                from alembic import context
                config = context.config
                config.set_main_option("sqlalchemy.url", os.environ["SHOP_URL"])
                context.configure(connection=None, version_table="shop_version")
                """);
        DatabaseTarget target = database(
                "script_location = migrations\nsqlalchemy.url = postgresql://ini/x\nversion_table = other\n");
        assertThat(target.url()).isEqualTo(new Setting.Variable("SHOP_URL", null));
        assertThat(target.versionTable()).isEqualTo(new Setting.Literal("shop_version"));
        assertThat(target.complete()).isTrue();
        DatabaseOptions options = new DatabaseOptions(Map.of("SHOP_URL", "postgresql://shop/x"));
        assertThat(options.url(target)).asString().contains("@shop:5432/");
        assertThat(options.versionTable(target)).hasToString("shop_version");
        CommandLine.populateCommand(options, "--version-table", "typed", "--database", "postgresql://typed/x");
        assertThat(options.url(target)).asString().contains("@typed:5432/");
        assertThat(options.versionTable(target)).hasToString("typed");
    }

    @Test
    void a_url_that_env_py_computes_is_not_replaced_by_the_one_of_the_ini() throws IOException {
        write("""
                from alembic import context
                from app import settings
                context.config.set_main_option("sqlalchemy.url", settings.url)
                context.configure(connection=None)
                """);
        DatabaseTarget target = database("script_location = migrations\nsqlalchemy.url = postgresql://ini/x\n");
        assertThat(new DatabaseOptions(Map.of()).urlIfAny(target)).isEmpty();
    }

    @Test
    void what_env_py_computes_it_most_likely_takes_from_the_ini() throws IOException {
        write("""
                from alembic import context
                table = context.config.get_main_option("version_table")
                context.configure(connection=None, version_table=table)
                """);
        assertThat(database("script_location = migrations\nversion_table = shop_version\n").versionTable())
                .isEqualTo(new Setting.Literal("shop_version"));
    }

    @Test
    void a_name_that_is_computed_has_to_be_typed_for_what_records_or_changes_it() throws IOException {
        write("""
                from alembic import context
                from app import table
                context.configure(connection=None, version_table=table())
                """);
        DatabaseTarget target = database("script_location = migrations\n");
        DatabaseOptions options = new DatabaseOptions(Map.of());
        assertThatThrownBy(() -> options.versionTable(target))
                .hasMessageContaining("version_table (migrations/env.py:3)").hasMessageContaining("--version-table");
        CommandLine.populateCommand(options, "--version-table", "typed");
        assertThat(options.versionTable(target)).hasToString("typed");
    }

    @Test
    void a_search_path_becomes_part_of_a_statement_as_quoted_names_only() throws IOException {
        write("""
                from alembic import context
                from app import connection
                connection.exec_driver_sql("SET search_path TO shop; DROP TABLE x")
                context.configure(connection=connection)
                """);
        var choice = new DatabaseOptions(Map.of()).versionTableChoice(database("script_location = migrations\n"));
        assertThat(choice.name().searchPath()).isNull();
        assertThat(choice.open()).containsExactly("search_path");
    }

    private void write(String environment) throws IOException {
        Files.createDirectories(folder.resolve("migrations"));
        Files.writeString(folder.resolve("migrations/env.py"), environment);
    }

    @Test
    void a_folder_says_nothing_of_a_database() {
        assertThat(new Alembic().database(new ScriptsLocation.Folder(Path.of("."), folder)))
                .isEqualTo(DatabaseTarget.UNKNOWN);
    }

    private DatabaseTarget database(String options) throws IOException {
        Files.writeString(folder.resolve("alembic.ini"), "[alembic]\n" + options);
        return new Alembic().database(new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", folder));
    }
}
