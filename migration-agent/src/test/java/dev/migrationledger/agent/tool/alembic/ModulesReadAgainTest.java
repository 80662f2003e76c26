package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.agent.python.syntax.Trees;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that scripts import are parsed once for all of them, as long as they stay the same. */
class ModulesReadAgainTest {

    private static final String MODULE = """
            from alembic import op

            TABLE = 'one'

            class Names:
                def table(self):
                    return TABLE

            def drop():
                op.drop_table(Names().table())
            """;

    @TempDir
    Path folder;

    @Test
    void a_module_that_changes_is_read_again() throws IOException {
        Path module = Files.writeString(folder.resolve("steps.py"), MODULE);
        for (String id : List.of("a", "b")) {
            Files.writeString(folder.resolve(id + ".py"), """
                    from steps import drop

                    revision = '%s'
                    down_revision = %s

                    def upgrade():
                        drop()
                    """.formatted(id, id.equals("a") ? "None" : "'a'"));
        }
        Alembic alembic = new Alembic();
        ScriptsLocation location = new ScriptsLocation.Folder(Path.of(""), folder);
        List<Revision> revisions = alembic.read(location).revisions();
        assertThat(revisions).hasSize(2).allSatisfy(
                revision -> assertThat(dropped(alembic.footprint(location, revision))).containsExactly("one"));

        var modified = Files.getLastModifiedTime(module);
        Files.writeString(module, MODULE.replace("'one'", "'two'"));
        Files.setLastModifiedTime(module, modified);
        assertThat(revisions).allSatisfy(
                revision -> assertThat(dropped(alembic.footprint(location, revision))).containsExactly("two"));
    }

    @Test
    void a_mark_changes_with_modules_that_footprints_called_and_with_the_environment() throws IOException {
        Path module = Files.writeString(folder.resolve("steps.py"), MODULE);
        Path environment = Files.writeString(folder.resolve("env.py"), "");
        Files.writeString(folder.resolve("alembic.ini"), "[alembic]\nscript_location = %(here)s\n");
        Files.writeString(Files.createDirectory(folder.resolve("versions")).resolve("a.py"), """
                from steps import drop

                revision = 'a'
                down_revision = None

                def upgrade():
                    drop()
                """);
        Alembic alembic = new Alembic();
        ScriptsLocation location = new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", folder);
        Revision revision = alembic.read(location).revisions().getFirst();
        assertThat(dropped(alembic.footprint(location, revision))).containsExactly("one");

        String mark = alembic.mark(location);
        assertThat(alembic.mark(location)).isEqualTo(mark);
        Files.writeString(module, MODULE.replace("'one'", "'another'"));
        String edited = alembic.mark(location);
        assertThat(edited).isNotEqualTo(mark);
        Files.writeString(environment, "config.set_main_option('a', 'b')\n");
        assertThat(alembic.mark(location)).isNotEqualTo(edited);
        Files.delete(module);
        assertThat(alembic.mark(location)).isNotEqualTo(edited);
    }

    private static List<String> dropped(Footprint footprint) {
        return footprint.upgrade().changes().stream().map(change -> change.object().name()).toList();
    }

    @Test
    void what_is_kept_is_what_was_read() throws SyntaxProblem {
        List<String> read = Trees.of(Source.of("steps.py", MODULE.getBytes(StandardCharsets.UTF_8)));
        Source keeping = Source.keeping("steps.py", MODULE.getBytes(StandardCharsets.UTF_8));
        assertThat(Trees.of(keeping)).hasSize(4).isEqualTo(read);
        assertThat(Trees.of(keeping)).isEqualTo(read);
        assertThat(keeping.reading().next().getFirst()).isSameAs(keeping.reading().next().getFirst());
    }

    @Test
    void a_syntax_error_is_reported_each_time() throws SyntaxProblem {
        Source keeping = Source.keeping("steps.py", "a = 1\nb = = 2\n".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 2; i++) {
            Source.Reading reading = keeping.reading();
            assertThat(reading.next()).hasSize(1);
            assertThatThrownBy(reading::next).isInstanceOfSatisfying(
                    SyntaxProblem.class, problem -> assertThat(problem.line()).isEqualTo(2));
        }
    }
}
