package dev.migrationledger.core.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Measures the graph, JGraphT and, where it is installed, Alembic, and prints the medians in milliseconds. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws RunnerException, IOException, InterruptedException {
        Collection<RunResult> results =
                new Runner(new OptionsBuilder().include(Benchmarks.class.getPackageName()).build()).run();
        System.out.println("\nmedian, ms");
        TreeMap<String, Double> medians = new TreeMap<>();
        for (RunResult result : results) {
            medians.put(
                    "%s, %,d".formatted(
                            result.getPrimaryResult().getLabel(),
                            Integer.parseInt(result.getParams().getParam("size"))),
                    result.getPrimaryResult().getStatistics().getPercentile(50));
        }
        medians.forEach((name, median) -> System.out.printf("%-60s %12.3f%n", name, median));
        alembic();
    }

    /** Alembic's own map of revisions, built from the same kind of history without any file. */
    private static void alembic() throws IOException, InterruptedException {
        Path script = Files.createTempFile("alembic", ".py");
        try (InputStream source = Objects.requireNonNull(Benchmarks.class.getResourceAsStream("/alembic_graph.py"))) {
            Files.writeString(script, new String(source.readAllBytes(), StandardCharsets.UTF_8));
            for (String python : List.of("python3", "/usr/bin/python3")) {
                if (new ProcessBuilder(python, "-c", "import alembic").start().waitFor() == 0) {
                    new ProcessBuilder(python, script.toString()).inheritIO().start().waitFor();
                    return;
                }
            }
            System.out.println("Alembic is not installed here, so it was not measured.");
        } finally {
            Files.delete(script);
        }
    }
}
