package dev.migrationledger.agent.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.git.FileAuthors.Author;
import dev.migrationledger.testsupport.machine.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(FileAuthors.of(folder.resolve("versions/a.py"), Files.readAllBytes(folder.resolve("versions/a.py"))))
                .isEmpty();
        assertThat(FileAuthors.of(folder.resolve("versions/new.py"), new byte[]{'n', 'e', 'w'})).isEmpty();
        assertThat(FileAuthors.of(folder.resolve("nowhere/a.py"), new byte[0])).isEmpty();
    }

    @Test
    void outside_of_a_repository_there_are_no_known_authors(@TempDir Path elsewhere) throws IOException {
        Path file = elsewhere.resolve("a.py");
        Files.writeString(file, "x");
        assertThat(FileAuthors.of(file, new byte[]{'x'})).isEmpty();
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
        return FileAuthors.of(folder.resolve(file), Files.readAllBytes(folder.resolve(file))).orElseThrow();
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
