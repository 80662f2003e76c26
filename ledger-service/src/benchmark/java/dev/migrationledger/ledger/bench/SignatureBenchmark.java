package dev.migrationledger.ledger.bench;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.time.Latencies;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
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
    private final KeyPair key;
    private int tenants;

    private SignatureBenchmark(LoadedLedger open, LoadedLedger closed, KeyPair key) {
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
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (LoadedLedger before = LoadedLedger.start(jar, other, "512m")) {
            enrol(before, key);
        }
        try (LoadedLedger open = LoadedLedger.start(jar, one, "512m");
                LoadedLedger closed = LoadedLedger.start(jar, other, "512m", "--ledger.identity.required=true")) {
            enrol(open, key);
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

    private static final KeyState STATE = new KeyState(1, "0123456789abcdefghijkl");

    private static void enrol(LoadedLedger ledger, KeyPair key) throws Exception {
        AgentKey.Code code = ContractJson.read(ledger.post("/api/v1/agents/enrolment-codes",
                ContractJson.write(new AgentKey.CodeWanted("*", "*", null, null))).getBytes(StandardCharsets.UTF_8),
                AgentKey.Code.class);
        byte[] enrolment = ContractJson.write(new AgentKey.Enrolment(code.value(),
                Base64.getEncoder().encodeToString(key.getPublic().getEncoded()), "benchmark"));
        ledger.post("/api/v1/agents", enrolment, signature(Purpose.ENROLMENT, enrolment, key));
        byte[] renewal = ContractJson.write(new AgentKey.Renewal("0." + STATE.random(), STATE.toString()));
        ledger.post("/api/v1/agents/%s/renew".formatted(Ed25519Signature.keyId(key.getPublic())), renewal,
                signature(Purpose.RENEWAL, renewal, key));
    }

    private static String[] signature(Purpose purpose, byte[] bytes, KeyPair key) {
        Ed25519Signature signature = Ed25519Signature.of(purpose, bytes, Ed25519Signature.keyId(key.getPublic()),
                key.getPrivate());
        return new String[]{
            Ed25519Signature.KEY_HEADER, signature.key(), Ed25519Signature.SIGNATURE_HEADER, signature.value(),
            KeyState.HEADER, STATE.toString()};
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
            case SIGNED -> open.post("/api/v1/events", batch, signature(Purpose.BATCH, batch, key));
            case SIGNED_WITH_SIGN_IN ->
                closed.post("/api/v1/events", batch, signature(Purpose.BATCH, batch, key));
        }
    }
}
