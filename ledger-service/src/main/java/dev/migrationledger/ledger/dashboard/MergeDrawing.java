package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeWay;
import java.util.ArrayList;
import java.util.List;

/**
 * The sides of a merge as lanes, from where they part to one head. What is not there yet is dashed. Wide, it goes from left to right; tall, as phones show
 * it, from the bottom to the top.
 *
 * @param name a class of the style sheet
 * @param anchor of labels, as SVG has it
 * @param width in pixels
 * @param height in pixels
 */
public record MergeDrawing(String name, String anchor, int width, int height, List<Line> lines, List<Node> nodes) {

    /** Of a longer side the first ones and the head are drawn. */
    private static final int MOST = 6;

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
     * @param label its name, shortened
     * @param title all of its name
     * @param address of what it stands for; empty: it is a revision
     */
    public record Node(
            int x, int y, int labelX, int labelY, String label, String title, String tone, String address) {}

    /** A revision of a side, or what stands for several. */
    private record Step(String name, String tone, String address) {}

    /** Of a side within the page. */
    static String sideId(int lane) {
        return "side-" + (lane + 1);
    }

    static MergeDrawing wide(MergeContent content) {
        return new Wide(content).drawing();
    }

    static MergeDrawing tall(MergeContent content) {
        return new Tall(content).drawing();
    }

    /** Labels are over the first lane and under the others, so lines between lanes cross none. */
    private static final class Wide {
        private static final int STEP = 120;
        private static final int LANE = 64;
        private static final int MARGIN = 60;
        private static final int LONGEST_LABEL = 14;

        private final MergeContent content;
        private final List<Line> lines = new ArrayList<>();
        private final List<Node> nodes = new ArrayList<>();

        Wide(MergeContent content) {
            this.content = content;
        }

        MergeDrawing drawing() {
            int lanes = content.sides().size();
            int middle = MARGIN / 2 + LANE * (lanes - 1) / 2;
            int longest = content.sides().stream().mapToInt(side -> steps(content, side).size()).max().orElse(1);
            add(MARGIN, middle, 24, new Step(parting(content), "shared", ""));
            int end = MARGIN + STEP * (longest + 1);
            for (int lane = 0; lane < lanes; lane++) {
                List<Step> steps = steps(content, content.sides().get(lane));
                int y = MARGIN / 2 + LANE * lane;
                lines.add(new Line(MARGIN, middle, MARGIN + STEP, y, isMoved(content, lane) ? "gone" : "side"));
                for (int i = 0; i < steps.size(); i++) {
                    int x = MARGIN + STEP * (i + 1);
                    if (i > 0) {
                        lines.add(new Line(x - STEP, y, x, y, "side"));
                    }
                    add(x, y, lane == 0 ? -14 : 24, steps.get(i));
                }
                if (content.way() == MergeWay.MERGE) {
                    lines.add(new Line(MARGIN + STEP * steps.size(), y, end, middle, "planned"));
                } else if (lane > 0) {
                    int before = steps(content, content.sides().get(lane - 1)).size();
                    lines.add(new Line(MARGIN + STEP * before, y - LANE, MARGIN + STEP, y, "planned"));
                }
            }
            if (content.way() == MergeWay.MERGE) {
                add(end, middle, 24, MERGE);
            }
            return new MergeDrawing("wide", "middle", end + MARGIN, MARGIN / 2 + LANE * (lanes - 1) + 40, lines,
                    nodes);
        }

        private void add(int x, int y, int labelBelow, Step step) {
            nodes.add(new Node(x, y, x, y + labelBelow, shortened(step.name, LONGEST_LABEL), step.name, step.tone,
                    step.address));
        }
    }

    /** Each revision has a row, with its label behind all lanes: so no line crosses a label, and a phone is wide enough. */
    private static final class Tall {
        private static final int ROW = 30;
        private static final int MARGIN = 16;
        private static final int WIDEST_LANE = 28;
        private static final int ALL_LANES = 140;
        private static final int WIDTH = 300;

        /** Of a character, and a little more. */
        private static final int CHARACTER = 8;

        private final MergeContent content;
        private final int lane;
        private final int labelX;
        private final List<Line> lines = new ArrayList<>();
        private final List<Node> nodes = new ArrayList<>();

        Tall(MergeContent content) {
            this.content = content;
            int lanes = content.sides().size();
            this.lane = Math.min(WIDEST_LANE, ALL_LANES / lanes);
            this.labelX = 2 * MARGIN + lane * (lanes - 1);
        }

        MergeDrawing drawing() {
            int lanes = content.sides().size();
            boolean merges = content.way() == MergeWay.MERGE;
            if (merges) {
                add(0, MERGE);
            }
            int bottom = MARGIN + ROW * ((merges ? 1 : 0)
                    + content.sides().stream().mapToInt(side -> steps(content, side).size()).sum());
            // What moves goes to the head of the side before it, which is the next row.
            for (int at = 0; at < lanes; at++) {
                side(merges ? at : lanes - 1 - at, bottom);
            }
            add(0, new Step(parting(content), "shared", ""));
            return new MergeDrawing("tall", "start", WIDTH, bottom + MARGIN, lines, nodes);
        }

        private void side(int number, int bottom) {
            List<Step> steps = steps(content, content.sides().get(number)).reversed();
            int x = x(number);
            int head = next();
            if (content.way() == MergeWay.MERGE) {
                bent(x(0), MARGIN, x, MARGIN + ROW, x, head, "planned");
            }
            for (int i = 0; i < steps.size(); i++) {
                if (i > 0) {
                    lines.add(new Line(x, next() - ROW, x, next(), "side"));
                }
                add(number, steps.get(i));
            }
            int first = next() - ROW;
            bent(x, first, x, bottom - ROW, x(0), bottom, isMoved(content, number) ? "gone" : "side");
            if (isMoved(content, number)) {
                lines.add(new Line(x, first, x(number - 1), next(), "planned"));
            }
        }

        /** Along a lane, and to another one within a row. */
        private void bent(int fromX, int fromY, int x, int y, int toX, int toY, String tone) {
            if (fromX != x || fromY != y) {
                lines.add(new Line(fromX, fromY, x, y, tone));
            }
            if (toX != x || toY != y) {
                lines.add(new Line(x, y, toX, toY, tone));
            }
        }

        private int x(int number) {
            return MARGIN + lane * number;
        }

        /** Of the row that follows. */
        private int next() {
            return MARGIN + ROW * nodes.size();
        }

        private void add(int number, Step step) {
            nodes.add(new Node(x(number), next(), labelX, next() + 4,
                    shortened(step.name, (WIDTH - labelX) / CHARACTER), step.name, step.tone, step.address));
        }
    }

    private static final Step MERGE = new Step("merge", "planned", "");

    private static String parting(MergeContent content) {
        return content.parting().isEmpty() ? "base" : String.join(", ", content.parting());
    }

    private static boolean isMoved(MergeContent content, int lane) {
        return content.way() == MergeWay.REPARENT && lane > 0;
    }

    private static List<Step> steps(MergeContent content, Side side) {
        String tone = side.ranIn().isEmpty() ? "pending" : "ran";
        List<Step> all = side.revisions().stream().map(SideRevision::id).map(id -> new Step(id, tone, "")).toList();
        Step head = new Step(side.head(), tone, "");
        if (all.size() <= MOST) {
            return all.isEmpty() ? List.of(head) : all;
        }
        List<Step> shown = new ArrayList<>(all.subList(0, MOST - 2));
        shown.add(new Step("… %d more".formatted(all.size() - MOST + 1), tone,
                "#" + sideId(content.sides().indexOf(side))));
        shown.add(head);
        return shown;
    }

    private static String shortened(String name, int longest) {
        return name.length() <= longest ? name : name.substring(0, longest - 1) + "…";
    }
}
