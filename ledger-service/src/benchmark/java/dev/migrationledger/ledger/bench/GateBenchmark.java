package dev.migrationledger.ledger.bench;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.time.Latencies;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The time of a question to the gate, compared with an empty request, at 200 requests a second. The ledger has 1,000 environments of 500 revisions
 * and knows each observation already. Both are sent at fixed times, and measured from then, whether or not the ones before were answered.
 */
final class GateBenchmark {

    private static final PrintStream OUT = System.out;

    private static final int ENVIRONMENTS = Integer.getInteger("benchmark.environments", 1_000);
    private static final int PROJECTS = Integer.getInteger("benchmark.projects", 10);
    private static final int REVISIONS = 500;
    private static final int PER_SECOND = Integer.getInteger("benchmark.rate", 200);
    private static final Duration BLOCK = Duration.ofSeconds(10);
    private static final int BLOCKS = 3;

    private static final SchemaSnapshot SCHEMA = new SchemaSnapshot(SchemaSnapshot.FORM, List.of());
    private static final VersionTable TABLE = new VersionTable("public.alembic_version", VersionTable.State.PRESENT,
            List.of(Tenants.revision(REVISIONS - 2)));
    private static final String HEAD = Tenants.revision(REVISIONS - 1);

    private final LoadedLedger ledger;
    private final Random random = new Random(7);

    private GateBenchmark(LoadedLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Asks, and prints the figures.
     *
     * @param args the ledger's jar
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("gate-benchmark");
        try (LoadedLedger ledger = LoadedLedger.start(Path.of(args[0]), folder, "1g")) {
            GateBenchmark benchmark = new GateBenchmark(ledger);
            for (int environment = 0; environment < ENVIRONMENTS; environment++) {
                ledger.post(batch(environment));
            }
            while (ledger.due() > 0) {
                TimeUnit.MILLISECONDS.sleep(500);
            }
            // Blocks that do not count: most of the code is compiled, and every environment was asked about once.
            benchmark.block(true, new Latencies());
            benchmark.block(false, new Latencies());
            Latencies empty = new Latencies();
            Latencies gate = new Latencies();
            for (int block = 0; block < BLOCKS; block++) {
                benchmark.block(false, empty);
                benchmark.block(true, gate);
            }
            OUT.printf(Locale.ROOT, "%d environments of %d revisions in %d projects, %d requests/s%n", ENVIRONMENTS,
                    REVISIONS, PROJECTS, PER_SECOND);
            OUT.printf(Locale.ROOT, "empty request: p50 %.1f, p99 %.1f ms, n %d%n", empty.millis(0.5),
                    empty.millis(0.99), empty.count());
            OUT.printf(Locale.ROOT, "gate:          p50 %.1f, p99 %.1f ms, n %d%n", gate.millis(0.5),
                    gate.millis(0.99), gate.count());
            OUT.printf(Locale.ROOT, "p99 of the gate is %.1f times that of an empty request%n",
                    gate.millis(0.99) / empty.millis(0.99));
        }
    }

    private void block(boolean gate, Latencies latencies) throws Exception {
        int count = (int) BLOCK.toSeconds() * PER_SECOND;
        AtomicInteger failed = new AtomicInteger();
        long start = System.nanoTime();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                long due = start + i * 1_000_000_000L / PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                int environment = random.nextInt(ENVIRONMENTS);
                senders.execute(() -> {
                    try {
                        if (gate) {
                            ledger.post("/api/v1/projects/%s/environments/%s/gate".formatted(project(environment),
                                    environment(environment)), ContractJson.write(question()));
                        } else {
                            ledger.get("/api/v1/me");
                        }
                        latencies.add(System.nanoTime() - due);
                    } catch (Exception e) {
                        failed.incrementAndGet();
                    }
                });
            }
        }
        if (failed.get() > 0) {
            OUT.printf("%d of %d requests failed%n", failed.get(), count);
        }
    }

    private static GateQuestion question() {
        Instant now = Instant.now();
        return new GateQuestion(UUID.randomUUID(), new ObservedScripts("alembic.ini", 1, "d0", List.of(HEAD)), TABLE,
                SCHEMA.fingerprint(), now, now, null, null);
    }

    private static byte[] batch(int environment) {
        List<AgentEvent> events = List.of(
                new AgentStarted("0.1.0", "alembic", "observe", Map.of("tier", "prod")),
                new ScriptsScanned("alembic.ini", 1, "d0", null, Tenants.history(REVISIONS), List.of(), List.of(),
                        new ToolInvocation(Program.ALEMBIC, List.of(), null, List.of(), false, "/srv/tenants")),
                new VersionTableObserved(TABLE),
                new SchemaObserved(SCHEMA.fingerprint(), null, SCHEMA.objects(), List.of(), "public", 0));
        Instant now = Instant.now();
        UUID epoch = UUID.randomUUID();
        List<AgentEnvelope> envelopes = new ArrayList<>(IntStream.range(0, events.size())
                .mapToObj(i -> new AgentEnvelope(UUID.randomUUID(), project(environment), environment(environment),
                        "agent", epoch, i + 1L, Occurrence.noLaterThan(now), now, events.get(i)))
                .toList());
        return ContractJson.write(new EventBatch(envelopes));
    }

    private static String project(int environment) {
        return "project-" + environment % PROJECTS;
    }

    private static String environment(int environment) {
        return "tenant-" + environment / PROJECTS;
    }
}
