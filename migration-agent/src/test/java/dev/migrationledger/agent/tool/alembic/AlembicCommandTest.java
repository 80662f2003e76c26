package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tool.ScriptsLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class AlembicCommandTest {

    private static final Path HERE = Path.of("/srv/app");

    @Test
    void what_alembic_finds_by_itself_is_not_said() {
        assertThat(command("alembic.ini", null, "alembic")).isEqualTo("alembic");
        assertThat(command("./alembic.ini", "pyproject.toml", "alembic")).isEqualTo("alembic");
        assertThat(command("/srv/app/alembic.ini", null, "alembic")).isEqualTo("alembic");
        assertThat(command(null, "pyproject.toml", "alembic")).isEqualTo("alembic");
        assertThat(AlembicCommand.of(new ScriptsLocation.Folder(Path.of("versions"), HERE))).isEqualTo("alembic");
    }

    @Test
    void another_file_and_another_section_are_named() {
        assertThat(command("deploy/alembic.ini", null, "tenant")).isEqualTo("alembic -c deploy/alembic.ini -n tenant");
        assertThat(command(null, "../pyproject.toml", "alembic")).isEqualTo("alembic -c ../pyproject.toml");
    }

    @Test
    void a_shell_takes_each_name_as_it_is() {
        assertThat(command("my app/it's.ini", null, "$HOME")).isEqualTo("alembic -c 'my app/it'\\''s.ini' -n '$HOME'");
    }

    private static String command(@Nullable String ini, @Nullable String pyproject, String section) {
        return AlembicCommand.of(new ScriptsLocation.Config(ini == null ? null : Path.of(ini),
                pyproject == null ? null : Path.of(pyproject), section, HERE));
    }
}
