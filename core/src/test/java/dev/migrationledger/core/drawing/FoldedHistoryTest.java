package dev.migrationledger.core.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.core.drawing.DrawnNode.Link;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FoldedHistoryTest {

    @Test
    void a_run_between_two_places_is_one_node() {
        FoldedHistory folded = fold("a <- b <- c <- d <- e <- f <- g", Set.of("f"));
        assertThat(folded.folds()).containsOnlyKeys("b");
        assertThat(revisions(folded, "b")).containsExactly("e", "d", "c", "b");
        assertThat(folded.nodes()).containsExactly(node("a", 1), node("b", 4, "a"), node("f", 1, "b"),
                node("g", 1, "f"));
    }

    @Test
    void a_base_a_head_and_two_revisions_are_not_folded() {
        assertThat(fold("a <- b <- c <- d", Set.of()).folds()).isEmpty();
    }

    @Test
    void a_stretch_with_branches_and_merges_is_one_node_where_one_line_enters_and_one_leaves() {
        FoldedHistory folded = fold("a <- b <- c <- d <- m <- n <- o\nb <- x <- y <- m", Set.of());
        assertThat(folded.folds()).containsOnlyKeys("b");
        assertThat(revisions(folded, "b")).hasSize(7).startsWith("n", "m").endsWith("b");
        assertThat(folded.nodes()).containsExactly(node("a", 1), node("b", 5, "a"), node("o", 1, "b"));
    }

    @Test
    void a_side_that_is_looked_at_keeps_its_merge() {
        FoldedHistory folded = fold("a <- b <- c <- d <- e <- m <- o\nb <- x <- m", Set.of("x"));
        assertThat(folded.nodes()).extracting(DrawnNode::key).containsExactlyInAnyOrder("a", "b", "c", "x", "m", "o");
        assertThat(revisions(folded, "c")).containsExactly("e", "d", "c");
    }

    @Test
    void what_ran_elsewhere_is_another_fold() {
        Map<String, Object> ran = Map.of("b", "all", "c", "all", "d", "all");
        FoldedHistory folded = FoldedHistory.of(nodes("a <- b <- c <- d <- e <- f <- g <- h"), _ -> false,
                id -> ran.getOrDefault(id, "none"));
        assertThat(folded.folds()).containsOnlyKeys("b", "e");
        assertThat(revisions(folded, "e")).containsExactly("g", "f", "e");
    }

    @Test
    void folding_loses_no_revision_and_no_way_between_what_is_shown() {
        for (long seed = 0; seed < 2_000; seed++) {
            List<DrawnNode> all = DrawnNode.of(RevisionGraph.of(RandomHistories.of(seed)));
            long parity = seed;
            FoldedHistory folded = FoldedHistory.of(all, id -> (id.hashCode() + parity) % 7 == 0,
                    id -> (id.length() + parity) % 3 == 0);
            Set<String> shown = new TreeSet<>();
            folded.nodes().forEach(node -> assertThat(shown.add(node.key())).isTrue());
            Set<String> covered = new TreeSet<>(shown);
            folded.folds().forEach((key, fold) -> {
                assertThat(shown).contains(key);
                assertThat(fold.oldest()).isEqualTo(key);
                assertThat(fold.revisions()).hasSizeGreaterThanOrEqualTo(FoldedHistory.FEWEST);
                fold.revisions().forEach(id -> assertThat(id.equals(key) || covered.add(id)).isTrue());
            });
            assertThat(covered).as("seed %d", seed).hasSize(all.size());
            Set<String> placed = new HashSet<>();
            folded.nodes().forEach(node -> {
                node.below().forEach(link -> assertThat(placed).as("parents come first").contains(link.to()));
                placed.add(node.key());
            });
            Map<String, Set<String>> before = reached(all);
            Map<String, Set<String>> after = reached(folded.nodes());
            for (DrawnNode node : folded.nodes()) {
                if (!folded.folds().containsKey(node.key())) {
                    Set<String> same = new TreeSet<>(Objects.requireNonNull(before.get(node.key())));
                    same.retainAll(shown);
                    assertThat(after.get(node.key())).as("seed %d, %s", seed, node.key()).isEqualTo(same);
                }
            }
            assertThat(DrawnLines.followed(LaneDrawing.of(folded.nodes()))).as("seed %d", seed)
                    .hasSize(folded.nodes().stream().mapToInt(node -> node.below().size()).sum());
        }
    }

    /** By node, what its lines lead to in the end. */
    private static Map<String, Set<String>> reached(List<DrawnNode> nodes) {
        Map<String, DrawnNode> byKey = new HashMap<>();
        nodes.forEach(node -> byKey.put(node.key(), node));
        Map<String, Set<String>> reached = new HashMap<>();
        nodes.forEach(node -> {
            Set<String> all = new TreeSet<>();
            Deque<DrawnNode> open = new ArrayDeque<>(List.of(node));
            while (!open.isEmpty()) {
                for (Link link : open.pop().below()) {
                    if (all.add(link.to())) {
                        open.push(Objects.requireNonNull(byKey.get(link.to())));
                    }
                }
            }
            reached.put(node.key(), all);
        });
        return reached;
    }

    private static DrawnNode node(String key, int length, String... below) {
        return new DrawnNode(key, length, List.of(below).stream().map(to -> new Link(to, false)).toList());
    }

    private static List<String> revisions(FoldedHistory folded, String key) {
        return Objects.requireNonNull(folded.folds().get(key)).revisions();
    }

    private static FoldedHistory fold(String drawn, Set<String> kept) {
        return FoldedHistory.of(nodes(drawn), kept::contains, _ -> "alike");
    }

    private static List<DrawnNode> nodes(String drawn) {
        return DrawnNode.of(RevisionGraph.of(DrawnHistory.revisions(drawn)));
    }
}
