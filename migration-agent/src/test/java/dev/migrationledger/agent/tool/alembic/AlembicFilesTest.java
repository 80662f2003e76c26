package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tool.MergeOrigin;
import dev.migrationledger.agent.tool.NewMerge;
import dev.migrationledger.agent.tool.ProposedFile.Computed;
import dev.migrationledger.agent.tool.ProposedFile.NotComputed;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why files are not worked out. Those that are, are compared with a real Alembic's. */
class AlembicFilesTest {

    private static final String TEMPLATE = """
            revision = ${repr(up_revision)}
            down_revision = ${repr(down_revision)}
            """;

    @TempDir
    Path project;

    @BeforeEach
    void project() throws IOException {
        Files.createDirectories(project.resolve("scripts/versions"));
        write("scripts/env.py", "");
        write("scripts/script.py.mako", TEMPLATE);
        write("pyproject.toml", """
                [tool.alembic]
                script_location = "scripts"
                file_template = "%%(slug)s"
                post_write_hooks = [{name = "black", type = "exec"}, {name = "ruff", type = "exec"}]
                """);
        write("scripts/versions/base.py", "revision = 'base0'\ndown_revision = None\n");
        write("scripts/versions/a.py", "revision = 'aa'\ndown_revision = 'base0'\n");
        write("scripts/versions/b.py", "revision = 'bb'\ndown_revision = 'base0'\nbranch_labels = 'taken'\n");
    }

    @Test
    void hooks_are_named_and_not_run() {
        assertThat(new Alembic().merge(location(), merge("m1", null, "aa", "bb")))
                .isInstanceOfSatisfying(Computed.class, computed -> {
                    assertThat(computed.file()).isEqualTo("scripts/versions/joined.py");
                    assertThat(computed.notes()).containsExactly(
                            "Alembic would run the hooks 'black', 'ruff' on this file afterwards; run them yourself.");
                    assertThat(computed.bytes()).asString().isEqualTo(
                            "revision = 'm1'\ndown_revision = ('aa', 'bb')\n");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            m1    |       | aa,aa     | A head is named twice.
            m1    |       | aa,gone   | There is no revision gone.
            m1    |       | aa,base0  | Revision base0 is not a head.
            aa    |       | aa,bb     | Revision aa exists already.
            m@1   |       | aa,bb     | 'm@1' cannot be the id of a revision.
            m1    | taken | aa,bb     | Branch label 'taken' is in use.
            m1    | new   | aa,bb     | What 'script.py.mako' makes for this message is not revision m1 with these parents and this label.
            """)
    void what_alembic_refuses_is_refused(String revision, @Nullable String label, String heads, String reason) {
        assertThat(new Alembic().merge(location(), merge(revision, label, heads.split(",", -1))))
                .isEqualTo(new NotComputed(reason));
    }

    @Test
    void a_template_that_needs_python_is_named_with_its_line() throws IOException {
        write("scripts/script.py.mako", TEMPLATE + "<%\n  import os\n%>${os.getcwd()}\n");
        assertThat(new Alembic().merge(location(), merge("m1", null, "aa", "bb")))
                .isEqualTo(new NotComputed("Line 5 of script.py.mako uses 'os'."));
        Files.delete(project.resolve("scripts/script.py.mako"));
        assertThat(new Alembic().merge(location(), merge("m1", null, "aa", "bb")))
                .isEqualTo(new NotComputed("There is no 'script.py.mako' beside env.py."));
    }

    @Test
    void a_file_that_is_there_is_not_written_over_and_a_folder_says_too_little() throws IOException {
        write("scripts/versions/joined.py", "revision = 'cc'\ndown_revision = 'aa'\n");
        assertThat(new Alembic().merge(location(), merge("m1", null, "bb", "cc")))
                .isEqualTo(new NotComputed("'scripts/versions/joined.py' exists already."));
        assertThat(new Alembic().merge(
                new ScriptsLocation.Folder(Path.of("scripts"), project), merge("m1", null, "aa", "bb")))
                .isEqualTo(new NotComputed(
                        "A folder alone does not say how files are named; name the configuration with --config."));
    }

    @Test
    void a_merge_by_hand_joins_only_and_one_with_operations_does_not() throws IOException {
        write("scripts/versions/m.py", """
                "by hand"
                revision = 'mm'
                down_revision = 'aa', 'bb'


                def upgrade():
                    pass


                def downgrade():
                    pass
                """);
        assertThat(origin("mm")).isEqualTo(MergeOrigin.JOINS_ONLY);
        assertThat(origin("aa")).isEqualTo(MergeOrigin.NO_MERGE);
        write("scripts/versions/m.py", """
                from alembic import op
                revision = 'mm'
                down_revision = 'aa', 'bb'


                def upgrade():
                    op.drop_table('t')


                def downgrade():
                    pass
                """);
        assertThat(origin("mm")).isEqualTo(MergeOrigin.HAS_OPERATIONS);
        write("scripts/versions/m.py", "revision = 'mm'\ndown_revision = ('aa', 'bb')\n");
        assertThat(origin("mm")).isEqualTo(MergeOrigin.RECOMPUTED);
        assertThat(new Alembic().authors(location(), new Alembic().read(location()).revisions()))
                .as("outside of a repository").containsExactly(
                        new RevisionAuthors(revision("mm").digest(), true, null));
    }

    private MergeOrigin origin(String revision) {
        return new Alembic().mergeOrigin(location(), revision(revision));
    }

    private Revision revision(String id) {
        return new Alembic().read(location()).revisions().stream().filter(one -> one.revision().equals(id)).findFirst()
                .orElseThrow();
    }

    private ScriptsLocation location() {
        return new ScriptsLocation.Config(null, Path.of("pyproject.toml"), "alembic", project);
    }

    private static NewMerge merge(String revision, @Nullable String label, String... heads) {
        return new NewMerge(List.of(heads), "joined", revision, label, Instant.EPOCH.atZone(ZoneOffset.UTC));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(project.resolve(file), text);
    }
}
