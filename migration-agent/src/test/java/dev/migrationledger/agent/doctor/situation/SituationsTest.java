package dev.migrationledger.agent.doctor.situation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrationledger.agent.watch.AlembicMigrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each folder of {@code src/test/resources/situations}; {@code -Dsituations=REGEX} takes some of them. */
class SituationsTest {

    private static final Path SITUATIONS = Path.of("src/test/resources/situations");

    private static String python = "";
    private static Alembics alembics;

    @TempDir
    Path directory;

    @BeforeAll
    static void load() throws IOException {
        String found = AlembicMigrations.python().orElse(null);
        assumeThat(found).as("needs Python's alembic and psycopg2: apt-get install alembic python3-psycopg2")
                .isNotNull();
        python = String.valueOf(found);
        alembics = new Alembics(python);
    }

    @AfterAll
    static void unload() throws IOException {
        if (alembics != null) {
            alembics.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> a_situation() throws IOException {
        List<Path> situations;
        try (Stream<Path> folders = Files.list(SITUATIONS)) {
            situations = folders.filter(Files::isDirectory).sorted()
                    .filter(folder -> Pattern.compile(System.getProperty("situations", ""))
                            .matcher(String.valueOf(folder.getFileName())).find())
                    .toList();
        }
        assertThat(situations).isNotEmpty();
        return situations.stream().map(folder -> DynamicTest.dynamicTest(
                String.valueOf(folder.getFileName()), folder.resolve("steps.txt").toUri(), () -> run(folder)));
    }

    private void run(Path folder) throws Exception {
        Situation situation = new Situation(folder.resolve("project"),
                directory.resolve(String.valueOf(folder.getFileName())), alembics, python);
        for (Step step : Step.parse(Files.readAllLines(folder.resolve("steps.txt")))) {
            situation.take(step);
        }
        situation.close();
    }
}
