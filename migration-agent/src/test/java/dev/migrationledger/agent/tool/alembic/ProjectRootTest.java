package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.revision.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From how far up a project's modules are found. */
class ProjectRootTest {

    @TempDir
    Path top;

    @ParameterizedTest
    @ValueSource(strings = {"setup.py", "pyproject.toml", "setup.cfg", ".git"})
    void the_nearest_folder_with_a_mark_is_the_root(String mark) throws IOException {
        Path folder = Files.createDirectories(top.resolve("outer/project/deep/migrations"));
        Files.createFile(top.resolve("outer/setup.py"));
        Files.createFile(top.resolve("outer/project").resolve(mark));
        assertThat(ProjectRoot.above(folder)).isEqualTo(top.resolve("outer/project"));
    }

    @Test
    void without_a_mark_the_folder_around_the_packages_is_the_root() throws IOException {
        Path folder = Files.createDirectories(top.resolve("around/app/db/migrations"));
        Files.createFile(top.resolve("around/app/__init__.py"));
        Files.createFile(top.resolve("around/app/db/__init__.py"));
        assertThat(ProjectRoot.above(folder)).isEqualTo(top.resolve("around"));
    }

    @Test
    void a_script_imports_from_above_the_folder_in_which_it_is_read() throws IOException {
        Path folder = top.resolve("app/db");
        Files.createDirectories(folder.resolve("versions"));
        Files.createFile(top.resolve("app/__init__.py"));
        Files.createFile(top.resolve("app/db/__init__.py"));
        Files.writeString(top.resolve("app/names.py"), "LABELS = ('first', 'second')\n");
        Files.writeString(
                folder.resolve("versions/a1.py"),
                "from app.names import LABELS\nrevision = 'a1'\ndown_revision = None\nbranch_labels = LABELS\n");
        assertThat(new Alembic().read(new ScriptsLocation.Folder(Path.of("versions"), folder)).revisions())
                .flatExtracting(Revision::labels).containsExactly("first", "second");
    }

    @Test
    void the_search_ends_below_far_parents() throws IOException {
        Files.createFile(top.resolve("setup.py"));
        Path folder = Files.createDirectories(top.resolve("1/2/3/4/5/6/7"));
        assertThat(ProjectRoot.above(folder)).isEqualTo(folder);
    }
}
