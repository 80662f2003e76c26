package dev.migrationledger.ledger.bench;

import dev.migrationledger.ledger.bench.LoadedLedger.Timed;
import dev.migrationledger.testsupport.time.Latencies;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * What asking costs, above all {@code compare}, beside a request that does nothing, in one run: 1,000 environments of 200 events each in
 * a ledger with a heap of 512 MB.
 */
final class ReadBenchmark {

    private static final int ENVIRONMENTS = Integer.getInteger("benchmark.environments", 1_000);
    private static final int EVENTS = Integer.getInteger("benchmark.events", 200);
    private static final int WARM_UP = 4_000;
    private static final int ROUNDS = 10;
    private static final int PER_ROUND = 500;
    private static final PrintStream OUT = System.out;

    private ReadBenchmark() {}

    /**
     * Loads, asks, and prints the figures.
     *
     * @param args the ledger's jar
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("read-benchmark");
        try (LoadedLedger ledger = LoadedLedger.start(Path.of(args[0]), folder, "512m")) {
            OUT.println("heap before: " + ledger.heapUsed());
            load(ledger);
            OUT.println("heap after loading: " + ledger.heapUsed());
            measure(ledger);
            OUT.println("heap after asking: " + ledger.heapUsed());
            OUT.println("resident: " + ledger.residentMemory());
        }
    }

    private static void load(LoadedLedger ledger) throws Exception {
        long start = System.nanoTime();
        for (int tenant = 0; tenant < ENVIRONMENTS; tenant++) {
            for (byte[] batch : Tenants.batches(tenant, EVENTS, 50)) {
                ledger.post(batch);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int events = ENVIRONMENTS * EVENTS;
        OUT.printf(Locale.ROOT,
                "loaded %,d environments of %d events in %.1f s: %,.0f events/s, one request after the other, 50 a batch%n",
                ENVIRONMENTS, EVENTS, seconds, events / seconds);
    }

    private static void measure(LoadedLedger ledger) throws Exception {
        Random random = new Random(1);
        IntFunction<String> empty = i -> "/actuator/health/liveness";
        IntFunction<String> compare = i -> comparison(random);
        IntFunction<String> past = i -> comparison(random) + "&at=2026-01-01T02:00:00Z";
        ask(ledger, empty, WARM_UP);
        ask(ledger, compare, WARM_UP);
        ask(ledger, past, WARM_UP / 10);
        Figures empties = new Figures("empty (/actuator/health/liveness)");
        Figures compares = new Figures("compare");
        Figures pasts = new Figures("compare &at=");
        // In turns, so that other load falls on all alike.
        for (int round = 0; round < ROUNDS; round++) {
            empties.add(ask(ledger, empty, PER_ROUND));
            compares.add(ask(ledger, compare, PER_ROUND));
            pasts.add(ask(ledger, past, PER_ROUND / 10));
        }
        empties.say();
        others(ledger);
        compares.say();
        pasts.say();
        OUT.printf(Locale.ROOT, "ratio of medians, compare to empty: %.2f (at most 5 allowed); with at: %.2f%n",
                compares.median() / empties.median(), pasts.median() / empties.median());
    }

    /** First pages of lists, and single things, each after a hundredth of the warming up. */
    private static void others(LoadedLedger ledger) throws Exception {
        String project = "/api/v1/projects/" + Tenants.project(0);
        for (String path : List.of("/", "/api/v1/divergences", project + "/divergences", project + "/environments",
                project + "/environments/" + Tenants.environment(3), project + "/history",
                project + "/history/" + Tenants.revision(1))) {
            ask(ledger, i -> path, WARM_UP / 100);
            Figures figures = new Figures(path);
            figures.add(ask(ledger, i -> path, PER_ROUND));
            figures.say();
        }
    }

    /** Two environments of one project; any of them, so that nothing is asked twice in a row. */
    private static String comparison(Random random) {
        int left = random.nextInt(ENVIRONMENTS);
        int projectStart = left - left % Tenants.PER_PROJECT;
        int right = projectStart + random.nextInt(Math.min(Tenants.PER_PROJECT, ENVIRONMENTS - projectStart));
        return "/api/v1/projects/%s/compare?left=%s&right=%s"
                .formatted(Tenants.project(left), Tenants.environment(left), Tenants.environment(right));
    }

    private static Timed[] ask(LoadedLedger ledger, IntFunction<String> path, int times) throws Exception {
        Timed[] answers = new Timed[times];
        for (int i = 0; i < times; i++) {
            answers[i] = ledger.get(path.apply(i));
        }
        return answers;
    }

    private static final class Figures {
        private final String what;
        private final Latencies latencies = new Latencies();
        private long bytes;

        Figures(String what) {
            this.what = what;
        }

        void add(Timed[] answers) {
            Arrays.stream(answers).mapToLong(Timed::nanos).forEach(latencies::add);
            bytes += Arrays.stream(answers).mapToLong(Timed::bytes).sum();
        }

        double median() {
            return latencies.median();
        }

        void say() {
            OUT.printf(Locale.ROOT, "%-60s median %.3f ms, 95%% %.3f ms, 99%% %.3f ms, %,d bytes, %,d requests%n",
                    what, median(), latencies.millis(0.95), latencies.millis(0.99), bytes / latencies.count(), latencies.count());
        }
    }
}
