package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.ScriptsLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseOfConfigTest {

    @TempDir
    Path folder;

    @Test
    void url_and_version_table_are_taken_from_the_section() throws IOException {
        assertThat(database(
                "sqlalchemy.url = postgresql://app:a%%40b@db/app\nversion_table = versions\nversion_table_schema = ops\n"))
                .isEqualTo(new DatabaseTarget("postgresql://app:a%40b@db/app", "versions", "ops"));
    }

    @Test
    void what_is_not_said_is_absent() throws IOException {
        assertThat(database("sqlalchemy.url =\n")).isEqualTo(DatabaseTarget.UNKNOWN);
    }

    @Test
    void a_target_never_shows_its_password() throws IOException {
        assertThat(database("sqlalchemy.url = postgresql://app:hunter2@db/app\n").toString()).doesNotContain("hunter2");
    }

    @Test
    void a_url_with_a_stray_percent_sign_is_wrong_usage_and_not_repeated() {
        assertThatThrownBy(() -> database("sqlalchemy.url = postgresql://app:hunter%2@db/app\n"))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessageContaining("alembic.ini line 2: 'sqlalchemy.url' has a '%'")
                .hasMessageNotContaining("hunter");
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
