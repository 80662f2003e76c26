package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.revision.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read when the same tool reads a folder once more. */
class ReadAgainTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    /** More than are read by one thread. */
    private static final int FILES = 200;

    @TempDir
    Path folder;

    private final Queue<String> read = new ConcurrentLinkedQueue<>();
    private final Alembic alembic = new Alembic(file -> {
        read.add(String.valueOf(file.getFileName()));
        return Files.readAllBytes(file);
    });

    @BeforeEach
    void a_history() throws IOException {
        for (int i = 0; i < FILES; i++) {
            write(i, "r" + i, LONG_AGO);
        }
    }

    @Test
    void nothing_is_read_where_nothing_changed() {
        History first = history();
        assertThat(read).hasSize(FILES);
        read.clear();
        assertThat(history()).isEqualTo(first);
        assertThat(read).isEmpty();
    }

    @Test
    void only_the_file_that_changed_is_read() throws IOException {
        history();
        read.clear();
        write(7, "seven", LONG_AGO.plusSeconds(1));
        assertThat(revisions()).hasSize(FILES).contains("seven").doesNotContain("r7");
        assertThat(read).containsExactly("7.py");
    }

    @Test
    void another_file_under_the_old_name_is_read_even_with_its_size_and_time() throws IOException {
        history();
        read.clear();
        Path other = Files.writeString(folder.resolve("other"), script(7, "x7"));
        Files.setLastModifiedTime(other, FileTime.from(LONG_AGO));
        Files.move(other, file(7), StandardCopyOption.REPLACE_EXISTING);
        assertThat(revisions()).contains("x7");
        assertThat(read).containsExactly("7.py");
    }

    @Test
    void new_files_are_read_and_lost_ones_are_forgotten() throws IOException {
        history();
        read.clear();
        Files.delete(file(3));
        write(FILES, "new", LONG_AGO);
        assertThat(revisions()).hasSize(FILES).contains("new").doesNotContain("r3");
        assertThat(read).containsExactly(FILES + ".py");
        write(3, "r3", LONG_AGO);
        assertThat(revisions()).contains("r3");
    }

    @Test
    void a_file_that_has_just_been_written_is_read_again() throws IOException {
        write(5, "r5", Instant.now().plusSeconds(3_600));
        history();
        read.clear();
        history();
        assertThat(read).containsExactly("5.py");
    }

    @Test
    void a_script_with_a_constant_of_another_file_is_read_again() throws IOException {
        Files.writeString(folder.resolve("names.txt"), "");
        Path elsewhere = Files.createDirectories(folder.resolve("shared"));
        Files.writeString(elsewhere.resolve("labels.py"), "LABEL = 'one'\n");
        Files.writeString(file(9),
                "from shared.labels import LABEL\nrevision = 'r9'\ndown_revision = None\nbranch_labels = LABEL\n");
        Files.setLastModifiedTime(file(9), FileTime.from(LONG_AGO));
        assertThat(history().graph().labelsOf("r9")).containsExactly("one");
        Files.writeString(elsewhere.resolve("labels.py"), "LABEL = 'two'\n");
        assertThat(history().graph().labelsOf("r9")).containsExactly("two");
    }

    @Test
    void another_folder_is_not_taken_for_the_last_one() throws IOException {
        history();
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Files.writeString(copy.resolve("7.py"), script(7, "copied"));
        History other = alembic.read(new ScriptsLocation.Folder(Path.of("copy"), folder));
        assertThat(other.revisions()).extracting(Revision::revision).containsExactly("copied");
        assertThat(revisions()).contains("r7");
    }

    private History history() {
        return alembic.read(new ScriptsLocation.Folder(Path.of("."), folder));
    }

    private List<String> revisions() {
        return history().revisions().stream().map(Revision::revision).toList();
    }

    private Path file(int number) {
        return folder.resolve(number + ".py");
    }

    private void write(int number, String revision, Instant time) throws IOException {
        Files.writeString(file(number), script(number, revision));
        Files.setLastModifiedTime(file(number), FileTime.from(time));
    }

    private static String script(int number, String revision) {
        return "\"\"\"Step %d\"\"\"\nrevision = '%s'\ndown_revision = None\n".formatted(number, revision);
    }
}
