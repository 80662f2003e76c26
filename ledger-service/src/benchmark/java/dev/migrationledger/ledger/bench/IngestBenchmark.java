package dev.migrationledger.ledger.bench;

import dev.migrationledger.testsupport.time.Latencies;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What recording costs beside bare inserts: the same rows, by as many clients in batches of the same size, into a table like that of events
 * on the same PostgreSQL, right after the ledger has recorded them.
 */
final class IngestBenchmark {

    private static final int[] CLIENTS = {1, 4, 16};
    private static final int[] SIZES = {50, 500, 1};
    /** Of one environment. */
    private static final int EVENTS = 500;
    private static final PrintStream OUT = System.out;

    private final LoadedLedger ledger;
    private final BareInserts bare;
    private int tenants;

    private IngestBenchmark(LoadedLedger ledger, BareInserts bare) {
        this.ledger = ledger;
        this.bare = bare;
    }

    /** Work of one client. */
    private interface Batch {
        void run() throws Exception;
    }

    /**
     * Records, inserts, and prints the figures.
     *
     * @param args the ledger's jar
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("ingest-benchmark");
        try (LoadedLedger ledger = LoadedLedger.start(Path.of(args[0]), folder, "512m")) {
            IngestBenchmark benchmark = new IngestBenchmark(ledger, BareInserts.beside(folder.resolve("data")));
            for (int size : SIZES) {
                // A round that does not count, long enough for most of the code to be compiled.
                benchmark.compare(4, size, size == 1 ? 3 : 15, false);
                for (int clients : CLIENTS) {
                    benchmark.compare(clients, size, size == 1 ? 4 : 48 / clients, true);
                }
            }
        }
    }

    /** @param each environments of each client */
    private void compare(int clients, int size, int each, boolean counts) throws Exception {
        List<List<Batch>> posts = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            List<Batch> batches = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                Tenants.batches(tenants++, EVENTS, size).forEach(batch -> batches.add(() -> ledger.post(batch)));
            }
            posts.add(batches);
        }
        Figures ledgers = timed(posts);
        while (ledger.due() > 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        Figures inserted = timed(inserts(bare.rows(), clients, size));
        if (counts) {
            int events = clients * each * EVENTS;
            OUT.printf(Locale.ROOT,
                    "%2d clients, %3d events a batch: ledger %,6.0f events/s (p50 %.1f, p99 %.1f ms), bare inserts %,6.0f (p50 %.1f, p99 %.1f ms), ratio %.1f%n",
                    clients, size, events / ledgers.seconds(), ledgers.latencies().median(), ledgers.latencies().millis(0.99), events / inserted.seconds(),
                    inserted.latencies().median(), inserted.latencies().millis(0.99), ledgers.seconds() / inserted.seconds());
        }
    }

    private List<List<Batch>> inserts(List<Object[]> rows, int clients, int size) throws SQLException {
        List<List<Batch>> inserts = new ArrayList<>();
        int each = rows.size() / clients;
        for (int client = 0; client < clients; client++) {
            Connection connection = bare.connect();
            List<Batch> batches = new ArrayList<>();
            for (int from = client * each; from < (client + 1) * each; from += size) {
                List<Object[]> some = rows.subList(from, Math.min(from + size, (client + 1) * each));
                batches.add(() -> BareInserts.insert(connection, some));
            }
            batches.add(connection::close);
            inserts.add(batches);
        }
        return inserts;
    }

    private static Figures timed(List<List<Batch>> clients) throws Exception {
        Latencies latencies = new Latencies();
        List<Callable<Boolean>> work = clients.stream().<Callable<Boolean>>map(batches -> () -> {
            for (Batch batch : batches) {
                long start = System.nanoTime();
                batch.run();
                latencies.add(System.nanoTime() - start);
            }
            return true;
        }).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            long start = System.nanoTime();
            List<Future<Boolean>> all = threads.invokeAll(work);
            double seconds = (System.nanoTime() - start) / 1e9;
            for (Future<Boolean> one : all) {
                one.get();
            }
            return new Figures(seconds, latencies);
        }
    }

    private record Figures(double seconds, Latencies latencies) {}
}
