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
        MergeDrawing drawing = MergeDrawing.of(content(MergeWay.MERGE, side("b", 2, "staging"), side("c", 1)));
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
        MergeDrawing drawing = MergeDrawing.of(content(MergeWay.REPARENT, side("b", 1), side("c", 1)));
        assertThat(drawing.lines()).extracting(MergeDrawing.Line::tone).containsExactlyInAnyOrder("side", "gone",
                "planned");
        assertInside(drawing);
    }

    @Test
    void a_long_side_and_long_ids_are_shortened() {
        MergeDrawing drawing = MergeDrawing.of(content(MergeWay.MERGE, side("b", 40),
                side("revision-with-a-very-long-id-", 1)));
        assertThat(drawing.nodes()).extracting(Node::label).contains("… 35 more", "b40", "revision-with…");
        assertThat(drawing.nodes()).hasSize(1 + 6 + 1 + 1);
        assertInside(drawing);
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
