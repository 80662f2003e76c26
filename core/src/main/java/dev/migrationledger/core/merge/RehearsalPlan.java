package dev.migrationledger.core.merge;

import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ways from where the sides part to one head: each order of the sides, all at once, and from what each environment has.
 *
 * @param ways each with what it runs in an order of its own
 * @param untried how many more orders of the sides there are
 */
public record RehearsalPlan(List<Way> ways, int untried) {

    /** All orders of so many sides are tried; of more sides, each of them first and then the others as they come. */
    private static final int MOST_ORDERED = 3;

    /** Each way takes a database, and some seconds. */
    private static final int MOST_WAYS = 20;

    public RehearsalPlan {
        ways = List.copyOf(ways);
    }

    /**
     * One way.
     *
     * @param stops revisions to upgrade to, one after the other
     * @param environments that would go it
     */
    public record Way(List<String> stops, List<String> environments) {
        public Way {
            stops = List.copyOf(stops);
            environments = List.copyOf(environments);
        }

        private Way with(String environment) {
            return new Way(stops, Stream.concat(environments.stream(), Stream.of(environment)).toList());
        }
    }

    /**
     * What to try.
     *
     * @param graph the history as it is once the heads are one
     * @param end its revision that brings them together
     * @param environments none: it is not known where anything ran
     */
    public static RehearsalPlan of(
            RevisionGraph graph, MergeContent content, String end, Collection<MergeEnvironment> environments) {
        // By what each runs: two orders may be one where a side depends on another.
        Map<List<String>, Way> ways = new LinkedHashMap<>();
        // All at once is a way of its own: the tool runs it in one transaction.
        Way atOnce = new Way(List.of(end), List.of());
        int untried = 0;
        if (content.way() == MergeWay.MERGE) {
            List<List<String>> orders = orders(content.heads());
            untried = all(content.heads().size()) - orders.size();
            for (List<String> order : orders) {
                Way way = new Way(Stream.concat(order.stream(), Stream.of(end)).toList(), List.of());
                ways.putIfAbsent(runs(graph, content, way), way);
            }
        }
        for (MergeEnvironment environment : environments) {
            Way way = way(graph, content, end, environment);
            if (way == null) {
                continue;
            }
            if (way.stops().equals(atOnce.stops())) {
                atOnce = atOnce.with(environment.environment());
            } else if (ways.size() < MOST_WAYS || ways.containsKey(runs(graph, content, way))) {
                ways.merge(runs(graph, content, way), way, (known, _) -> known.with(environment.environment()));
            }
        }
        List<Way> all = new ArrayList<>(ways.values());
        all.add(atOnce);
        return new RehearsalPlan(all, untried);
    }

    /** From what an environment has of the sides; absent where that is not known, or nothing is left to run. */
    private static @Nullable Way way(
            RevisionGraph graph, MergeContent content, String end, MergeEnvironment environment) {
        List<String> steps = environment.steps();
        if (steps == null || steps.isEmpty()) {
            return null;
        }
        Set<String> applied = new HashSet<>();
        content.sides().stream().map(Side::revisions).flatMap(List::stream).map(SideRevision::id)
                .filter(id -> !steps.contains(id)).forEach(applied::add);
        List<String> stops = new ArrayList<>(graph.topological(applied).stream().filter(
                id -> graph.descendants(List.of(id)).stream().noneMatch(it -> !it.equals(id) && applied.contains(it)))
                .toList());
        stops.add(end);
        return new Way(stops, List.of(environment.environment()));
    }

    private static List<String> runs(RevisionGraph graph, MergeContent content, Way way) {
        List<String> rows = new ArrayList<>(content.parting());
        List<String> runs = new ArrayList<>();
        for (String stop : way.stops()) {
            runs.addAll(graph.upgradePath(rows, List.of(stop)));
            rows.add(stop);
        }
        return runs;
    }

    private static List<List<String>> orders(List<String> heads) {
        return heads.size() <= MOST_ORDERED
                ? permutations(heads).toList()
                : heads.stream().map(first -> Stream.concat(Stream.of(first),
                        heads.stream().filter(head -> !head.equals(first))).toList()).toList();
    }

    private static Stream<List<String>> permutations(List<String> heads) {
        return heads.size() < 2
                ? Stream.of(heads)
                : heads.stream()
                        .flatMap(first -> permutations(heads.stream().filter(head -> !head.equals(first)).toList())
                                .map(rest -> Stream.concat(Stream.of(first), rest.stream()).toList()));
    }

    /** How many orders there are, or the largest number. */
    private static int all(int heads) {
        long orders = 1;
        for (int i = 2; i <= heads && orders <= Integer.MAX_VALUE; i++) {
            orders *= i;
        }
        return (int) Math.min(orders, Integer.MAX_VALUE);
    }
}
