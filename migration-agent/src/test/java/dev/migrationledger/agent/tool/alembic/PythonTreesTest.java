package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.agent.python.syntax.Trees;
import dev.migrationledger.testsupport.alembic.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The same files before Python's own parser and before ours: trees, texts, numbers and places are to be equal. */
class PythonTreesTest {

    @TempDir
    Path folder;

    @Test
    void scripts_of_the_tests_have_the_tree_that_python_gives_them() throws IOException {
        List<String> files;
        try (Stream<Path> all = Files.walk(Path.of("src/test/resources"))) {
            files = all.filter(file -> file.toString().endsWith(".py")).sorted().map(Path::toString).toList();
        }
        assertThat(compared(files)).isGreaterThan(40);
    }

    @Test
    void files_of_pythons_own_library_have_the_tree_that_python_gives_them() throws IOException {
        assertThat(compared(List.of("--library", "400"))).isGreaterThan(300);
    }

    private int compared(List<String> arguments) throws IOException {
        JsonNode trees = Python.importing("ast").json(folder, "/python/trees.py", arguments.toArray(String[]::new));
        List<String> differences = new ArrayList<>();
        trees.properties().forEach(entry -> {
            String difference = difference(Path.of(entry.getKey()), entry.getValue());
            if (!difference.isEmpty()) {
                differences.add(entry.getKey() + ": " + difference);
            }
        });
        assertThat(differences).as("of %d files", trees.size()).isEmpty();
        return trees.size();
    }

    private static String difference(Path file, JsonNode python) {
        try {
            List<String> ours = Trees.of(Source.of("file.py", Files.readAllBytes(file)));
            for (int i = 0; i < Math.min(ours.size(), python.size()); i++) {
                String expected = python.get(i).stringValue();
                if (!ours.get(i).equals(expected)) {
                    return around(ours.get(i), expected);
                }
            }
            return ours.size() == python.size()
                    ? ""
                    : "%d statements instead of %d".formatted(ours.size(), python.size());
        } catch (SyntaxProblem e) {
            return "line %d: %s".formatted(e.line(), e.error());
        } catch (IOException | IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String around(String ours, String python) {
        int at = 0;
        while (at < Math.min(ours.length(), python.length()) && ours.charAt(at) == python.charAt(at)) {
            at++;
        }
        int from = Math.max(0, at - 120);
        return String.format(
                Locale.ROOT,
                "%n  ours   …%s%n  python …%s",
                ours.substring(from, Math.min(ours.length(), at + 120)),
                python.substring(from, Math.min(python.length(), at + 120)));
    }
}
