package dev.migrationledger.agent.tool.alembic.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.ProposedFile;
import dev.migrationledger.agent.tool.ProposedFile.Computed;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.Alembic;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.testsupport.alembic.Python;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReparentedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            down_revision = 'old'                        | new     | down_revision = 'new'
            down_revision = "old"  # was first           | new     | down_revision = "new"  # was first
            down_revision: str ¦ None = 'old'            | new     | down_revision: str ¦ None = 'new'
            down_revision = u"old"                       | new     | down_revision = u"new"
            down_revision = ('old')                      | new     | down_revision = ('new')
            down_revision = ('old',)                     | new     | down_revision = ('new',)
            down_revision = ["old"]                      | new     | down_revision = ["new"]
            down_revision = 'ol' "d"                     | new     | down_revision = 'new'
            down_revision = None                         | new     | down_revision = 'new'
            down_revision = 'old'                        | -       | down_revision = None
            down_revision = 'old'                        | new two | down_revision = ('new', 'two')
            down_revision = ("old", "two")               | new two | down_revision = ("new", "two")
            down_revision = ("old", "two")  # x          | new     | down_revision = "new"  # x
            down_revision = "old", "two"                 | new six | down_revision = "new", "six"
            x = 1; down_revision='old';                  | new     | x = 1; down_revision='new';
            down_revision = 'old'                        | o'x     | down_revision = "o'x"
            """)
    void only_the_value_changes(String before, String parents, String after) throws NotWritten {
        String file = "# old\n\"\"\"About old.\"\"\"\n%s\nif down_revision_of('old'): pass\n\n\ndef upgrade():\n    print(down_revision, 'old')\n";
        List<String> all = parents.equals("-") ? List.of() : List.of(parents.split(" ", -1));
        Reparented changed = Reparented.of("a.py", bytes(file.formatted(before.replace("\u00a6", "|"))), all);
        assertThat(new String(changed.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(file.formatted(after.replace("\u00a6", "|")));
        assertThat(changed.revises()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'old'          | new     | `Revises: old`           | `Revises: new`           |
            'old'          | new two | `  Revises:  old  `      | `  Revises:  new, two  ` |
            ('old', 'two') | new two | `Revises: old, two`      | `Revises: new, two`      |
            ('old', 'two') | new two | `Revises: ('old', 'two')`| `Revises: ('new', 'two')`|
            None           | new     | `Revises: `              | `Revises: new`           |
            None           | new     | `Revises:`               | `Revises: new`           |
            None           | new     | `Revises: None`          | `Revises: new`           |
            'old'          | -       | `Revises: old`           | `Revises: `              |
            'old'          | new     | `Revises: the old one`   | `Revises: the old one`   | the old one
            'old'          | new     | `Revises: new`           | `Revises: new`           |
            """)
    void the_docstring_names_the_new_parents(String value, String parents, String before, String after, String left)
            throws NotWritten {
        String rest = "Create Date: old\n\"\"\"\ndown_revision = " + value + "\n# Revises: old\n";
        String head = "\"\"\"message\n\nRevision ID: abc\n";
        List<String> all = parents.equals("-") ? List.of() : List.of(parents.split(" ", -1));
        Reparented changed = Reparented.of("a.py", bytes(head + before + "\n" + rest), all);
        String docstring = new String(changed.bytes(), StandardCharsets.UTF_8);
        assertThat(docstring).startsWith(head + after + "\nCreate Date: old\n\"\"\"\n").endsWith("\n# Revises: old\n");
        assertThat(changed.revises()).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void line_ends_encoding_and_byte_order_mark_stay(String end) throws NotWritten {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1,
                Charset.forName("windows-1251"))) {
            boolean cyrillic = charset.name().equals("windows-1251");
            String file = String.join(end, "# coding: " + charset.name(),
                    "\"\"\"%s".formatted(cyrillic ? "Привет" : "é ü"),
                    "", "Revises: old", "\"\"\"", "x = '%s'".formatted(cyrillic ? "мир" : "ñ"),
                    "down_revision = 'old' # é"
                            .replace("é", cyrillic ? "я" : "é"));
            Reparented changed = Reparented.of("a.py", file.getBytes(charset), List.of("newer"));
            assertThat(changed.bytes()).isEqualTo(file.replace("Revises: old", "Revises: newer")
                    .replace("'old'", "'newer'").getBytes(charset));
        }
        String marked = "\ufeff" + String.join(end, "'''x", "Revises: old", "'''", "down_revision = 'old'", "");
        assertThat(Reparented.of("a.py", bytes(marked), List.of("n")).bytes())
                .isEqualTo(bytes(marked.replace("old", "n")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `down_revision = PARENT`                                | Line 1 of 'a.py' computes 'down_revision'; change it by hand.
            `down_revision = 'a' + x`                               | Line 1 of 'a.py' computes 'down_revision'; change it by hand.
            `down_revision = ('a', *more)`                          | Line 1 of 'a.py' computes 'down_revision'; change it by hand.
            `x = 1`                                                 | 'a.py' does not assign 'down_revision'; change it by hand.
            `down_revision: str`                                    | 'a.py' does not assign 'down_revision'; change it by hand.
            `down_revision = 'a'\\ndown_revision = 'b'`             | Line 2 of 'a.py' binds 'down_revision' again; change it by hand.
            `down_revision = 'a'\\ndown_revision += 'b'`            | Line 2 of 'a.py' binds 'down_revision' again; change it by hand.
            `down_revision = 'a'\\nif x:\\n    down_revision = 'b'` | Line 2 of 'a.py' binds 'down_revision' again; change it by hand.
            `if x:\\n    down_revision = 'b'`                       | Line 1 of 'a.py' binds 'down_revision' in another way; change it by hand.
            `revision = down_revision = 'b'`                        | Line 1 of 'a.py' binds 'down_revision' in another way; change it by hand.
            `down_revision, x = 'b', 1`                             | Line 1 of 'a.py' binds 'down_revision' in another way; change it by hand.
            `from x import down_revision`                           | Line 1 of 'a.py' binds 'down_revision' in another way; change it by hand.
            `down_revision = 'a'\\ndef f():\\n    global down_revision` | Line 2 of 'a.py' binds 'down_revision' again; change it by hand.
            `down_revision = 'a`                                    | Line 1 of 'a.py' is not valid Python.
            """)
    void a_parent_that_is_computed_or_bound_twice_is_named_with_its_line(String file, String reason) {
        assertThatExceptionOfType(NotWritten.class)
                .isThrownBy(() -> Reparented.of("a.py", bytes(file.replace("\\n", "\n") + "\n"), List.of("c")))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void alembic_reads_the_chain_in_its_new_place(@TempDir Path folder) throws IOException {
        Python python = Python.importing("alembic");
        Path project = Files.createDirectories(folder.resolve("projects/p"));
        Path versions = Files.createDirectories(project.resolve("scripts/versions"));
        Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = %(here)s/scripts\n");
        String script = "\"\"\"m\r\n\r\nRevises: %s\r\n\"\"\"\r\nrevision = '%s'\r\ndown_revision: str = (%s)  # é\r\n";
        Files.writeString(versions.resolve("a.py"), script.formatted("", "aaa", "None"));
        Files.writeString(versions.resolve("b.py"), script.formatted("aaa", "bbb", "'aaa'"));
        Files.writeString(versions.resolve("c.py"), script.formatted("aaa", "ccc", "'aaa'"));
        Files.writeString(versions.resolve("d.py"), script.formatted("ccc", "ddd", "'ccc'"));
        ScriptsLocation location = new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project);
        Alembic alembic = new Alembic();
        History history = alembic.read(location);
        Revision lowest = history.revisions().stream().filter(one -> one.revision().equals("ccc")).findFirst()
                .orElseThrow();
        ProposedFile file = alembic.reparented(location, lowest, List.of("bbb"));
        assertThat(file).isInstanceOfSatisfying(Computed.class, computed -> {
            assertThat(new String(computed.bytes(), StandardCharsets.UTF_8))
                    .isEqualTo(script.formatted("bbb", "ccc", "'bbb'"));
            assertThat(computed.file()).isEqualTo(lowest.file());
        });
        Files.write(project.resolve(lowest.file()), ((Computed) file).bytes());
        JsonNode theirs = python.json(folder, "/python/alembic_projects.py", folder.resolve("projects").toString())
                .get("p");
        assertThat(StreamSupport.stream(theirs.get("heads").spliterator(), false).map(JsonNode::stringValue))
                .containsExactly("ddd");
        assertThat(theirs.get("revisions").get("ccc").get("parents").get(0).stringValue()).isEqualTo("bbb");
        assertThat(alembic.read(location).graph().heads()).containsExactly("ddd");
        assertThat(alembic.reparented(location, lowest, List.of("aaa")))
                .isEqualTo(new ProposedFile.NotComputed("'%s' changed after it was read.".formatted(lowest.file())));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
