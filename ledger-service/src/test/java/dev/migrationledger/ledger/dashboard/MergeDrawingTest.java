package dev.migrationledger.ledger.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.ledger.dashboard.MergeDrawing.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergeDrawingTest {

    @Test
    void a_merge_has_a_lane_for_each_side_and_one_planned_end() {
        MergeDrawing drawing = MergeDrawing.wide(content(MergeWay.MERGE, side("b", 2, "staging"), side("c", 1)));
        assertThat(drawing.nodes()).extracting(Node::label, Node::tone).containsExactly(
                tuple("a", "shared"), tuple("b1", "ran"),
                tuple("b2", "ran"),
                tuple("c1", "pending"),
                tuple("merge", "planned"));
        assertThat(drawing.lines()).filteredOn(line -> line.tone().equals("planned")).hasSize(2);
        assertInside(drawing);
    }

    @Test
    void a_side_that_moves_leaves_its_parent() {
        MergeDrawing drawing = MergeDrawing.wide(content(MergeWay.REPARENT, side("b", 1), side("c", 1)));
        assertThat(drawing.lines()).extracting(MergeDrawing.Line::tone).containsExactlyInAnyOrder("side", "gone",
                "planned");
        assertInside(drawing);
    }

    @Test
    void a_long_side_and_long_ids_are_shortened() {
        MergeDrawing drawing = MergeDrawing.wide(content(MergeWay.MERGE, side("b", 40),
                side("revision-with-a-very-long-id-", 1)));
        assertThat(drawing.nodes()).extracting(Node::label).contains("… 35 more", "b40", "revision-with…");
        assertThat(drawing.nodes()).hasSize(1 + 6 + 1 + 1);
        assertThat(drawing.nodes()).filteredOn(node -> node.label().endsWith("more")).extracting(Node::address)
                .as("the list of the side").containsExactly("#side-1");
        assertInside(drawing);
    }

    @Test
    void a_tall_drawing_has_a_row_for_each_revision_and_room_for_its_label_however_many_sides_there_are() {
        for (MergeWay way : MergeWay.values()) {
            MergeDrawing drawing = MergeDrawing.tall(content(way, side("revision-with-a-very-long-id-", 3),
                    side("c", 1), side("d", 40), side("e", 2), side("f", 1), side("g", 1)));
            assertThat(drawing.nodes()).extracting(Node::y).doesNotHaveDuplicates().isSorted();
            assertThat(drawing.nodes().getLast().label()).isEqualTo("a");
            assertThat(drawing.width()).as("of a phone, less its margins").isLessThanOrEqualTo(300);
            assertThat(drawing.nodes()).allSatisfy(node -> {
                assertThat(node.x() + 7).as("the circle").isLessThan(node.labelX());
                assertThat(node.labelX() + 7.5 * node.label().length()).isLessThanOrEqualTo(drawing.width());
            });
            assertInside(drawing);
        }
    }

    @Test
    void in_a_tall_drawing_each_line_ends_at_revisions_or_goes_along_its_lane() {
        MergeDrawing merge = MergeDrawing.tall(content(MergeWay.MERGE, side("b", 2), side("c", 1)));
        assertThat(merge.nodes()).extracting(Node::label).containsExactly("merge", "b2", "b1", "c1", "a");
        assertThat(merge.lines()).extracting(MergeDrawing.Line::tone).containsOnly("planned", "side");
        MergeDrawing moved = MergeDrawing.tall(content(MergeWay.REPARENT, side("b", 2), side("c", 1)));
        assertThat(moved.nodes()).extracting(Node::label).containsExactly("c1", "b2", "b1", "a");
        assertThat(moved.lines()).filteredOn(line -> line.tone().equals("planned")).singleElement()
                .satisfies(line -> assertThat(line.toY() - line.fromY()).as("to the next row").isEqualTo(30));
        for (MergeDrawing drawing : List.of(merge, moved)) {
            List<Integer> rows = drawing.nodes().stream().map(Node::y).toList();
            assertThat(drawing.lines()).allSatisfy(line -> assertThat(rows).contains(line.fromY(), line.toY()));
            // No line passes the circle of a revision that it does not begin or end at.
            assertThat(drawing.lines()).allSatisfy(line -> assertThat(drawing.nodes()).noneMatch(
                    node -> line.fromX() == line.toX() && node.x() == line.fromX()
                            && node.y() > Math.min(line.fromY(), line.toY())
                            && node.y() < Math.max(line.fromY(), line.toY())));
        }
    }

    private static void assertInside(MergeDrawing drawing) {
        assertThat(drawing.nodes()).allSatisfy(node -> {
            assertThat(node.x()).isBetween(0, drawing.width());
            assertThat(node.labelY()).isBetween(0, drawing.height());
        });
    }

    private static MergeContent content(MergeWay way, Side... sides) {
        return new MergeContent(List.of("a"), List.of(sides), List.of(), way, List.of());
    }

    private static Side side(String name, int revisions, String... ranIn) {
        List<SideRevision> all = new ArrayList<>(IntStream.rangeClosed(1, revisions)
                .mapToObj(i -> new SideRevision(new Revision(name + i, List.of(i == 1 ? "a" : name + (i - 1)),
                        List.of(), List.of(), null, name + i + ".py", "0".repeat(64)), false, List.of()))
                .toList());
        return new Side(all.getLast().id(), all, List.of(), List.of(ranIn));
    }
}
