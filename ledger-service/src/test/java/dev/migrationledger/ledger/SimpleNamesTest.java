package dev.migrationledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A simple name belongs to one class of the repository, tests and benchmarks included. */
class SimpleNamesTest {

    private static final List<String> MODULES = List.of(
            "api-contracts", "core", "migration-agent", "ledger-service", "test-support", "system-tests");

    private static final List<String> SOURCES = List.of("main", "test", "benchmark");

    /** Names that several classes share, each with the reason. */
    private static final Map<String, String> ALLOWED = Map.of("package-info", "every package has one",
            "ArchitectureTest", "every module has one",
            "ExhaustiveSwitchesTest", "every module reads its own sources");

    @Test
    void no_two_classes_share_a_simple_name() throws IOException {
        Map<String, List<Path>> classes = classes();

        assertThat(classes).as("the walk finds the sources").hasSizeGreaterThan(900);
        classes.keySet().removeAll(ALLOWED.keySet());
        classes.values().removeIf(paths -> paths.size() == 1);
        assertThat(classes).isEmpty();
    }

    @Test
    void every_allowed_name_is_shared() throws IOException {
        Map<String, List<Path>> classes = classes();

        assertThat(ALLOWED.keySet()).allSatisfy(name -> assertThat(classes.get(name)).hasSizeGreaterThan(1));
    }

    private static Map<String, List<Path>> classes() throws IOException {
        Map<String, List<Path>> classes = new TreeMap<>();
        for (String module : MODULES) {
            for (String sources : SOURCES) {
                Path folder = root().resolve(module).resolve("src").resolve(sources).resolve("java");
                if (Files.exists(folder)) {
                    add(classes, folder);
                }
            }
        }
        return classes;
    }

    private static void add(Map<String, List<Path>> classes, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> classes.computeIfAbsent(
                            file.toFile().getName().replace(".java", ""), _ -> new ArrayList<>()).add(file));
        }
    }

    /** As the build says by {@code -Dsample.root}, or else the parent of the module in which tests run. */
    private static Path root() {
        return Path.of(System.getProperty("sample.root", "..")).toAbsolutePath().normalize();
    }
}
