package dev.migrationledger.core.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.drawing.LaneDrawing.Part;
import dev.migrationledger.core.drawing.LaneDrawing.Row;
import dev.migrationledger.core.drawing.LaneDrawing.Segment;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.testsupport.golden.GoldenFile;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneDrawingTest {

    private static final int HISTORIES = 2_000;

    @ParameterizedTest
    @CsvSource({
        "a-line, a <- b <- c",
        "two-heads, a <- b <- c <- d ; b <- x <- y",
        "a-merge, a <- b <- c <- m <- n ; a <- x <- m",
        "a-merge-of-three, a <- b <- m ; a <- x <- m ; a <- y <- z <- m",
        "a-branch-merged-twice, a <- b <- m <- n <- o ; a <- x <- m ; x <- y <- o",
        "a-side-of-a-side, a <- b <- c <- d ; b <- x <- y ; x <- z <- w",
        "a-dependency, a <- b <- c ; p <- q ; q ~> b",
        "two-bases, a <- b ; p <- q <- r",
        "a-missing-parent, (gone) <- a <- b",
        "many-children, a <- b ; a <- c ; a <- d ; a <- e ; a <- f"})
    void a_history_is_drawn_like_this(String name, String drawn) throws IOException {
        LaneDrawing drawing = draw(DrawnHistory.revisions(drawn.replace(';', '\n')));
        GoldenFile.compare(Path.of("src/test/resources/drawing", name + ".txt"), DrawnLines.text(drawing));
    }

    @Test
    void each_line_of_2000_histories_is_drawn_once_and_leads_where_it_should() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<DrawnNode> nodes = nodes(RandomHistories.of(seed));
            LaneDrawing drawing = LaneDrawing.of(nodes);
            Set<String> links = nodes.stream().flatMap(node -> node.below().stream()
                    .map(link -> node.key() + " -> " + link.to())).collect(Collectors.toCollection(TreeSet::new));
            assertThat(DrawnLines.followed(drawing)).as("seed %d", seed).isEqualTo(links);
            assertThat(drawing.rows().stream().flatMap(row -> row.segments().stream())
                    .filter(segment -> segment.part() == Part.LOWER)).as("seed %d", seed).hasSize(links.size());
            assertThat(drawing.rows().stream().flatMap(row -> row.segments().stream())
                    .filter(segment -> segment.part() == Part.UPPER)).as("seed %d", seed).hasSize(links.size());
        }
    }

    @Test
    void no_line_runs_through_another_ones_lane_or_through_a_node() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            LaneDrawing drawing = draw(RandomHistories.of(seed));
            for (Row row : drawing.rows()) {
                Map<Integer, Set<Integer>> colours = new HashMap<>();
                for (Segment segment : row.segments()) {
                    assertThat(segment.from()).isBetween(0, drawing.lanes() - 1);
                    assertThat(segment.to()).isBetween(0, drawing.lanes() - 1);
                    if (segment.part() == Part.THROUGH) {
                        assertThat(segment.from()).as("seed %d, %s", seed, row.key()).isNotEqualTo(row.lane())
                                .isEqualTo(segment.to());
                        colours.computeIfAbsent(segment.from(), _ -> new HashSet<>()).add(segment.colour());
                    }
                }
                assertThat(colours.values()).as("seed %d, %s", seed, row.key()).allMatch(some -> some.size() == 1);
            }
        }
    }

    @Test
    void every_revision_has_one_row_below_all_that_follow_it() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<DrawnNode> nodes = nodes(RandomHistories.of(seed));
            Map<String, Integer> rows = new HashMap<>();
            LaneDrawing.of(nodes).rows().forEach(row -> rows.put(row.key(), rows.size()));
            assertThat(rows.keySet()).isEqualTo(nodes.stream().map(DrawnNode::key).collect(Collectors.toSet()));
            nodes.forEach(node -> node.below().forEach(link -> assertThat(row(rows, link.to()))
                    .isGreaterThan(row(rows, node.key()))));
        }
    }

    @Test
    void a_branch_keeps_its_lane_and_its_colour() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<DrawnNode> nodes = nodes(RandomHistories.of(seed));
            Map<String, Row> rows = new HashMap<>();
            LaneDrawing.of(nodes).rows().forEach(row -> rows.put(row.key(), row));
            for (List<Integer> members : new BranchPaths(nodes).members) {
                assertThat(members.stream().map(node -> rows.get(nodes.get(node).key()))
                        .map(row -> row.lane() + " " + row.colour()).distinct()).as("seed %d", seed).hasSize(1);
            }
        }
    }

    @Test
    void the_oldest_branch_has_the_first_lane_and_a_colour_of_its_own() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<DrawnNode> nodes = nodes(RandomHistories.of(seed));
            Set<String> oldest = new BranchPaths(nodes).members.getFirst().stream().map(node -> nodes.get(node).key())
                    .collect(Collectors.toSet());
            LaneDrawing.of(nodes).rows().forEach(row -> {
                assertThat(row.colour() == 0).isEqualTo(oldest.contains(row.key()));
                assertThat(!oldest.contains(row.key()) || row.lane() == 0).isTrue();
            });
        }
    }

    @Test
    void what_is_added_at_the_top_changes_no_colour() {
        String before = "a <- b <- c <- d\nb <- x <- y\na <- p";
        Map<String, Integer> colours = colours(before);
        assertThat(colours(before + "\nd <- e <- f <- g\ny <- z")).containsAllEntriesOf(colours);
        assertThat(colours(before + "\nd <- m\ny <- m\nm <- n")).as("after a merge").containsAllEntriesOf(colours);
        assertThat(colours(before + "\ny <- m\nd <- m\nm <- n")).as("which names the side first")
                .containsAllEntriesOf(colours);
    }

    @Test
    void the_same_history_is_drawn_alike_each_time() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(draw(RandomHistories.of(seed))).isEqualTo(draw(RandomHistories.of(seed)));
        }
    }

    @Test
    void a_cycle_hides_nothing() {
        assertThat(draw(DrawnHistory.revisions("a <- b <- c <- a\nc <- d\ne <- e")).rows()).extracting(Row::key)
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void ten_thousand_revisions_with_a_thousand_heads_are_drawn_at_once() {
        List<Revision> revisions = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            revisions.add(DrawnHistory.revision("r" + i,
                    i == 0 ? List.of() : List.of("r" + (i % 10 == 0 ? random.nextInt(i) : i - 1)), List.of(),
                    List.of()));
        }
        Collections.shuffle(revisions, random);
        long start = System.nanoTime();
        assertThat(draw(revisions).rows()).hasSize(10_000);
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    private static Map<String, Integer> colours(String drawn) {
        return draw(DrawnHistory.revisions(drawn)).rows().stream().collect(Collectors.toMap(Row::key, Row::colour));
    }

    private static int row(Map<String, Integer> rows, String key) {
        return Objects.requireNonNull(rows.get(key), key);
    }

    private static LaneDrawing draw(List<Revision> revisions) {
        return LaneDrawing.of(nodes(revisions));
    }

    private static List<DrawnNode> nodes(List<Revision> revisions) {
        return DrawnNode.of(RevisionGraph.of(revisions));
    }
}
