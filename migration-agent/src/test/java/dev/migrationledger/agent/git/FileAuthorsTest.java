package dev.migrationledger.agent.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.revision.Author;
import dev.migrationledger.testsupport.machine.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuthorsTest {

    private static final String SCRIPT = """
            revision = "%s"
            down_revision = %s


            def upgrade():
                pass


            def downgrade():
                pass
            """;

    private static final Author ADA = new Author("Ada", "ada@example.org");
    private static final Author BOB = new Author("Bob", "bob@example.org");
    private static final Author CY = new Author("Cy", "cy@example.org");

    @TempDir
    Path folder;

    @BeforeEach
    void repository() throws Exception {
        Requirement.met(new GitProgram(folder).output("--version").isPresent(), "there is no git: apt-get install git");
        git("init", "-q", ".");
        write("versions/a.py", SCRIPT.formatted("a", "None"));
        commit(ADA, "a");
    }

    @Test
    void those_who_changed_a_file_under_any_name_are_its_authors() throws Exception {
        write("versions/b.py", SCRIPT.formatted("b", "'a'"));
        commit(BOB, "b\n\nCo-authored-by: Di <di@example.org>\nCo-authored-by: nobody");
        git("mv", "versions/b.py", "versions/b_renamed.py");
        commit(CY, "rename");
        assertThat(authors("versions/b_renamed.py")).containsExactly(CY, BOB, new Author("Di", "di@example.org"));
        assertThat(authors("versions/a.py")).as("of which the other looks like a copy").containsExactly(ADA);
    }

    @Test
    void a_mailmap_tells_which_addresses_are_one_person() throws Exception {
        write("versions/a.py", SCRIPT.formatted("a", "'z'"));
        commit(new Author("ada", "ada@home.example.org"), "again");
        assertThat(authors("versions/a.py")).hasSize(2);
        write(".mailmap", "Ada <ada@example.org> <ada@home.example.org>\n");
        assertThat(authors("versions/a.py")).containsExactly(ADA);
    }

    @Test
    void a_file_that_is_not_as_it_is_checked_out_has_no_known_author() throws Exception {
        write("versions/a.py", "changed");
        write("versions/new.py", "new");
        FileAuthors authors = FileAuthors.below(folder.resolve("versions"));
        assertThat(authors.of(folder.resolve("versions/a.py"), bytes("versions/a.py"))).isEmpty();
        assertThat(authors.of(folder.resolve("versions/new.py"), new byte[]{'n', 'e', 'w'})).isEmpty();
        assertThat(authors.of(folder.resolve("nowhere/a.py"), new byte[0])).isEmpty();
        assertThat(FileAuthors.below(folder.resolve("nowhere")).of(folder.resolve("nowhere/a.py"), new byte[0]))
                .isEmpty();
    }

    @Test
    void outside_of_a_repository_there_are_no_known_authors(@TempDir Path elsewhere) throws IOException {
        Path file = elsewhere.resolve("a.py");
        Files.writeString(file, "x");
        assertThat(FileAuthors.below(elsewhere).of(file, new byte[]{'x'})).isEmpty();
    }

    @Test
    void a_file_is_followed_into_the_folder_that_it_came_from() throws Exception {
        write("old/migrations/b.py", SCRIPT.formatted("b", "'a'"));
        commit(BOB, "b");
        git("mv", "old/migrations/b.py", "old/b.py");
        commit(ADA, "up");
        git("mv", "old/b.py", "versions/b.py");
        write("versions/b.py", SCRIPT.formatted("b", "'a'") + "# moved\n");
        commit(CY, "move");
        assertThat(authors("versions/b.py")).containsExactly(CY, ADA, BOB);
        assertThat(authors("versions/a.py")).containsExactly(ADA);
    }

    @Test
    void another_file_that_had_the_name_before_does_not_count() throws Exception {
        write("versions/b.py", SCRIPT.formatted("b", "'a'"));
        commit(BOB, "b");
        git("rm", "-q", "versions/b.py");
        commit(BOB, "not b");
        write("versions/b.py", "revision = 'b'\ndown_revision = None\n# something else altogether\n");
        commit(CY, "b again");
        assertThat(authors("versions/b.py")).containsExactly(CY);
    }

    @Test
    void a_branch_that_goes_on_with_the_former_name_counts() throws Exception {
        write("versions/b.py", SCRIPT.formatted("b", "'a'"));
        commit(ADA, "b");
        git("branch", "-M", "main");
        git("checkout", "-q", "-b", "side");
        write("versions/b.py", SCRIPT.formatted("b", "'a'") + "# longer\n");
        commit(BOB, "edit");
        git("checkout", "-q", "main");
        git("mv", "versions/b.py", "versions/c.py");
        commit(CY, "rename");
        merge("side");
        assertThat(Files.readString(folder.resolve("versions/c.py"))).endsWith("# longer\n");
        assertThat(authors("versions/c.py")).containsExactlyInAnyOrder(ADA, BOB, CY);
    }

    @Test
    void who_changes_a_file_while_merging_is_one_of_its_authors() throws Exception {
        write("versions/b.py", SCRIPT.formatted("b", "'a'"));
        commit(ADA, "b");
        git("branch", "-M", "main");
        git("checkout", "-q", "-b", "side");
        write("versions/c.py", SCRIPT.formatted("c", "'a'"));
        commit(ADA, "c");
        git("checkout", "-q", "main");
        write("versions/d.py", SCRIPT.formatted("d", "'a'"));
        commit(ADA, "d");
        git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "merge", "-q", "--no-commit", "side");
        write("versions/b.py", SCRIPT.formatted("b", "'z'"));
        commit(BOB, "merge");
        assertThat(authors("versions/b.py")).containsExactly(BOB, ADA);
        assertThat(authors("versions/c.py")).containsExactly(ADA);
        assertThat(authors("versions/d.py")).containsExactly(ADA);
    }

    @Test
    void co_authors_are_in_the_mailmap_too() throws Exception {
        write("versions/b.py", SCRIPT.formatted("b", "'a'"));
        write(".mailmap", "Di <di@example.org> <4711+di@users.noreply.example.org>\n");
        commit(BOB, "b\n\nCo-authored-by: d <4711+di@users.noreply.example.org>");
        assertThat(authors("versions/b.py")).containsExactly(BOB, new Author("Di", "di@example.org"));
    }

    @Test
    void a_checkout_of_the_last_commit_knows_only_authors_since_then(@TempDir Path elsewhere) throws Exception {
        write("versions/b.py", SCRIPT.formatted("b", "'a'"));
        commit(BOB, "b");
        write("versions/c.py", SCRIPT.formatted("c", "'b'"));
        commit(CY, "c");
        git("clone", "-q", "--depth", "2", "file://" + folder, elsewhere.resolve("clone").toString());
        Path versions = elsewhere.resolve("clone/versions");
        FileAuthors authors = FileAuthors.below(versions);
        assertThat(authors.of(versions.resolve("a.py"), bytes("versions/a.py"))).isEmpty();
        assertThat(authors.of(versions.resolve("b.py"), bytes("versions/b.py"))).as("at the end").isEmpty();
        assertThat(authors.of(versions.resolve("c.py"), bytes("versions/c.py"))).contains(List.of(CY));
    }

    @Test
    void names_of_files_may_be_odd() throws Exception {
        write("versions/über (1)\ttab.py", SCRIPT.formatted("b", "'a'"));
        commit(BOB, "odd");
        assertThat(authors("versions/über (1)\ttab.py")).containsExactly(BOB);
    }

    /** Git answers a few questions about all files, however many there are. */
    @Test
    void thousands_of_files_take_seconds() throws Exception {
        importing(3_000);
        long begin = System.nanoTime();
        FileAuthors authors = FileAuthors.below(folder.resolve("versions"));
        for (int i = 0; i < 3_000; i++) {
            String file = "versions/%04d.py".formatted(i);
            assertThat(authors.of(folder.resolve(file), "revision = '%04d'\n".formatted(i).getBytes(
                    StandardCharsets.UTF_8))).contains(List.of(i % 2 == 0 ? BOB : CY));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    /** One commit for each file. */
    private void importing(int files) throws Exception {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < files; i++) {
            Author author = i % 2 == 0 ? BOB : CY;
            String text = "revision = '%04d'\n".formatted(i);
            stream.append("commit refs/heads/many\ncommitter %s <%s> %d +0000\ndata 1\nx\n".formatted(
                    author.name(), author.address(), 1_700_000_000 + i));
            stream.append("M 100644 inline versions/%04d.py\ndata %d\n%s\n".formatted(i, text.length(), text));
        }
        Process git = new ProcessBuilder("git", "-C", folder.toString(), "fast-import", "--quiet")
                .redirectErrorStream(true).start();
        try (OutputStream in = git.getOutputStream()) {
            in.write(stream.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(git.waitFor()).as(new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isZero();
        git("checkout", "-q", "many");
    }

    private void merge(String branch) throws Exception {
        git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "merge", "-q", "--no-edit", branch);
    }

    @Test
    void a_repository_has_no_program_run() throws Exception {
        Path marker = folder.resolve("ran");
        Path program = folder.resolve("program.sh");
        Files.writeString(program, """
                #!/bin/sh
                touch '%s'
                echo '[GNUPG:] SIG_CREATED x' >&2
                printf '%%s\\n' '-----BEGIN PGP SIGNATURE-----' '' x '-----END PGP SIGNATURE-----'
                """.formatted(marker));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        write(".gitattributes", "*.py diff=evil filter=evil\n");
        commit(BOB, "attributes");
        for (String name : List.of("core.fsmonitor", "core.pager", "pager.log", "diff.external", "diff.evil.textconv",
                "diff.evil.command", "filter.evil.smudge", "gpg.program",
                "gpg.ssh.program", "core.sshCommand", "core.askPass", "credential.helper", "trailer.x.command")) {
            git("config", name, program.toString());
        }
        git("config", "log.showSignature", "true");
        git("-c", "user.name=Bob", "-c", "user.email=bob@example.org", "-c", "core.fsmonitor=false", "commit", "-q",
                "-S",
                "--allow-empty", "-m", "signed");
        Files.deleteIfExists(marker);
        git("log", "-1");
        assertThat(marker).as("a plain log runs the program").exists();
        Files.delete(marker);
        write("versions/a.py", SCRIPT.formatted("a", "'y'"));
        git("add", "-A");
        git("-c", "user.name=Bob", "-c", "user.email=bob@example.org", "commit", "-q", "-S", "-m", "signed");
        Files.deleteIfExists(marker);
        assertThat(authors("versions/a.py")).containsExactly(BOB, ADA);
        assertThat(marker).doesNotExist();
    }

    private List<Author> authors(String file) throws IOException {
        return known(file).orElseThrow();
    }

    private Optional<List<Author>> known(String file) throws IOException {
        return FileAuthors.below(folder.resolve("versions")).of(folder.resolve(file), bytes(file));
    }

    private byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void commit(Author author, String message) throws Exception {
        git("add", "-A");
        git("-c", "user.name=" + author.name(), "-c", "user.email=" + author.address(), "commit", "-q", "-m", message);
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString(), "-c", "commit.gpgSign=false"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(said).isZero();
    }
}
