package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlembicInvocationTest {

    private static final Path HERE = Path.of("/srv/app");

    @TempDir
    Path folder;

    @Test
    void options_that_alembic_finds_by_itself_are_omitted() {
        ToolInvocation plain = new ToolInvocation(Program.ALEMBIC, List.of(), null, List.of(), false, "/srv/app");
        assertThat(of("alembic.ini", null, "alembic")).isEqualTo(plain);
        assertThat(of("./alembic.ini", "pyproject.toml", "alembic")).isEqualTo(plain);
        assertThat(of("/srv/app/alembic.ini", null, "alembic")).isEqualTo(plain);
        assertThat(of(null, "pyproject.toml", "alembic")).isEqualTo(plain);
    }

    @Test
    void another_file_section_and_arguments_are_included() {
        assertThat(of("deploy/alembic.ini", null, "tenant", "schema=acme")).isEqualTo(new ToolInvocation(
                Program.ALEMBIC, List.of("deploy/alembic.ini"), "tenant", List.of("schema=acme"), false, "/srv/app"));
        assertThat(of(null, "../pyproject.toml", "alembic").config()).containsExactly("../pyproject.toml");
    }

    @Test
    void flask_gets_its_folder_where_it_is_not_the_usual_one() {
        assertThat(flask("migrations/alembic.ini").config()).isEmpty();
        assertThat(flask("db/alembic.ini").config()).containsExactly("db/alembic.ini");
    }

    @Test
    void which_configuration_belongs_to_a_folder_is_known_only_if_the_usual_one_names_it() throws IOException {
        Files.createDirectories(folder.resolve("app/versions"));
        Files.createDirectories(folder.resolve("other/versions"));
        Files.writeString(folder.resolve("app/env.py"), "");
        Files.writeString(folder.resolve("other/env.py"), "");
        assertThat(ofFolder("app").config()).isNull();
        Files.writeString(folder.resolve("alembic.ini"), "[alembic]\nscript_location = app\n");
        assertThat(ofFolder("app").config()).isEmpty();
        assertThat(ofFolder("app/versions").config()).isEmpty();
        assertThat(ofFolder("other").config()).isNull();
        Files.writeString(folder.resolve("alembic.ini"), "[alembic]\nscript_location = gone\n");
        assertThat(ofFolder("app").config()).isNull();
    }

    @Test
    void arguments_are_missing_where_they_decide_and_none_is_given() throws IOException {
        Path scripts = Files.createDirectories(folder.resolve("app"));
        Files.createDirectory(scripts.resolve("versions"));
        Files.writeString(folder.resolve("alembic.ini"), "[alembic]\nscript_location = app\n");
        Files.writeString(scripts.resolve("env.py"), """
                from alembic import context
                tenant = context.get_x_argument(as_dictionary=True).get('tenant')
                context.configure(connection=connection, version_table_schema=tenant)
                """);
        assertThat(new Alembic().invocation(config()).argumentsMissing()).isTrue();
        assertThat(new Alembic().invocation(config("tenant=acme"))).satisfies(given -> {
            assertThat(given.argumentsMissing()).isFalse();
            assertThat(given.arguments()).containsExactly("tenant=acme");
        });
    }

    private ScriptsLocation config(String... arguments) {
        return new ScriptsLocation.Config(Path.of("alembic.ini"), null, "alembic", folder, List.of(arguments));
    }

    private ToolInvocation ofFolder(String scripts) {
        return new Alembic().invocation(new ScriptsLocation.Folder(Path.of(scripts), folder));
    }

    private static ToolInvocation of(
            @Nullable String ini, @Nullable String pyproject, String section, String... arguments) {
        return AlembicInvocation.of(new ScriptsLocation.Config(ini == null ? null : Path.of(ini),
                pyproject == null ? null : Path.of(pyproject), section, HERE, List.of(arguments)), false, false);
    }

    private static ToolInvocation flask(String ini) {
        return AlembicInvocation.of(new ScriptsLocation.Config(Path.of(ini), "alembic", HERE), true, false);
    }
}
