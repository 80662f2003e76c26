package dev.migrationledger.ledger.bench;

import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.testsupport.time.Latencies;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What it costs that agents sign, and that a ledger asks everyone who they are: one client sends batches in turn to a ledger without sign-in,
 * without and with a signature, and to one with sign-in.
 */
final class SignatureBenchmark {

    private static final PrintStream OUT = System.out;

    /** Each way of sending gets so many environments for each size of batches. */
    private static final int ROUNDS = 20;

    /** Of one environment. */
    private static final int BATCHES = 10;

    private enum Way {
        UNSIGNED,
        SIGNED,
        SIGNED_WITH_SIGN_IN
    }

    private final LoadedLedger open;
    private final LoadedLedger closed;
    private final EnrolledKey key;
    private int tenants;

    private SignatureBenchmark(LoadedLedger open, LoadedLedger closed, EnrolledKey key) {
        this.open = open;
        this.closed = closed;
        this.key = key;
    }

    /**
     * Sends, and prints the figures.
     *
     * @param args the ledger's jar
     */
    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]);
        Path one = Files.createTempDirectory("signature-benchmark");
        Path other = Files.createTempDirectory("signature-benchmark");
        EnrolledKey key = EnrolledKey.make();
        try (LoadedLedger before = LoadedLedger.start(jar, other, "512m")) {
            key.enrol(before);
        }
        try (LoadedLedger open = LoadedLedger.start(jar, one, "512m");
                LoadedLedger closed = LoadedLedger.start(jar, other, "512m", "--ledger.identity.required=true")) {
            key.enrol(open);
            SignatureBenchmark benchmark = new SignatureBenchmark(open, closed, key);
            for (int size : new int[]{50, 2}) {
                // A round that does not count, long enough for most of the code to be compiled.
                benchmark.measure(size);
                Map<Way, Latencies> latencies = benchmark.measure(size);
                double unsigned = Objects.requireNonNull(latencies.get(Way.UNSIGNED)).median();
                latencies.forEach((way, some) -> OUT.printf(Locale.ROOT,
                        "%2d events a batch, %s: p50 %.2f, p99 %.1f ms, %.2f times unsigned, n %d%n", size, way,
                        some.median(), some.millis(0.99), some.median() / unsigned, some.count()));
            }
        }
    }

    private Map<Way, Latencies> measure(int size) throws Exception {
        Map<Way, Latencies> latencies = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            latencies.put(way, new Latencies());
        }
        for (int round = 0; round < ROUNDS; round++) {
            Map<Way, List<byte[]>> batches = new EnumMap<>(Way.class);
            for (Way way : Way.values()) {
                batches.put(way, Tenants.batches(tenants++, BATCHES * size, size));
            }
            // In turn, so that whatever else the machine does hits each of them.
            for (int i = 0; i < BATCHES; i++) {
                for (Map.Entry<Way, List<byte[]>> one : batches.entrySet()) {
                    long start = System.nanoTime();
                    send(one.getKey(), one.getValue().get(i));
                    Objects.requireNonNull(latencies.get(one.getKey())).add(System.nanoTime() - start);
                }
            }
        }
        return latencies;
    }

    private void send(Way way, byte[] batch) throws Exception {
        switch (way) {
            case UNSIGNED -> open.post(batch);
            case SIGNED -> open.post("/api/v1/events", batch, key.headers(Purpose.BATCH, batch));
            case SIGNED_WITH_SIGN_IN ->
                closed.post("/api/v1/events", batch, key.headers(Purpose.BATCH, batch));
        }
    }
}
