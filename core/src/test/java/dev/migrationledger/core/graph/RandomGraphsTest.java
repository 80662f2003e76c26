package dev.migrationledger.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.GraphProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Made-up histories, sound and broken, each asked everything and compared with an oracle. A failure names its seed. */
class RandomGraphsTest {

    private static final int HISTORIES = 15 * Integer.getInteger("sweeps", 100);

    @Test
    void sound_histories_are_answered_by_the_definitions() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<Revision> revisions = Randomly.sound(seed);
            assertAnswers(revisions, seed);
            assertThat(RevisionGraph.of(revisions).problems()).as("seed %d", seed).extracting(GraphProblem::code)
                    .isSubsetOf(DivergenceCode.MULTIPLE_HEADS);
        }
    }

    @Test
    void sound_histories_spread_labels_as_alembic_does() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            RevisionGraph graph = RevisionGraph.of(Randomly.sound(seed));
            String name = "seed " + seed;
            new Oracle(graph.revisions()).labels()
                    .forEach((id, labels) -> assertThat(graph.labelsOf(id)).as("%s, %s", name, id).isEqualTo(labels));
        }
    }

    @Test
    void the_labels_of_all_are_the_labels_of_each() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            for (List<Revision> revisions : List.of(Randomly.sound(seed), Randomly.broken(seed))) {
                RevisionGraph graph = RevisionGraph.of(revisions);
                Map<String, Set<String>> labels = graph.labels();
                String name = "seed " + seed;
                graph.revisions().forEach(r -> assertThat(labels.getOrDefault(r.revision(), Set.of()))
                        .as("%s, %s", name, r.revision()).isEqualTo(graph.labelsOf(r.revision())));
            }
        }
    }

    @Test
    void broken_histories_are_answered_all_the_same() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            assertAnswers(Randomly.broken(seed), seed);
        }
    }

    @Test
    void what_is_broken_is_found() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<Revision> revisions = Randomly.broken(seed);
            Oracle oracle = new Oracle(revisions);
            List<DivergenceCode> codes = RevisionGraph.of(revisions).problems().stream().map(GraphProblem::code)
                    .toList();
            assertThat(codes.contains(DivergenceCode.REVISION_CYCLE)).as("seed %d", seed)
                    .isEqualTo(oracle.ids().stream().anyMatch(oracle::isOnCycle));
            assertThat(codes.contains(DivergenceCode.DUPLICATE_REVISION)).as("seed %d", seed)
                    .isEqualTo(oracle.ids().size() < revisions.size());
            assertThat(codes.contains(DivergenceCode.MISSING_PARENT)).as("seed %d", seed)
                    .isEqualTo(namesSomethingMissing(revisions));
        }
    }

    private static boolean namesSomethingMissing(List<Revision> revisions) {
        Set<String> known = new HashSet<>();
        revisions.forEach(r -> known.add(r.revision()));
        if (!revisions.stream().allMatch(r -> known.containsAll(r.parents()))) {
            return true;
        }
        revisions.forEach(r -> known.addAll(r.labels()));
        return !revisions.stream().allMatch(r -> known.containsAll(r.dependsOn()));
    }

    private static void assertAnswers(List<Revision> revisions, long seed) {
        Random random = new Random(seed);
        RevisionGraph graph = RevisionGraph.of(revisions);
        Oracle oracle = new Oracle(revisions);
        List<String> some = Randomly.some(revisions, random);
        List<String> others = Randomly.some(revisions, random);
        String name = "seed " + seed + ": " + some + ", " + others;

        assertThat(graph.heads()).as(name).isEqualTo(oracle.heads());
        assertThat(graph.realHeads()).as(name).isEqualTo(oracle.realHeads());
        assertThat(new TreeSet<>(graph.branchPoints())).as(name).isEqualTo(oracle.branchPoints());
        oracle.ids().forEach(id -> assertThat(graph.children(id)).as(name).isEqualTo(oracle.children(id)));
        assertThat(graph.implied(some)).as(name).isEqualTo(oracle.ancestors(some));
        assertThat(graph.descendants(some)).as(name).isEqualTo(oracle.descendants(some));
        assertThat(new TreeSet<>(graph.mergeBase(some, others))).as(name).isEqualTo(oracle.mergeBase(some, others));
        assertThat(new TreeSet<>(graph.overlapping(some))).as(name).isEqualTo(oracle.overlapping(some));

        Set<String> path = oracle.ancestors(others);
        path.removeAll(oracle.ancestors(some));
        assertInOrder(graph.upgradePath(some, others), path, oracle, name);
        assertThat(graph.distance(some, others)).as(name).isEqualTo(path.size());
        assertInOrder(graph.topological(oracle.ids()), oracle.ids(), oracle, name);
    }

    private static void assertInOrder(List<String> order, Set<String> all, Oracle oracle, String name) {
        assertThat(order).as(name).containsExactlyInAnyOrderElementsOf(all);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (oracle.isStrictlyBefore(order.get(i), order.get(j))) {
                    wrong.add(order.get(i) + " stands after " + order.get(j));
                }
            }
        }
        assertThat(wrong).as(name).isEmpty();
    }
}
