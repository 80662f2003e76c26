package dev.migrationledger.sample;

import dev.migrationledger.contracts.environment.EnvironmentReport;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** From a commit in a watched database until the ledger's API shows it: by polls alone, and where the database itself captures its changes. */
final class DelayBenchmark {

    private static final PrintStream OUT = System.out;

    /** The default of {@code watch}. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int CHANGES = Integer.getInteger("benchmark.changes", 100);
    private static final List<String> REVISIONS = List.of("001_initial", "002_rename_metadata");

    private DelayBenchmark() {}

    /**
     * Changes two watched databases in turn, and prints how long it took.
     *
     * @param args not used
     */
    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("delay-benchmark");
        SampleLayout layout = SampleLayout.here().workingIn(work);
        try (SampleLedger ledger = SampleLedger.startJar(layout);
                SampleRun run = new SampleRun(ledger, layout, "delay", ledger.databases().prefixed("delay_"))) {
            for (String environment : List.of("polled", "captured")) {
                run.databases().create(environment);
                database(run, layout, environment).upgrade(REVISIONS.getLast());
            }
            run.capture("captured");
            for (String environment : List.of("polled", "captured")) {
                run.awaitReport(run.watch(environment, INTERVAL), environment);
            }
            for (String environment : List.of("polled", "captured")) {
                double[] millis = measure(run, database(run, layout, environment), environment);
                OUT.printf(Locale.ROOT, "%-8s every %d s: %d changes, p50 %.0f, p99 %.0f, most %.0f ms%n", environment,
                        INTERVAL.toSeconds(), CHANGES, millis[CHANGES / 2], millis[CHANGES * 99 / 100], millis[CHANGES - 1]);
            }
        }
    }

    private static SampleDatabase database(SampleRun run, SampleLayout layout, String environment) throws Exception {
        return run.databases().database(environment, layout.steps());
    }

    private static double[] measure(SampleRun run, SampleDatabase database, String environment) throws Exception {
        Random random = new Random(1);
        double[] millis = new double[CHANGES];
        for (int i = -5; i < CHANGES; i++) {
            String revision = REVISIONS.get(i & 1);
            // At any moment between two polls.
            TimeUnit.MILLISECONDS.sleep(random.nextLong(INTERVAL.toMillis()));
            database.stamp(revision);
            long committed = System.nanoTime();
            while (!rows(run, environment).equals(List.of(revision))) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            millis[Math.max(i, 0)] = (System.nanoTime() - committed) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }

    private static List<String> rows(SampleRun run, String environment) {
        return run.report(environment).map(EnvironmentReport::versionTable).map(it -> it.rows()).orElse(List.of());
    }
}
