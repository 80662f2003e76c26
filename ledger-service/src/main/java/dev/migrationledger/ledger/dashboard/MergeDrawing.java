package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeWay;
import java.util.ArrayList;
import java.util.List;

/**
 * The sides of a merge as lanes, from where they part on the left to one head on the right. What is not there yet is dashed.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record MergeDrawing(int width, int height, List<Line> lines, List<Node> nodes) {

    private static final int STEP = 120;
    private static final int LANE = 64;
    private static final int MARGIN = 60;

    /** Of a longer side the first ones and the head are drawn. */
    private static final int MOST = 6;

    private static final int LONGEST_LABEL = 14;

    public MergeDrawing {
        lines = List.copyOf(lines);
        nodes = List.copyOf(nodes);
    }

    /**
     * A link between two revisions.
     *
     * @param tone a class of the style sheet
     */
    public record Line(int fromX, int fromY, int toX, int toY, String tone) {}

    /**
     * A revision, or what stands for several.
     *
     * @param labelY where its label is: over the first lane and under the others, so lines between lanes cross none
     * @param title all of its name
     */
    public record Node(int x, int y, int labelY, String label, String title, String tone) {
        private static Node over(int x, int y, String label, String title, String tone) {
            return new Node(x, y, y - 14, label, title, tone);
        }

        private static Node under(int x, int y, String label, String title, String tone) {
            return new Node(x, y, y + 24, label, title, tone);
        }
    }

    static MergeDrawing of(MergeContent content) {
        List<Line> lines = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        int lanes = content.sides().size();
        int middle = MARGIN / 2 + LANE * (lanes - 1) / 2;
        int longest = content.sides().stream().mapToInt(side -> shown(side).size()).max().orElse(1);
        String parting = content.parting().isEmpty() ? "base" : String.join(", ", content.parting());
        nodes.add(Node.under(MARGIN, middle, label(parting), parting, "shared"));
        int end = MARGIN + STEP * (longest + 1);
        for (int lane = 0; lane < lanes; lane++) {
            Side side = content.sides().get(lane);
            List<String> shown = shown(side);
            int y = MARGIN / 2 + LANE * lane;
            boolean moved = content.way() == MergeWay.REPARENT && lane > 0;
            lines.add(new Line(MARGIN, middle, MARGIN + STEP, y, moved ? "gone" : "side"));
            for (int i = 0; i < shown.size(); i++) {
                int x = MARGIN + STEP * (i + 1);
                if (i > 0) {
                    lines.add(new Line(x - STEP, y, x, y, "side"));
                }
                String tone = side.ranIn().isEmpty() ? "pending" : "ran";
                nodes.add(lane == 0
                        ? Node.over(x, y, label(shown.get(i)), shown.get(i), tone)
                        : Node.under(x, y, label(shown.get(i)), shown.get(i), tone));
            }
            if (content.way() == MergeWay.MERGE) {
                lines.add(new Line(MARGIN + STEP * shown.size(), y, end, middle, "planned"));
            } else if (lane > 0) {
                lines.add(new Line(MARGIN + STEP * shown(content.sides().get(lane - 1)).size(), y - LANE, MARGIN + STEP,
                        y, "planned"));
            }
        }
        if (content.way() == MergeWay.MERGE) {
            nodes.add(Node.under(end, middle, "merge", "the merge", "planned"));
        }
        return new MergeDrawing(end + MARGIN, MARGIN / 2 + LANE * (lanes - 1) + 40, lines, nodes);
    }

    private static List<String> shown(Side side) {
        List<String> ids = side.revisions().stream().map(SideRevision::id).toList();
        if (ids.size() <= MOST) {
            return ids.isEmpty() ? List.of(side.head()) : ids;
        }
        List<String> shown = new ArrayList<>(ids.subList(0, MOST - 2));
        shown.add("… %d more".formatted(ids.size() - MOST + 1));
        shown.add(side.head());
        return shown;
    }

    private static String label(String id) {
        return id.length() <= LONGEST_LABEL ? id : id.substring(0, LONGEST_LABEL - 1) + "…";
    }
}
