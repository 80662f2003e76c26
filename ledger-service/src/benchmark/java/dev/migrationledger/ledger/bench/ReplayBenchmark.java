package dev.migrationledger.ledger.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All views made again from all events, as {@code rebuild-views} does it, beside one statement that reads the same rows. */
final class ReplayBenchmark {

    private static final PrintStream OUT = System.out;

    /** Of one environment. */
    private static final int EVENTS = 100;
    private static final int ENVIRONMENTS = Integer.getInteger("benchmark.events", 1_000_000) / EVENTS;
    private static final int BATCH = 50;

    private ReplayBenchmark() {}

    /**
     * Records, empties the views, rebuilds them, and prints the figures.
     *
     * @param args the ledger's jar
     */
    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]);
        Path empty = Files.createTempDirectory("replay-benchmark");
        double start;
        try (LoadedLedger _ = LoadedLedger.start(jar, empty, "512m")) {
            start = Math.min(rebuild(jar, empty, "--check"), rebuild(jar, empty, "--check"));
        }
        Path folder = Files.createTempDirectory("replay-benchmark");
        try (LoadedLedger ledger = LoadedLedger.start(jar, folder, "512m")) {
            for (int tenant = 0; tenant < ENVIRONMENTS; tenant++) {
                for (byte[] batch : Tenants.batches(tenant, EVENTS, BATCH)) {
                    ledger.post(batch);
                }
            }
            while (ledger.due() > 0) {
                Thread.sleep(100);
            }
            try (Connection connection = BareInserts.beside(folder.resolve("data")).connect()) {
                connection.setAutoCommit(false);
                Read read = read(connection);
                double rows = Math.min(read.seconds, read(connection).seconds);
                double check = rebuild(jar, folder, "--check") - start;
                emptyViews(connection);
                double rebuild = rebuild(jar, folder) - start;
                OUT.printf(Locale.ROOT, "%,d events, %,d MB, %,d environments; a start alone took %.1f s%n", read.rows,
                        read.bytes >> 20, ENVIRONMENTS, start);
                OUT.printf(Locale.ROOT, "rows read in %.1f s; views checked in %.1f s, %.2f of that speed; made again in %.1f s, %.2f%n",
                        rows, check, rows / check, rebuild, rows / rebuild);
            }
        }
    }

    private record Read(long rows, long bytes, double seconds) {}

    private static Read read(Connection connection) throws SQLException {
        long start = System.nanoTime();
        long rows = 0;
        long bytes = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(1_000);
            try (ResultSet events = statement.executeQuery("select * from ledger.event order by global_index")) {
                int columns = events.getMetaData().getColumnCount();
                while (events.next()) {
                    rows++;
                    for (int i = 1; i <= columns; i++) {
                        byte[] column = events.getBytes(i);
                        bytes += column == null ? 0 : column.length;
                    }
                }
            }
        }
        connection.commit();
        return new Read(rows, bytes, (System.nanoTime() - start) / 1e9);
    }

    private static void emptyViews(Connection connection) throws SQLException {
        List<String> views = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet tables = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = 'ledger' and table_name like '%\\_view'")) {
                while (tables.next()) {
                    views.add("ledger." + tables.getString(1));
                }
            }
            statement.execute("truncate %s cascade".formatted(String.join(", ", views)));
        }
        connection.commit();
    }

    /** Seconds, the start of the process included. */
    private static double rebuild(Path jar, Path folder, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-jar", jar.toString(),
                "rebuild-views", "--ledger.embedded.data-dir=" + folder.resolve("data")));
        command.addAll(List.of(options));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " ended with " + process.exitValue());
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
