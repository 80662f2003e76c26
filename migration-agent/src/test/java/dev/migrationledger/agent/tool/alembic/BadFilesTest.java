package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.scripts.ScriptFindings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file system can hold in place of scripts, besides what the golden cases show. */
class BadFilesTest {

    @TempDir
    Path folder;

    private Path versions = Path.of("");

    @BeforeEach
    void one_good_script() throws IOException {
        versions = Files.createDirectory(folder.resolve("versions"));
        script("1_good.py", "a1", "None");
    }

    @Test
    void a_revision_of_five_megabytes_is_read() throws IOException {
        String row = "    ('0123456789', 'some data of the migration', 12345, None),\n";
        String data = "ROWS = [\n" + row.repeat(5_000_000 / row.length()) + "]\n";
        Files.writeString(versions.resolve("2_large.py"), data + "revision = 'b2'\ndown_revision = 'a1'\n" + data);
        History history = read();
        assertThat(history.problems()).isEmpty();
        assertThat(history.graph().heads()).containsExactly("b2");
    }

    @Test
    void a_file_of_over_16_megabytes_is_left_alone() throws IOException {
        try (OutputStream out = Files.newOutputStream(versions.resolve("2_huge.py"))) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i <= Script.LARGEST / block.length; i++) {
                out.write(block);
            }
        }
        assertThat(messages(read())).containsExactly(
                "'versions/2_huge.py' has over 16 MB and is not read.");
    }

    @Test
    void ten_thousand_files_are_read_in_the_order_of_their_names() throws IOException {
        List<Integer> numbers = new ArrayList<>(IntStream.range(1, 10_000).boxed().toList());
        Collections.shuffle(numbers, new Random(1));
        for (int i : numbers) {
            script("%05d.py".formatted(i), "r" + i, i == 1 ? "'a1'" : "'r" + (i - 1) + "'");
        }
        History history = read();
        assertThat(history.problems()).isEmpty();
        assertThat(history.revisions()).hasSize(10_000);
        assertThat(history.graph().heads()).containsExactly("r9999");
        assertThat(history.revisions().stream().map(Revision::file).toList()).isSorted();
        assertThat(history.digest()).isEqualTo(read().digest());
    }

    @Test
    void links_folders_and_pipes_are_no_scripts() throws Exception {
        Files.createDirectory(versions.resolve("2_folder.py"));
        Files.createSymbolicLink(versions.resolve("3_nowhere.py"), Path.of("gone.py"));
        Files.createSymbolicLink(versions.resolve("4_itself.py"), Path.of("4_itself.py"));
        Files.createSymbolicLink(versions.resolve("5_again.py"), Path.of("1_good.py"));
        Files.createSymbolicLink(versions.resolve("6_folder.py"), Path.of("2_folder.py"));
        Files.createSymbolicLink(versions.resolve("loop"), versions);
        List<String> expected = new ArrayList<>(List.of(
                "Two of the folders lead to 'versions/5_again.py'.",
                "The link 'versions/3_nowhere.py' points to a missing file."));
        int made = new ProcessBuilder("mkfifo", versions.resolve("7_pipe.py").toString()).start().waitFor();
        if (made == 0) {
            expected.add(
                    "'versions/7_pipe.py' is not a regular file.");
        }
        History history = read(true);
        assertThat(messages(history)).filteredOn(message -> !message.contains("4_itself"))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(messages(history)).filteredOn(message -> message.contains("4_itself")).singleElement().asString()
                .contains("cannot be read");
        assertThat(history.graph().heads()).containsExactly("a1");
    }

    @Test
    void an_unreadable_file_is_reported() throws IOException {
        Path closed = script("2_closed.py", "b2", "'a1'");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(closed), "this user may read everything");
        assertThat(messages(read())).containsExactly(
                "This user may not read 'versions/2_closed.py'.");
    }

    @Test
    void a_file_that_vanishes_while_the_folder_is_read_is_reported() throws IOException {
        Path gone = versions.resolve("2_gone.py");
        Layout layout = new Layout("x", folder, folder, null, List.of(versions), false, false, Options.UNREAD,
                List.of());
        ScriptFiles.Found found = new ScriptFiles.Found(gone, null);
        assertThat(Script.read(layout, found, Files::readAllBytes).script().problems())
                .extracting(problem -> ScriptFindings.of(problem).message())
                .containsExactly("'versions/2_gone.py' was deleted while the folder was read.");
    }

    @Test
    void folders_and_files_without_end_are_listed_up_to_a_reported_bound() throws IOException {
        for (int i = 0; i < 9; i++) {
            Path below = Files.createDirectories(versions.resolve("folder" + i));
            Files.writeString(below.resolve("%d.py".formatted(i)), "");
            Files.writeString(versions.resolve("%d.py".formatted(i)), "");
        }
        Layout layout = new Layout("x", folder, folder, null, List.of(versions), true, false, Options.UNREAD,
                List.of());
        ScriptFiles.Listing everything = ScriptFiles.list(layout);
        assertThat(everything.problems()).isEmpty();

        ScriptFiles.Listing fewFolders = ScriptFiles.list(layout, new ScriptFiles.Most(100, 4));
        assertThat(everything.files().size() - fewFolders.files().size()).isEqualTo(9 + 1 - 4);
        assertThat(fewFolders.problems()).extracting(problem -> ScriptFindings.of(problem).message()).containsExactly(
                "The limit of 100 scripts or 4 folders was reached at 'versions/folder3'.");

        ScriptFiles.Listing fewFiles = ScriptFiles.list(layout, new ScriptFiles.Most(4, 100));
        assertThat(fewFiles.files()).hasSizeLessThanOrEqualTo(8);
        assertThat(fewFiles.problems()).extracting(problem -> ScriptFindings.of(problem).message()).isNotEmpty()
                .allMatch(message -> message.startsWith("The limit of 4 scripts or 100 folders was reached"));
    }

    @Test
    void names_of_any_kind_are_names() throws IOException {
        script("2_with space & 'quotes'%s.py", "b2", "'a1'");
        script("3_-\u001b[31mred.py", "c3", "'b2'");
        script(".py", "d4", "'c3'");
        History history = read();
        assertThat(history.problems()).isEmpty();
        assertThat(history.graph().heads()).containsExactly("d4");
    }

    @Test
    void a_mark_changes_with_the_files_and_only_with_them() throws IOException {
        String before = new Alembic().mark(location(false));
        assertThat(new Alembic().mark(location(false))).isEqualTo(before);
        Files.writeString(versions.resolve("notes.txt"), "no script");
        assertThat(new Alembic().mark(location(false))).isEqualTo(before);
        script("1_good.py", "another", "None");
        String edited = new Alembic().mark(location(false));
        assertThat(edited).isNotEqualTo(before);
        script("2_new.py", "b2", "'a1'");
        assertThat(new Alembic().mark(location(false))).isNotEqualTo(edited);
    }

    private Path script(String name, String id, String parents) throws IOException {
        return Files.writeString(versions.resolve(name),
                "revision = '%s'\ndown_revision = %s\n".formatted(id, parents));
    }

    private History read() throws IOException {
        return read(false);
    }

    private History read(boolean recursive) throws IOException {
        return new Alembic().read(location(recursive));
    }

    private ScriptsLocation location(boolean recursive) throws IOException {
        if (Files.notExists(folder.resolve("alembic.ini"))) {
            Files.writeString(
                    folder.resolve("alembic.ini"),
                    "[alembic]\nscript_location = %(here)s\nrecursive_version_locations = " + recursive + "\n");
        }
        return new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", folder);
    }

    private static List<String> messages(History history) {
        return ScriptFindings.of(history.problems()).stream().map(Finding::message).toList();
    }
}
