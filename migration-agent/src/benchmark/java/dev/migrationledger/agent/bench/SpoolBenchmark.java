package dev.migrationledger.agent.bench;

import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.agent.spool.Pending;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.contracts.event.GapReason.SpoolDamaged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A spool in which a million events wait for a ledger: how long an agent of little memory takes to open it, to begin a new epoch, and to give all
 * events to the ledger. Nothing is sent.
 */
public final class SpoolBenchmark {

    private static final int EVENTS = Integer.getInteger("events", 1_000_000);

    /** Megabytes of the agent's heap. */
    private static final int HEAP = 64;

    private SpoolBenchmark() {}

    /** Without an argument, fills a spool and starts itself again with little memory; with one, opens that spool. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            drain(Path.of(args[0]));
            return;
        }
        Path folder = Files.createTempDirectory("spool-benchmark");
        long start = System.nanoTime();
        try (Spool spool = open(folder.resolve("spool"))) {
            for (int i = 0; i < EVENTS; i += 1_000) {
                spool.record(spool.epoch(), IntStream.range(i, i + 1_000).mapToObj(SpoolBenchmark::fact).toList(),
                        Map.of());
            }
        }
        print("filled, 1,000 events in a transaction", start);
        System.out.printf("%,d events, %,d MB%n", EVENTS, Files.size(folder.resolve("spool/spool.db")) >> 20);
        Process agent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), SpoolBenchmark.class.getName(),
                folder.resolve("spool").toString()).inheritIO().start();
        int exit = agent.waitFor();
        try (var files = Files.walk(folder)) {
            for (Path path : new ArrayList<>(files.toList()).reversed()) {
                Files.delete(path);
            }
        }
        if (exit != 0) {
            throw new IllegalStateException("the agent ended with exit code " + exit);
        }
    }

    private static Spool open(Path folder) {
        return Spool.open(folder, "navbot", "production", "agent-1", Clock.systemUTC());
    }

    private static ObservedFact fact(int number) {
        Instant now = Instant.parse("2026-01-01T12:00:00Z").plusSeconds(number);
        return new ObservedFact(new RevisionApplied("revision-" + number, false,
                new Evidence(Method.TRIGGER, Certainty.CERTAIN, List.of(), new Attribution(
                        new Attribution.Actor("deploy", "alembic", "10.0.0.7", 4711, String.valueOf(number)),
                        "UPDATE alembic_version SET version_num='revision-%d'".formatted(number), List.of()))),
                Occurrence.exactly(now), now);
    }

    private static void drain(Path folder) throws Exception {
        long start = System.nanoTime();
        try (Spool spool = open(folder)) {
            print("opened, with the check of its file", start);
            start = System.nanoTime();
            long waiting = spool.pending();
            print("counted %,d".formatted(waiting), start);
            start = System.nanoTime();
            spool.next(EventBatch.MAX_EVENTS, 1 << 22);
            print("read the first batch", start);
            start = System.nanoTime();
            spool.renew(1, new SpoolDamaged());
            print("began a new epoch", start);
            start = System.nanoTime();
            int batches = 0;
            for (List<Pending> next = spool.next(EventBatch.MAX_EVENTS, 1 << 22); !next.isEmpty(); next = spool
                    .next(EventBatch.MAX_EVENTS, 1 << 22)) {
                spool.acknowledge(next.getLast().epoch(), next.getLast().sequence());
                if (spool.pending() > waiting) {
                    throw new IllegalStateException("more is pending than before");
                }
                batches++;
            }
            print("gave and forgot %,d batches".formatted(batches), start);
        }
        System.out.println(Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM")).findFirst().orElse("memory unknown"));
    }

    private static void print(String what, long start) {
        System.out.printf("%-40s %8.2f s%n", what, (System.nanoTime() - start) / 1e9);
    }
}
