package dev.migrationledger.agent.bench;

import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What it costs to read the schema of 10,000 tables of 10 columns, with 30,000 constraints and 10,000 indexes besides, and what a
 * round costs in which nothing changed: the real jar as a process, and the same within one process. {@code pg_dump --schema-only}
 * runs in turns with it where it is installed. Needs Linux's /proc.
 */
public final class SchemaBenchmark {

    private static final int TABLES = 10_000;
    private static final int RUNS = 5;
    private static final VersionTableName TABLE = new VersionTableName(null, MigrationTools.usualVersionTable());

    private SchemaBenchmark() {}

    /** The agent's jar. */
    public static void main(String[] arguments) throws Exception {
        int dump = dumpVersion();
        TestServers server = TestServers.version(TestServers.VERSIONS.contains(dump) ? dump : 18);
        String database = server.newDatabase();
        String url = "postgresql://postgres@127.0.0.1:%d/%s".formatted(server.port(), database);
        create(server, database);
        DatabaseUrl parsed = Databases.parse(url, "--database", Map.of());

        System.out.printf("PostgreSQL %d, %,d tables%n", server.version(), TABLES);
        List<Run> ours = new ArrayList<>();
        List<Run> rival = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            ours.add(Run.of(List.of(java(), "-jar", arguments[0], "schema", "--database", url, "--output", "json")));
            if (server.version() == dump) {
                rival.add(Run.of(List.of("pg_dump", "--schema-only", "--dbname", url)));
            }
        }
        print("schema, the jar as a process", ours);
        if (rival.isEmpty()) {
            System.out.println("no pg_dump of this version is installed");
        } else {
            print("pg_dump --schema-only", rival);
        }
        within(parsed, server, database);
        System.exit(0);
    }

    private static void within(DatabaseUrl url, TestServers server, String database) throws Exception {
        List<Long> snapshots = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            url.schema(TABLE, SchemaScope.ALL);
            snapshots.add(System.nanoTime() - start);
        }
        System.out.printf("%-44s %8.2f s%n", "schema read again within one process", median(snapshots) / 1e9);
        try (DatabaseObserver watched = url.observer(TABLE, SchemaScope.ALL)) {
            Fingerprint mark = watched.observe(Set.of(), null, null).mark();
            List<Long> busy = new ArrayList<>();
            List<Long> idle = new ArrayList<>();
            for (int i = 0; i < 4 * RUNS; i++) {
                // Work that leaves the schema alone.
                server.run(database, "INSERT INTO t1 (id) VALUES (" + i + ")");
                busy.add(poll(watched, mark));
                idle.add(poll(watched, mark));
            }
            System.out.printf("%-44s %8.1f ms%n", "a round, schema as before", median(busy) / 1e6);
            System.out.printf("%-44s %8.1f ms%n", "a round, nobody committed anything", median(idle) / 1e6);
        }
    }

    private static long poll(DatabaseObserver watched, Fingerprint mark) throws Exception {
        long start = System.nanoTime();
        watched.observe(Set.of(), null, mark);
        return System.nanoTime() - start;
    }

    private static void create(TestServers server, String database) throws SQLException {
        for (int from = 1; from <= TABLES; from += 500) {
            server.run(database, """
                    DO $$ BEGIN FOR i IN %d..%d LOOP
                        EXECUTE format('CREATE TABLE t%%s (id bigint PRIMARY KEY, a int NOT NULL DEFAULT 0, b text, c varchar(40),
                            d timestamptz DEFAULT now(), e numeric(10,2), f boolean NOT NULL DEFAULT false, g uuid UNIQUE, h jsonb,
                            i date CHECK (i > ''2000-01-01''))', i);
                        EXECUTE format('CREATE INDEX ON t%%s (a, lower(b)) WHERE f', i);
                    END LOOP; END $$""".formatted(from, from + 499));
        }
        server.run(database, "ANALYZE");
    }

    /** Absent tools have version 0. */
    private static int dumpVersion() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("pg_dump", "--version").redirectError(Redirect.DISCARD).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return Integer.parseInt(printed.replaceFirst("(?s)^\\D*(\\d+).*$", "$1"));
        } catch (IOException e) {
            return 0;
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void print(String name, List<Run> runs) {
        System.out.printf("%-44s %8.2f s, peak %4.0f MB resident%n", name,
                median(runs.stream().map(Run::nanos).toList()) / 1e9,
                Collections.max(runs.stream().map(Run::peak).toList()));
    }

    private static long median(List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** @param peak resident, in MB */
    private record Run(long nanos, double peak) {

        static Run of(List<String> command) throws IOException, InterruptedException {
            Path output = Files.createTempFile("schema", ".out");
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile()).redirectError(Redirect.INHERIT).start();
            double peak = 0;
            while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, resident(process.pid()));
            }
            long nanos = System.nanoTime() - start;
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command + " ended with " + process.exitValue());
            }
            Files.delete(output);
            return new Run(nanos, peak);
        }

        private static double resident(long pid) {
            try {
                return Files.readString(Path.of("/proc", Long.toString(pid), "status")).lines()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum() / 1024.0;
            } catch (IOException ended) {
                return 0;
            }
        }
    }
}
