package dev.migrationledger.ledger.bench;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.log.ExportLine.Manifest;
import dev.migrationledger.contracts.log.ExportLine;
import dev.migrationledger.contracts.log.ExportProof;
import dev.migrationledger.contracts.log.LeafProof;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.export.ExportVerifier;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.evidence.check.EvidenceCheck;
import dev.migrationledger.ledger.evidence.check.Tamperings;
import dev.migrationledger.ledger.evidence.log.EvidenceLog;
import dev.migrationledger.ledger.evidence.log.ExportProofs;
import dev.migrationledger.ledger.evidence.log.LogAppender;
import dev.migrationledger.ledger.evidence.log.StoredRecords;
import dev.migrationledger.ledger.platform.TestDatabase;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.testsupport.time.Latencies;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the evidence log costs: recording beside it, its growth, proofs, the check of the store, exports and their verification. */
final class EvidenceBenchmark {

    private static final PrintStream OUT = System.out;
    private static final int PAGE = 1_000;
    private static final int CLIENTS = 4;

    private final ConfigurableApplicationContext ledger;
    private final JdbcClient database;
    private final EvidenceLog log;
    private final LogAppender appender;
    private int environments;

    private EvidenceBenchmark(ConfigurableApplicationContext ledger) {
        this.ledger = ledger;
        this.database = ledger.getBean(JdbcClient.class);
        this.log = ledger.getBean(EvidenceLog.class);
        this.appender = ledger.getBean(LogAppender.class);
    }

    /** Fills a database and prints the figures. The variable BENCHMARK_EVENTS says how many events; without it, a million. */
    public static void main(String[] args) throws Exception {
        int events = Integer.parseInt(System.getenv().getOrDefault("BENCHMARK_EVENTS", "1000000"));
        String[] settings = {
            "--spring.datasource.url=" + TestDatabase.create(), "--server.port=0", "--ledger.automations=false",
            "--logging.level.root=warn"};
        try (ConfigurableApplicationContext ledger = SpringApplication.run(LedgerService.class, settings)) {
            EvidenceBenchmark benchmark = new EvidenceBenchmark(ledger);
            benchmark.recording();
            benchmark.fill(events);
            benchmark.append();
            benchmark.proofs(events);
            benchmark.check();
            benchmark.export(false);
            Path file = benchmark.export(true);
            verify(file);
        }
        System.exit(0);
    }

    /** In turn with and without a log that follows, so other load of the machine hits both. */
    private void recording() throws Exception {
        for (int round = 0; round < 6; round++) {
            boolean follows = round % 2 == 1;
            AtomicBoolean done = new AtomicBoolean();
            Thread follower = Thread.ofPlatform().start(() -> {
                while (follows && !done.get()) {
                    appender.run(new StreamId.Organisation());
                    pause();
                }
            });
            int count = 20_000;
            double seconds = seconds(() -> record(count));
            done.set(true);
            follower.join();
            OUT.printf(Locale.ROOT, "recording, %s: %.0f events/s%n", follows ? "log follows" : "no log     ",
                    count / seconds);
        }
    }

    /** As an automation gathers what comes in. */
    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(int events) throws Exception {
        EnvironmentCommands commands = ledger.getBean(EnvironmentCommands.class);
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String environment = "e" + environments++;
                running.add(clients.submit(() -> {
                    for (long from = 1; from <= events / CLIENTS; from += 50) {
                        List<AgentEnvelope> batch = SampleBatches.events("navbot", environment, from, from + 49);
                        commands.record(SampleBatches.command(batch));
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private void fill(int events) {
        database.sql("set statement_timeout = 0").update();
        for (int from = 0; from < events; from += 50_000) {
            database.sql("""
                    insert into ledger.event (event_identifier, stream, sequence_number, stream_type, payload_type,
                    payload_revision, payload, metadata, time_stamp)
                    select gen_random_uuid(), 'navbot/filled-' || i / 10000, i, 'stream', 'agent.head-detected', '1',
                    convert_to('{"type":"agent.head-detected.v1","heads":["' || repeat(md5(i::text), 16) || '"]}', 'UTF8'),
                    convert_to('{"eventId":"' || gen_random_uuid() || '","project":"navbot","environment":"filled",'
                    || '"origin":{"agent":"watcher","epoch":"' || gen_random_uuid() || '","sequence":' || i || '}}', 'UTF8'),
                    now()::text
                    from generate_series(?, ?) i
                    """).params(from, Math.min(events, from + 50_000) - 1).update();
        }
    }

    private void append() throws Exception {
        long before = log.size();
        double seconds = seconds(() -> {
            // Positions are final once earlier transactions have ended.
            while (!appender.due().isEmpty()) {
                appender.run(new StreamId.Organisation());
            }
        });
        OUT.printf(Locale.ROOT, "append: %d leaves in %.1f s, %.0f/s%n", log.size() - before, seconds,
                (log.size() - before) / seconds);
        for (String table : List.of("event", "log_leaf", "log_subtree")) {
            OUT.printf(Locale.ROOT, "%s: %.0f bytes for each leaf%n", table,
                    (double) database.sql("select pg_total_relation_size('ledger." + table + "')").query(Long.class)
                            .single() / log.size());
        }
    }

    private void proofs(int events) throws Exception {
        OUT.printf(Locale.ROOT, "checkpoint: %.1f ms%n", 1000 * seconds(log::checkpoint));
        Random random = new Random(14);
        List<Long> positions = database
                .sql("select event from ledger.log_leaf where leaf = any(?) and event is not null")
                .param(random.longs(1_000, 0, events).boxed().toArray(Long[]::new)).query((row, _) -> row.getLong(1)).list();
        Latencies inclusion = new Latencies();
        Latencies consistency = new Latencies();
        for (long position : positions) {
            long start = System.nanoTime();
            log.inclusion(position, log.size());
            inclusion.add(System.nanoTime() - start);
            start = System.nanoTime();
            log.consistency(random.nextLong(1, log.size()), log.size());
            consistency.add(System.nanoTime() - start);
        }
        OUT.printf(Locale.ROOT, "inclusion: p50 %.2f, p99 %.1f ms; consistency: p50 %.2f, p99 %.1f ms%n",
                inclusion.median(), inclusion.millis(0.99), consistency.median(), consistency.millis(0.99));
    }

    private void check() throws Exception {
        EvidenceCheck check = ledger.getBean(EvidenceCheck.class);
        Tamperings tamperings = ledger.getBean(Tamperings.class);
        double seconds = seconds(() -> {
            while (tamperings.completedAt() == null) {
                check.run(new StreamId.Organisation());
            }
        });
        OUT.printf(Locale.ROOT, "check: %.0f leaves/s, %d places found%n", log.size() / seconds,
                tamperings.open().size());
    }

    private Path export(boolean proved) throws Exception {
        Path file = Files.createTempFile("export", ".ndjson");
        long[] lines = new long[1];
        double seconds = seconds(() -> lines[0] = write(file, proved));
        OUT.printf(Locale.ROOT, "export %s proofs: %d lines in %.1f s, %.0f/s, %d bytes a line%n",
                proved ? "with" : "without", lines[0], seconds, lines[0] / seconds, Files.size(file) / lines[0]);
        return file;
    }

    private long write(Path file, boolean proved) throws IOException {
        ExportProofs proofs = log.export();
        long last = proofs.lastPosition();
        long position = 0;
        long lines = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (List<LogRecord> page = page(position, last); !page.isEmpty(); page = page(position, last)) {
                List<Optional<LeafProof>> leaves = proved ? proofs.next(page) : List.of();
                for (int i = 0; i < page.size(); i++) {
                    line(out, new ExportLine(page.get(i), proved ? leaves.get(i).orElseThrow() : null, null));
                }
                lines += page.size();
                position = page.getLast().position();
            }
            line(out, new ExportLine(null, null, new Manifest(proved ? proofs.end() : null)));
        }
        return lines;
    }

    private static void line(OutputStream out, ExportLine line) throws IOException {
        out.write(ContractJson.write(line));
        out.write('\n');
    }

    private List<LogRecord> page(long after, long to) {
        return database.sql("select " + StoredRecords.EVENT_COLUMNS
                + " from ledger.event where global_index > ? and global_index <= ? order by global_index limit ?")
                .params(after, to, PAGE).query(StoredRecords::event).list();
    }

    /** As the agent reads it. */
    private static void verify(Path file) throws Exception {
        ExportProof manifest = null;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("{\"manifest\"")) {
                    manifest = proof(read(line));
                }
            }
        }
        ExportVerifier verifier = new ExportVerifier(Objects.requireNonNull(manifest));
        double seconds = seconds(() -> {
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                long number = 0;
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    number++;
                    ExportLine read = read(line);
                    if (read.record() != null) {
                        verifier.add(number, read.record(), read.proof());
                    }
                }
            }
            verifier.end();
        });
        OUT.printf(Locale.ROOT, "verify: %d lines, %.0f/s, %d problems%n", verifier.lines(),
                verifier.lines() / seconds, verifier.problemCount());
    }

    private static @Nullable ExportProof proof(ExportLine line) {
        Manifest manifest = line.manifest();
        return manifest == null ? null : manifest.log();
    }

    private static ExportLine read(String line) {
        return ContractJson.read(line.getBytes(StandardCharsets.UTF_8), ExportLine.class);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
