package dev.migrationledger.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RevisionGraphTest {

    private static final RevisionGraph FORKED = DrawnGraph.of("""
            a <- b <- c <- d
                 b <- e <- f
            """);

    private static final RevisionGraph MERGED = DrawnGraph.of("""
            a <- b <- c <- m <- n
                 b <- d <- m
            """);

    /** {@code x} is a history of its own that {@code c} needs. */
    private static final RevisionGraph DEPENDENT = DrawnGraph.of("""
            a <- b <- c
            w <- x
            c ~> x
            """);

    @Test
    void an_empty_history_has_nothing_and_nothing_wrong() {
        RevisionGraph graph = RevisionGraph.of(List.of());
        assertThat(graph.heads()).isEmpty();
        assertThat(graph.bases()).isEmpty();
        assertThat(graph.implied(List.of("a"))).isEmpty();
        assertThat(graph.mergeBase(List.of("a"), List.of("a"))).isEmpty();
        assertThat(graph.problems()).isEmpty();
    }

    @Test
    void a_fork_has_two_heads_and_a_branch_point() {
        assertThat(FORKED.heads()).containsExactly("d", "f");
        assertThat(FORKED.realHeads()).containsExactly("d", "f");
        assertThat(FORKED.bases()).containsExactly("a");
        assertThat(FORKED.branchPoints()).containsExactly("b");
        assertThat(FORKED.mergePoints()).isEmpty();
        assertThat(FORKED.children("b")).containsExactly("c", "e");
        assertThat(FORKED.children("nobody")).isEmpty();
    }

    @Test
    void a_merge_point_has_one_head_again() {
        assertThat(MERGED.heads()).containsExactly("n");
        assertThat(MERGED.mergePoints()).containsExactly("m");
        assertThat(MERGED.branchPoints()).containsExactly("b");
        assertThat(MERGED.problems()).isEmpty();
    }

    @Test
    void a_head_that_something_depends_on_is_no_real_head() {
        assertThat(DEPENDENT.heads()).containsExactly("c", "x");
        assertThat(DEPENDENT.realHeads()).containsExactly("c");
        assertThat(DEPENDENT.bases()).containsExactly("a", "w");
    }

    @Test
    void rows_imply_their_ancestors_and_their_dependencies() {
        assertThat(DEPENDENT.implied(List.of("c"))).isEqualTo(Set.of("a", "b", "c", "w", "x"));
        assertThat(DEPENDENT.implied(List.of("b"))).isEqualTo(Set.of("a", "b"));
        assertThat(MERGED.implied(List.of("c"))).containsExactly("a", "b", "c").doesNotContain("d");
    }

    @Test
    void an_unknown_row_implies_nothing_and_is_named_once() {
        List<String> rows = List.of("gone", "b", "gone", "head");
        assertThat(FORKED.implied(rows)).isEqualTo(Set.of("a", "b"));
        assertThat(FORKED.unknown(rows)).containsExactly("gone", "head");
    }

    @Test
    void a_prefix_of_an_id_is_no_id() {
        RevisionGraph graph = DrawnGraph.of("abcdef <- bcdefa");
        assertThat(graph.contains("abc")).isFalse();
        assertThat(graph.unknown(List.of("abc"))).containsExactly("abc");
    }

    @Test
    void descendants_follow_children_and_dependents() {
        assertThat(DEPENDENT.descendants(List.of("w"))).isEqualTo(Set.of("w", "x", "c"));
    }

    @Test
    void parents_and_dependencies_come_first_in_any_order_of_the_files() {
        List<Revision> backwards = new ArrayList<>(DEPENDENT.revisions()).reversed();
        assertThat(RevisionGraph.of(backwards).topological(List.of("c", "x", "w", "b", "a", "nobody", "a")))
                .containsExactly("w", "x", "a", "b", "c");
    }

    @Test
    void databases_part_at_the_last_revision_that_both_have() {
        assertThat(FORKED.mergeBase(List.of("d"), List.of("f"))).containsExactly("b");
        assertThat(FORKED.mergeBase(List.of("c"), List.of("d"))).containsExactly("c");
        assertThat(MERGED.mergeBase(List.of("c", "d"), List.of("n"))).containsExactly("c", "d");
        assertThat(DEPENDENT.mergeBase(List.of("b"), List.of("x"))).isEmpty();
    }

    @Test
    void the_path_is_what_is_missing_in_the_order_it_has_to_run() {
        assertThat(MERGED.upgradePath(List.of("c"), List.of("n"))).containsExactly("d", "m", "n");
        assertThat(DEPENDENT.upgradePath(List.of(), List.of("c"))).containsSubsequence("w", "x", "c").hasSize(5);
        assertThat(MERGED.upgradePath(List.of("n"), List.of("b"))).isEmpty();
    }

    @Test
    void a_row_that_another_row_implies_overlaps() {
        assertThat(FORKED.overlapping(List.of("d", "a"))).containsExactly("a");
        assertThat(DEPENDENT.overlapping(List.of("c", "x"))).containsExactly("x");
        assertThat(FORKED.overlapping(List.of("d", "f"))).isEmpty();
        assertThat(FORKED.overlapping(List.of("d", "d", "gone"))).isEmpty();
    }

    @Test
    void what_several_files_declare_is_the_last_ones() {
        List<Revision> revisions = DrawnHistory.revisions("a <- b <- c");
        Revision copy = new Revision("b", List.of(), List.of(), List.of(), "copy", "copy_of_b.py", "1".repeat(64));
        revisions.add(copy);
        RevisionGraph graph = RevisionGraph.of(revisions);
        assertThat(graph.revisions()).hasSize(4);
        assertThat(graph.find("b")).contains(copy);
        assertThat(graph.heads()).containsExactly("a", "b", "c");
        assertThat(graph.bases()).containsExactly("a", "b");
        assertThat(graph.implied(List.of("c"))).isEqualTo(Set.of("b", "c"));
    }

    @Test
    void a_missing_parent_leaves_the_rest_of_the_graph() {
        RevisionGraph graph = DrawnGraph.of("(gone) <- b <- c");
        assertThat(graph.heads()).containsExactly("c");
        assertThat(graph.bases()).isEmpty();
        assertThat(graph.implied(List.of("c"))).isEqualTo(Set.of("b", "c"));
    }

    @Test
    void a_cycle_ends_every_walk() {
        RevisionGraph graph = DrawnGraph.of("""
                a <- b <- c <- d
                c <- b
                """);
        assertThat(graph.heads()).containsExactly("d");
        assertThat(graph.topological(List.of("d", "c", "b", "a"))).containsExactly("a", "b", "c", "d");
        assertThat(graph.mergeBase(List.of("c"), List.of("b"))).containsExactly("b", "c");
        assertThat(graph.overlapping(List.of("b"))).isEmpty();
        assertThat(graph.overlapping(List.of("b", "c"))).containsExactly("b", "c");
        assertThat(graph.labelsOf("b")).isEmpty();
    }

    @Test
    void a_hundred_thousand_revisions_in_a_row_need_no_deep_stack() {
        List<Revision> revisions = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            revisions.add(
                    DrawnHistory.revision("r" + i, i == 0 ? List.of() : List.of("r" + (i - 1)), List.of(), List.of()));
        }
        RevisionGraph graph = RevisionGraph.of(revisions.reversed());
        assertThat(graph.heads()).containsExactly("r99999");
        assertThat(graph.implied(graph.heads())).hasSize(100_000);
        assertThat(graph.topological(graph.heads())).containsExactly("r99999");
        assertThat(graph.mergeBase(List.of("r99999"), List.of("r500"))).containsExactly("r500");
        assertThat(graph.problems()).isEmpty();
    }
}
