package dev.migrationledger.agent.doctor.situation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.alembic.PreloadedAlembic;
import dev.migrationledger.testsupport.alembic.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
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

    /** Each with a Python of its own. */
    private static final int AT_ONCE = 2;

    private static String python = "";
    private static final BlockingQueue<PreloadedAlembic> ALEMBICS = new LinkedBlockingQueue<>();
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);

    @TempDir
    Path directory;

    @BeforeAll
    static void load() throws IOException {
        python = Python.withAlembic().interpreter();
        for (int i = 0; i < AT_ONCE; i++) {
            ALEMBICS.add(new PreloadedAlembic(python));
        }
    }

    @AfterAll
    static void unload() throws IOException {
        THREADS.shutdownNow();
        for (PreloadedAlembic alembics : ALEMBICS) {
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
        Map<Path, Future<?>> runs = new LinkedHashMap<>();
        situations.forEach(folder -> runs.put(folder, THREADS.submit(() -> run(folder))));
        return runs.entrySet().stream().map(run -> DynamicTest.dynamicTest(
                String.valueOf(run.getKey().getFileName()), run.getKey().resolve("steps.txt").toUri(),
                () -> await(run.getValue())));
    }

    private static void await(Future<?> run) throws Throwable {
        try {
            run.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private boolean run(Path folder) throws Exception {
        PreloadedAlembic alembics = ALEMBICS.take();
        try {
            Situation situation = new Situation(folder.resolve("project"),
                    directory.resolve(String.valueOf(folder.getFileName())), alembics, python);
            for (Step step : Step.parse(Files.readAllLines(folder.resolve("steps.txt")))) {
                situation.take(step);
            }
            situation.close();
            return true;
        } finally {
            ALEMBICS.add(alembics);
        }
    }
}
