package dev.migrationledger.ledger.bench;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * How long it takes until what was recorded is judged, in a ledger with a heap of 512 MB: all environments of a project change at once; one of
 * many on different heads changes; one of many whose schemas all differ changes. Beside each, how long the changes themselves took to be recorded.
 */
final class EvaluationBenchmark {

    private static final int MANY = Integer.getInteger("benchmark.environments", 1_000);
    private static final int DIFFERENT = Integer.getInteger("benchmark.different", 300);
    private static final int OBJECTS = 1_000;
    private static final int REVISIONS = 100;
    private static final int LIFE = Integer.getInteger("benchmark.revisions", 3_000);
    private static final int PAST = Integer.getInteger("benchmark.events", 100_000);
    private static final int TOGETHER = 500;
    private static final PrintStream OUT = System.out;
    private static final Evidence SEEN = new Evidence(Evidence.Method.XMIN, Evidence.Certainty.CERTAIN, List.of());

    /** Environments of one project, in the part about one change. */
    private static final int[] COUNTS = Arrays.stream(System.getProperty("benchmark.counts", "100,1000,10000").split(","))
            .mapToInt(Integer::parseInt).toArray();
    private static final int CHANGES = Integer.getInteger("benchmark.changes", 101);

    private final LoadedLedger ledger;
    private final Map<String, Long> sequences = new HashMap<>();

    private EvaluationBenchmark(LoadedLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Loads, changes, and prints the figures.
     *
     * @param args the ledger's jar
     */
    public static void main(String[] args) throws Exception {
        for (int count : COUNTS) {
            Path folder = Files.createTempDirectory("evaluation-benchmark");
            try (LoadedLedger ledger = LoadedLedger.start(Path.of(args[0]), folder, "1g")) {
                new EvaluationBenchmark(ledger).oneChange(count, BareInserts.beside(folder.resolve("data")));
            }
        }
        if (Boolean.getBoolean("benchmark.change")) {
            return;
        }
        Path folder = Files.createTempDirectory("evaluation-benchmark");
        try (LoadedLedger ledger = LoadedLedger.start(Path.of(args[0]), folder, "512m")) {
            EvaluationBenchmark benchmark = new EvaluationBenchmark(ledger);
            benchmark.allAtOnce();
            benchmark.onDifferentHeads();
            benchmark.withDifferentSchemas();
            benchmark.ofLongLife();
            benchmark.aboutThePast();
            OUT.println("heap: " + ledger.heapUsed());
            OUT.println("resident: " + ledger.residentMemory());
        }
    }

    /** What one change costs among so many environments that are where it was: until it is judged, and in processor time of the ledger and of PostgreSQL. */
    private void oneChange(int count, BareInserts database) throws Exception {
        List<Revision> history = history(REVISIONS, "main");
        for (int i = 0; i < count; i++) {
            say("one", i, started(), scanned(history), at(history.getLast()));
        }
        judged("%,d environments of one project, just heard of".formatted(count), 0);
        double[] millis = new double[CHANGES];
        try (Connection connection = database.connect();
                PreparedStatement isJudged = connection.prepareStatement("""
                        select from ledger.environment_view v join ledger.evaluation_checkpoint c using (project, environment)
                        where project = 'one' and environment = ? and v.digest = c.view_digest""")) {
            Duration before = Duration.ZERO;
            for (int i = -CHANGES; i < CHANGES; i++) {
                if (i == 0) {
                    before = ledger.processorTime();
                }
                int changed = i & 7;
                long start = System.nanoTime();
                say("one", changed, at(history.get(REVISIONS - 1 - (i >> 3 & 1))));
                isJudged.setString(1, "environment-" + changed);
                while (!isTrue(isJudged)) {
                    TimeUnit.MILLISECONDS.sleep(10);
                }
                millis[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
            }
            Duration took = ledger.processorTime().minus(before);
            Arrays.sort(millis);
            OUT.printf(Locale.ROOT, "one of %,d changed: judged after %.0f ms (median of %d), %.0f ms of processor time%n", count,
                    millis[CHANGES / 2], CHANGES, took.toMillis() / (double) CHANGES);
        }
    }

    private static boolean isTrue(PreparedStatement question) throws SQLException {
        try (ResultSet answer = question.executeQuery()) {
            return answer.next();
        }
    }

    private void allAtOnce() throws Exception {
        List<Revision> history = history(REVISIONS, "main");
        for (int i = 0; i < MANY; i++) {
            say("many", i, started(), scanned(history), at(history.get(49)));
        }
        judged("%,d environments of one project, just heard of".formatted(MANY), 0);
        for (int round = 50; round < 52; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < MANY; i++) {
                say("many", i, new RevisionApplied(history.get(round).revision(), false, SEEN), at(history.get(round)));
            }
            judged("all %,d upgraded at once".formatted(MANY), System.nanoTime() - start);
        }
        long start = System.nanoTime();
        say("many", 7, new RevisionApplied(history.get(52).revision(), false, SEEN), at(history.get(52)));
        judged("one of %,d upgraded".formatted(MANY), System.nanoTime() - start);
    }

    private void onDifferentHeads() throws Exception {
        for (int i = 0; i < DIFFERENT; i++) {
            List<Revision> history = new ArrayList<>(history(REVISIONS, "main"));
            history.add(new Revision(id("own" + i, 0), List.of(history.getLast().revision()), List.of(), List.of(), "own", "own.py",
                    "%064x".formatted(i + 1_000_000)));
            say("heads", i, started(), scanned(history), at(history.getLast()));
        }
        judged("%,d environments on different heads, just heard of".formatted(DIFFERENT), 0);
        List<Revision> history = history(REVISIONS, "main");
        for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            say("heads", 3 + i, at(history.get(98)));
            judged("one of %,d on different heads changed".formatted(DIFFERENT), System.nanoTime() - start);
        }
    }

    private void withDifferentSchemas() throws Exception {
        List<Revision> history = history(REVISIONS, "main");
        for (int i = 0; i < DIFFERENT; i++) {
            say("schemas", i, started(), scanned(history), at(history.getLast()), schema(i));
        }
        judged("%,d environments whose schemas of %,d objects differ, just heard of".formatted(DIFFERENT, OBJECTS + 1), 0);
        for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            say("schemas", 3 + i, schema(DIFFERENT + i));
            judged("one of %,d whose schemas differ changed".formatted(DIFFERENT), System.nanoTime() - start);
        }
    }

    /** What one event costs after few and after many revisions, each with a long statement. */
    private void ofLongLife() throws Exception {
        List<Revision> history = history(LIFE, "life");
        say("life", 0, started(), scanned(history));
        double first = 0;
        for (int i = 0; i < LIFE; i++) {
            long start = System.nanoTime();
            say("life", 0, new RevisionApplied(history.get(i).revision(), false, statement(i)));
            double millis = (System.nanoTime() - start) / 1e6;
            window[i % window.length] = millis;
            if (i + 1 == window.length * 2) {
                first = median();
            }
        }
        OUT.printf(Locale.ROOT, "one event of an environment, median of %d: %.1f ms at first, %.1f ms after %,d revisions%n",
                window.length, first, median(), LIFE);
    }

    /** What a question about a moment costs. The first one keeps views for those that follow. */
    private void aboutThePast() throws Exception {
        List<Revision> history = history(REVISIONS, "past");
        say("past", 0, started(), scanned(history));
        for (int i = 0; i < PAST; i += TOGETHER) {
            AgentEvent[] events = new AgentEvent[TOGETHER];
            for (int j = 0; j < TOGETHER; j++) {
                events[j] = at(history.get((i + j) % REVISIONS));
            }
            say("past", 0, events);
            if (i == PAST / 2) {
                middle = Instant.now();
            }
        }
        judged("%,d events of one environment".formatted(PAST), 0);
        double now = asked("");
        double first = asked("?at=" + middle);
        double at = (asked("?at=" + middle) + asked("?at=" + middle) + asked("?at=" + middle)) / 3;
        double knownAt = (asked("?knownAt=" + middle) + asked("?knownAt=" + middle) + asked("?knownAt=" + middle)) / 3;
        OUT.printf(Locale.ROOT, "one question to it: %.0f ms as it is now; at a moment %.0f ms the first time, %.0f ms then; as known then %.0f ms%n",
                now, first, at, knownAt);
    }

    private Instant middle = Instant.EPOCH;

    private double asked(String moment) throws Exception {
        return ledger.get("/api/v1/projects/past/environments/environment-0" + moment).nanos() / 1e6;
    }

    private final double[] window = new double[50];

    private double median() {
        return Arrays.stream(window).sorted().skip(window.length / 2).findFirst().orElseThrow();
    }

    private static Evidence statement(int number) {
        return new Evidence(Evidence.Method.TRIGGER, Evidence.Certainty.CERTAIN, List.of(), new Attribution(null,
                "UPDATE alembic_version SET version_num = '%d' -- %s".formatted(number, "x".repeat(2_000)), List.of()));
    }

    private static SchemaObserved schema(int own) {
        List<SchemaObject> objects = new ArrayList<>();
        objects.add(column("own_%d".formatted(own)));
        for (int i = 0; i < OBJECTS; i++) {
            objects.add(column("column_%d".formatted(i)));
        }
        SchemaSnapshot snapshot = SchemaSnapshot.of(objects);
        return new SchemaObserved(snapshot.fingerprint(), null, snapshot.objects(), List.of(), "public", 0);
    }

    private static SchemaObject column(String name) {
        return new SchemaObject(
                new ObjectName(ObjectKind.COLUMN, "public", "t", name), Definition.unknown(ObjectKind.COLUMN));
    }

    private static AgentEvent started() {
        return new AgentStarted("0.1.0", "alembic", "watch", Map.of());
    }

    private static AgentEvent scanned(List<Revision> history) {
        return new ScriptsScanned("alembic.ini", 1, "d" + history.getLast().revision(), null, history, List.of(), List.of(),
                new ToolInvocation(Program.ALEMBIC, List.of(), null, List.of(), false, "/srv/tenants"));
    }

    private static AgentEvent at(Revision revision) {
        return new VersionTableObserved(
                new VersionTable("public.alembic_version", VersionTable.State.PRESENT, List.of(revision.revision())));
    }

    private static List<Revision> history(int length, String name) {
        return IntStream.range(0, length)
                .mapToObj(i -> new Revision(id(name, i), i == 0 ? List.of() : List.of(id(name, i - 1)), List.of(), List.of(),
                        "adds the column that release " + i + " needs", id(name, i) + ".py", "%064x".formatted(i)))
                .toList();
    }

    private static String id(String name, int revision) {
        return UUID.nameUUIDFromBytes((name + revision).getBytes(StandardCharsets.UTF_8)).toString().substring(24);
    }

    private void say(String project, int environment, AgentEvent... events) throws Exception {
        String name = "environment-" + environment;
        List<AgentEnvelope> envelopes = new ArrayList<>();
        Instant now = Instant.now();
        for (AgentEvent event : events) {
            long sequence = sequences.merge(project + "/" + name, 1L, Long::sum);
            envelopes.add(new AgentEnvelope(UUID.randomUUID(), project, name, "agent-" + environment,
                    new UUID(project.hashCode(), environment), sequence, Occurrence.exactly(now), now, event));
        }
        ledger.post(ContractJson.write(new EventBatch(envelopes)));
    }

    /** Waits until everything is judged, and says how long that took since the last request was answered. */
    private void judged(String what, long recording) throws Exception {
        long start = System.nanoTime();
        while (ledger.due() > 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        OUT.printf(Locale.ROOT, "%-72s recorded in %6.2f s, judged %6.2f s later%n", what, recording / 1e9,
                (System.nanoTime() - start) / 1e9);
    }
}
