package dev.migrationledger.ledger.bench;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.ToolInvocation;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The time of a question to the gate, compared with an empty request, at 200 requests a second. The ledger has 1,000 environments of 500 revisions,
 * knows each observation already, and was asked about each environment once. Requests are sent at fixed times, and measured from then, whether or
 * not the ones before were answered. Each carries an access token. In every second pair of blocks, agents of other environments report changes meanwhile.
 */
final class GateBenchmark {

    private static final PrintStream OUT = System.out;

    private static final int ENVIRONMENTS = Integer.getInteger("benchmark.environments", 1_000);
    private static final int PROJECTS = Integer.getInteger("benchmark.projects", 10);
    private static final int REVISIONS = 500;
    private static final int PER_SECOND = Integer.getInteger("benchmark.rate", 200);
    private static final int CHANGES_PER_SECOND = Integer.getInteger("benchmark.changes", 4);
    private static final Duration BLOCK = Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 10));
    private static final int BLOCKS = Integer.getInteger("benchmark.blocks", 3);
    private static final int WARMING = 8;

    /** Of a problem that the ledger answers with. */
    private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z-]+)\"");

    /** One environment in so many changes while the others are asked about. */
    private static final int CHANGING = 20;

    private static final SchemaSnapshot SCHEMA = new SchemaSnapshot(SchemaSnapshot.FORM, List.of());
    private static final VersionTable TABLE = table(REVISIONS - 2);
    private static final String HEAD = Tenants.revision(REVISIONS - 1);

    private final LoadedLedger ledger;
    private final Random random = new Random(7);
    private final Map<Integer, Integer> reported = new HashMap<>();

    private GateBenchmark(LoadedLedger ledger) {
        this.ledger = ledger;
    }

    /** What a block sends. */
    private enum Kind {
        EMPTY("empty request", false),
        GATE("question to the gate", false),
        EMPTY_CHANGING("empty request, environments change", true),
        GATE_CHANGING("question, environments change", true);

        final String words;
        final boolean changing;

        Kind(String words, boolean changing) {
            this.words = words;
            this.changing = changing;
        }

        boolean asks() {
            return this == GATE || this == GATE_CHANGING;
        }
    }

    /** What came of the requests of one kind. */
    private static final class Figures {
        final Latencies answered = new Latencies();
        final AtomicInteger refused = new AtomicInteger();
        final Map<String, Integer> why = new ConcurrentSkipListMap<>();

        void refused(Exception e) {
            refused.incrementAndGet();
            why.merge(CODE.matcher(String.valueOf(e.getMessage())).results().findFirst().map(it -> it.group(1))
                    .orElse(e.getClass().getSimpleName()), 1, Integer::sum);
        }
    }

    /**
     * Asks, and prints the figures.
     *
     * @param args the ledger's jar
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("gate-benchmark");
        try (LoadedLedger ledger = LoadedLedger.start(Path.of(args[0]), folder, "1g",
                "--ledger.identity.required=true", "--logging.level.dev.migrationledger.ledger.identity=info")) {
            ledger.signIn();
            new GateBenchmark(ledger).run();
        }
    }

    private void run() throws Exception {
        for (int environment = 0; environment < ENVIRONMENTS; environment++) {
            ledger.post(observed(environment));
        }
        while (ledger.due() > 0) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        Latencies first = first();
        OUT.printf(Locale.ROOT, "%d environments of %d revisions in %d projects, %d requests/s, %d changes/s%n",
                ENVIRONMENTS, REVISIONS, PROJECTS, PER_SECOND, CHANGES_PER_SECOND);
        OUT.printf(Locale.ROOT, "first question, %d at a time: p50 %.1f, p99 %.1f ms%n", WARMING, first.median(),
                first.millis(0.99));
        // Blocks that do not count: most of the code is compiled.
        block(Kind.EMPTY, new Figures());
        block(Kind.GATE, new Figures());
        Map<Kind, Figures> figures = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            figures.put(kind, new Figures());
        }
        for (int block = 0; block < BLOCKS; block++) {
            for (var each : figures.entrySet()) {
                block(each.getKey(), each.getValue());
            }
        }
        figures.forEach((kind, of) -> OUT.printf(Locale.ROOT, "%-36s p50 %.1f, p99 %.1f ms, answered %d, refused %d %s%n",
                kind.words, of.answered.median(), of.answered.millis(0.99), of.answered.count(), of.refused.get(), of.why));
        ratio(figures, Kind.GATE, Kind.EMPTY);
        ratio(figures, Kind.GATE_CHANGING, Kind.EMPTY_CHANGING);
    }

    private static void ratio(Map<Kind, Figures> figures, Kind gate, Kind empty) {
        Latencies asked = Objects.requireNonNull(figures.get(gate)).answered;
        Latencies nothing = Objects.requireNonNull(figures.get(empty)).answered;
        OUT.printf(Locale.ROOT, "%s: p50 is %.1f times, p99 %.1f times that of an empty request%n", gate.words,
                asked.median() / nothing.median(), asked.millis(0.99) / nothing.millis(0.99));
    }

    /** Each environment once, a few at a time. */
    private Latencies first() throws Exception {
        Latencies first = new Latencies();
        try (ExecutorService senders = Executors.newFixedThreadPool(WARMING)) {
            List<Callable<Integer>> questions = IntStream.range(0, ENVIRONMENTS).<Callable<Integer>>mapToObj(
                    environment -> () -> {
                        long start = System.nanoTime();
                        ask(environment);
                        first.add(System.nanoTime() - start);
                        return environment;
                    }).toList();
            for (Future<Integer> question : senders.invokeAll(questions)) {
                question.get();
            }
        }
        return first;
    }

    private void block(Kind kind, Figures figures) throws Exception {
        int count = (int) BLOCK.toSeconds() * PER_SECOND;
        long start = System.nanoTime();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> changes = senders.submit(() -> {
                change(start, kind.changing ? (int) BLOCK.toSeconds() * CHANGES_PER_SECOND : 0);
                return kind;
            });
            for (int i = 0; i < count; i++) {
                long due = start + i * 1_000_000_000L / PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                int environment = asked();
                senders.execute(() -> {
                    try {
                        if (kind.asks()) {
                            ask(environment);
                        } else {
                            ledger.get("/api/v1/me");
                        }
                        figures.answered.add(System.nanoTime() - due);
                    } catch (Exception e) {
                        figures.refused(e);
                    }
                });
            }
            changes.get();
        }
    }

    private int asked() {
        int environment = random.nextInt(ENVIRONMENTS);
        return isChanging(environment) ? environment - 1 : environment;
    }

    /** One in each project and twenty, whatever the number of projects. */
    private static boolean isChanging(int environment) {
        return environment / PROJECTS % CHANGING == 1;
    }

    private void ask(int environment) throws Exception {
        ledger.post("/api/v1/projects/%s/environments/%s/gate".formatted(project(environment),
                environment(environment)), ContractJson.write(question()));
    }

    /** Agents report that other rows are in their version tables, at fixed times. */
    private void change(long start, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            TimeUnit.NANOSECONDS.sleep(start + i * 1_000_000_000L / CHANGES_PER_SECOND - System.nanoTime());
            int environment = new Random(start + i).ints(0, ENVIRONMENTS).filter(GateBenchmark::isChanging)
                    .findFirst().orElseThrow();
            send(changed(environment));
        }
    }

    private static GateQuestion question() {
        Instant now = Instant.now();
        return new GateQuestion(UUID.randomUUID(), new ObservedScripts("alembic.ini", 1, "d0", List.of(HEAD)), TABLE,
                SCHEMA.fingerprint(), now, now, null, null);
    }

    /** As an agent does: again until the ledger takes it. */
    private void send(byte[] batch) throws Exception {
        while (true) {
            try {
                ledger.post(batch);
                return;
            } catch (IllegalStateException e) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private byte[] observed(int environment) {
        List<AgentEvent> events = List.of(
                new AgentStarted("0.1.0", "alembic", "observe", Map.of("tier", "prod")),
                new ScriptsScanned("alembic.ini", 1, "d0", null, Tenants.history(REVISIONS), List.of(), List.of(),
                        new ToolInvocation(Program.ALEMBIC, List.of(), null, List.of(), false, "/srv/tenants")),
                new VersionTableObserved(TABLE),
                new SchemaObserved(SCHEMA.fingerprint(), null, SCHEMA.objects(), List.of(), "public", 0));
        return batch(environment, events);
    }

    private byte[] changed(int environment) {
        int reported = this.reported.getOrDefault(environment, 0);
        return batch(environment, List.of(new VersionTableObserved(table(REVISIONS - 2 - reported % 2))));
    }

    private byte[] batch(int environment, List<AgentEvent> events) {
        Instant now = Instant.now();
        int before = reported.merge(environment, events.size(), Integer::sum) - events.size();
        UUID epoch = new UUID(0x7000L, environment);
        return ContractJson.write(new EventBatch(IntStream.range(0, events.size())
                .mapToObj(i -> new AgentEnvelope(UUID.randomUUID(), project(environment), environment(environment),
                        "agent", epoch, before + i + 1L, Occurrence.noLaterThan(now), now, events.get(i)))
                .toList()));
    }

    private static VersionTable table(int revision) {
        return new VersionTable("public.alembic_version", VersionTable.State.PRESENT,
                List.of(Tenants.revision(revision)));
    }

    private static String project(int environment) {
        return "project-" + environment % PROJECTS;
    }

    private static String environment(int environment) {
        return "tenant-" + environment / PROJECTS;
    }
}
