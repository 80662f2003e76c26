package dev.migrationledger.core.bench;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.position.SchemaEvidence;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes to find the physical revisions, from revisions, footprints and snapshot on, in a JVM that has done nothing of the kind
 * before and has 512 MB. The rival replays one line of the history and compares the whole schema after each revision.
 */
public final class PhysicalBenchmark {

    private static final int REVISIONS = 5_000;
    private static final int TIMES = 3;

    private PhysicalBenchmark() {}

    private enum Database {
        /** Just what the revisions leave. */
        HEALTHY,
        /** Twenty objects are gone. */
        DAMAGED,
        /** The tables of the first half of the history are gone, so that nearly everything contradicts. */
        HALF,
        /** Nothing is there. */
        EMPTY
    }

    private enum Who {
        /** The rows of the true state are in the version table. */
        OURS,
        /** Nothing is known of the version table. */
        UNSTAMPED,
        RIVAL
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 2) {
            measure(Database.valueOf(arguments[0]), Who.valueOf(arguments[1]));
            return;
        }
        System.out.println("%,d revisions, 2,000 tables".formatted(REVISIONS));
        for (Database database : Database.values()) {
            for (Who who : database == Database.HEALTHY ? Who.values() : new Who[]{Who.OURS}) {
                for (int i = 0; i < TIMES; i++) {
                    new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx512m", "-cp",
                            System.getProperty("java.class.path"), PhysicalBenchmark.class.getName(), database.name(),
                            who.name()).inheritIO().start().waitFor();
                }
            }
        }
    }

    private static void measure(Database database, Who who) {
        Projects project = new Projects(REVISIONS);
        RevisionGraph graph = RevisionGraph.of(project.history.revisions);
        String truth = project.history.ordered.get(REVISIONS * 3 / 5).revision();
        List<String> applied = graph.topological(graph.implied(List.of(truth)));
        SchemaSnapshot schema = damaged(project.at(applied), database);
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP).toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long before = processor();
        long start = System.nanoTime();
        String answer = switch (who) {
            case OURS -> found(project, schema, truth, List.of(truth));
            case UNSTAMPED -> found(project, schema, truth, null);
            case RIVAL -> replayed(project, schema, applied);
        };
        double wall = (System.nanoTime() - start) / 1e6;
        System.out.println("%-8s %-9s %,8.0f ms, %,8.0f ms of processor time, %,5d MB of heap at most; %s".formatted(database,
                who, wall, (processor() - before) / 1e6,
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20, answer));
    }

    /** Of the whole process, the compiler included: on a busy machine it says more than the clock. */
    private static long processor() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    private static String found(
            Projects project, SchemaSnapshot schema, String truth, @Nullable List<String> rows) {
        PhysicalState physical = SchemaEvidence
                .of(RevisionGraph.of(project.history.revisions), project.footprints, schema, null, rows, Map.of())
                .physical();
        return "%d candidates, %d nearest, the truth is %samong them".formatted(physical.candidates().size(),
                physical.nearest().size(), physical.nearest().contains(List.of(truth)) ? "" : "not ");
    }

    private static String replayed(Projects project, SchemaSnapshot schema, List<String> applied) {
        RevisionGraph graph = RevisionGraph.of(project.history.revisions);
        Map<ObjectName, Definition> actual = new HashMap<>();
        schema.objects().forEach(one -> actual.put(one.object(), one.definition()));
        Map<ObjectName, Definition> expected = new HashMap<>();
        // A line that comes by the right place: a real search would not know which of very many lines does.
        Set<String> line = new LinkedHashSet<>(applied);
        line.addAll(graph.topological(graph.implied(graph.realHeads())));
        int matches = 0;
        for (String revision : line) {
            project.run(revision, expected);
            boolean same = expected.size() == actual.size();
            int differing = 0;
            for (Map.Entry<ObjectName, Definition> one : expected.entrySet()) {
                if (!one.getValue().equals(actual.get(one.getKey()))) {
                    differing++;
                }
            }
            matches += same && differing == 0 ? 1 : 0;
        }
        return matches + " states match";
    }

    private static SchemaSnapshot damaged(SchemaSnapshot schema, Database database) {
        List<SchemaObject> objects = new ArrayList<>(schema.objects());
        switch (database) {
            case HEALTHY -> {
                // As it is.
            }
            case EMPTY -> objects.clear();
            case HALF -> objects.removeIf(one -> tableNumber(one.object()) < 1_000);
            case DAMAGED -> {
                Random random = new Random(1);
                for (int i = 0; i < 20; i++) {
                    SchemaObject gone = objects.get(random.nextInt(objects.size()));
                    objects.removeIf(one -> one.equals(gone)
                            || (gone.object().kind() == ObjectKind.TABLE
                                    && gone.object().name().equals(one.object().table())));
                }
            }
        }
        return SchemaSnapshot.of(objects);
    }

    private static int tableNumber(ObjectName object) {
        String table = object.table() == null ? object.name() : object.table();
        return table.startsWith("table_") ? Integer.parseInt(table.substring("table_".length())) : Integer.MAX_VALUE;
    }
}
