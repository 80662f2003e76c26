package dev.migrationledger.core.drawing;

import dev.migrationledger.core.drawing.DrawnNode.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Where the lines of a history run. Each branch has a lane, a column of the drawing, from its first revision to the one that merges it; a line that
 * belongs to no branch has one of its own. What overlaps has different lanes, and a lane that is free again is used again.
 *
 * @param lanes how many there are
 * @param rows from the top
 */
public record LaneDrawing(int lanes, List<Row> rows) {

    /** So many colours tell branches apart; 0 is that of the oldest branch alone. */
    public static final int COLOURS = 8;

    /** Of what belongs to no branch. */
    public static final int NO_COLOUR = -1;

    public LaneDrawing {
        rows = List.copyOf(rows);
    }

    /**
     * A row: its node, and the lines that pass by or lead to it.
     *
     * @param colour of its branch, less than {@link #COLOURS}
     */
    public record Row(String key, int lane, int colour, List<Segment> segments) {
        public Row {
            segments = List.copyOf(segments);
        }
    }

    /**
     * The part of a line that lies in one row.
     *
     * @param from the lane at its upper end, to at its lower end
     * @param colour as in {@link Row}, or {@link #NO_COLOUR}
     * @param dependency whether it is the line of a dependency
     */
    public record Segment(Part part, int from, int to, int colour, boolean dependency) {}

    /** Which part of the row a segment crosses. */
    public enum Part {
        /** From the upper edge to the node. */
        UPPER,
        /** From the node to the lower edge. */
        LOWER,
        /** From edge to edge, past the node. */
        THROUGH
    }

    /**
     * Draws a history.
     *
     * @param nodes parents before children
     */
    public static LaneDrawing of(List<DrawnNode> nodes) {
        return new Layout(nodes).drawing();
    }

    /**
     * What needs a lane. Places count half rows: a node is at twice its row, the edge below it is one more.
     *
     * @param branch its number; {@link BranchPaths#NONE}: it is a line alone
     * @param node that the line starts from, and link of it, where it is a line alone
     */
    private record Strand(int from, int to, int branch, int node, int link) {}

    private static final class Layout {

        private final List<DrawnNode> nodes;
        private final BranchPaths branches;
        private final int[] order;
        private final int[] rowOf;
        private final int[] laneOfBranch;
        private final int[] colours;
        private final int[][] laneOfLink;
        private int lanes;

        Layout(List<DrawnNode> nodes) {
            this.nodes = nodes;
            branches = new BranchPaths(nodes);
            order = RowOrder.of(branches);
            rowOf = new int[order.length];
            for (int row = 0; row < order.length; row++) {
                rowOf[order[row]] = row;
            }
            laneOfBranch = new int[branches.members.size()];
            laneOfLink = new int[nodes.size()][];
            Arrays.setAll(laneOfLink, i -> new int[branches.below[i].length]);
            List<Strand> strands = strands();
            assignLanes(strands);
            colours = BranchColours.of(nodes, branches, strands.stream().filter(one -> one.branch != BranchPaths.NONE)
                    .sorted(Comparator.comparingInt(Strand::branch)).map(one -> new int[]{one.from, one.to}).toList());
        }

        private List<Strand> strands() {
            List<Strand> strands = new ArrayList<>();
            for (int branch = 0; branch < branches.members.size(); branch++) {
                List<Integer> members = branches.members.get(branch);
                int top = members.getLast();
                int bottom = members.getFirst();
                int from = Arrays.stream(branches.above[top]).filter(above -> leadsDownItsLane(above, top))
                        .map(above -> 2 * rowOf[above] + 1).min().orElse(2 * rowOf[top]);
                int parting = partingLink(bottom);
                int to = parting == BranchPaths.NONE
                        ? 2 * rowOf[bottom]
                        : 2 * rowOf[branches.below[bottom][parting]] - 1;
                strands.add(new Strand(from, to, branch, bottom, parting));
            }
            for (int node = 0; node < nodes.size(); node++) {
                for (int link = 0; link < branches.below[node].length; link++) {
                    if (isAlone(node, link)) {
                        strands.add(new Strand(2 * rowOf[node] + 1, 2 * rowOf[branches.below[node][link]] - 1,
                                BranchPaths.NONE, node, link));
                    }
                }
            }
            return strands;
        }

        /** The line by which a branch leaves another one: it stays in the branch's lane until it gets there. */
        private int partingLink(int bottom) {
            List<Link> links = nodes.get(bottom).below();
            for (int link = 0; link < links.size(); link++) {
                if (!links.get(link).dependency()) {
                    return link;
                }
            }
            return BranchPaths.NONE;
        }

        private boolean isParting(int node, int link) {
            return branches.previous[node] == BranchPaths.NONE && partingLink(node) == link;
        }

        /** Whether a line to the newest node of a branch takes the branch's lane: all lines that do lead to this one node. */
        private boolean leadsDownItsLane(int node, int to) {
            for (int link = 0; link < branches.below[node].length; link++) {
                if (branches.below[node][link] == to) {
                    return branches.isTop(to) && !isParting(node, link) && !nodes.get(node).below().get(link)
                            .dependency();
                }
            }
            return false;
        }

        private boolean isAlone(int node, int link) {
            int to = branches.below[node][link];
            return branches.previous[node] != to && !isParting(node, link) && !leadsDownItsLane(node, to);
        }

        /** The oldest branch has the first lane, and each other strand from the top the first one that is free as long as it lasts. */
        private void assignLanes(List<Strand> strands) {
            List<BitSet> taken = new ArrayList<>();
            List<Strand> inOrder = strands.stream()
                    .sorted(Comparator.<Strand>comparingInt(one -> one.branch == 0 ? 0 : 1)
                            .thenComparingInt(Strand::from).thenComparingInt(one -> -one.to)
                            .thenComparingInt(Strand::node).thenComparingInt(Strand::link))
                    .toList();
            for (Strand strand : inOrder) {
                int lane = 0;
                while (lane < taken.size() && isTaken(taken.get(lane), strand)) {
                    lane++;
                }
                if (lane == taken.size()) {
                    taken.add(new BitSet());
                }
                taken.get(lane).set(strand.from, strand.to + 1);
                if (strand.branch == BranchPaths.NONE) {
                    laneOfLink[strand.node][strand.link] = lane;
                } else {
                    laneOfBranch[strand.branch] = lane;
                }
            }
            lanes = taken.size();
        }

        private static boolean isTaken(BitSet lane, Strand strand) {
            int next = lane.nextSetBit(strand.from);
            return next >= 0 && next <= strand.to;
        }

        LaneDrawing drawing() {
            List<List<Segment>> segments = new ArrayList<>();
            for (int row = 0; row < order.length; row++) {
                segments.add(new ArrayList<>());
            }
            for (int node : order) {
                for (int link = 0; link < branches.below[node].length; link++) {
                    add(node, link, segments);
                }
            }
            List<Row> rows = new ArrayList<>();
            for (int row = 0; row < order.length; row++) {
                int node = order[row];
                rows.add(new Row(nodes.get(node).key(), lane(node), colours[branches.branch[node]],
                        segments.get(row)));
            }
            return new LaneDrawing(lanes, rows);
        }

        private int lane(int node) {
            return laneOfBranch[branches.branch[node]];
        }

        /** A line leaves its node in the same row, keeps to its lane, and enters the other node in that one's row. */
        private void add(int node, int link, List<List<Segment>> segments) {
            int to = branches.below[node][link];
            boolean dependency = nodes.get(node).below().get(link).dependency();
            int lane;
            int colour;
            if (isAlone(node, link)) {
                lane = laneOfLink[node][link];
                colour = dependency ? NO_COLOUR : colours[branches.branch[node]];
            } else {
                int branch = leadsDownItsLane(node, to) && branches.previous[node] != to
                        ? branches.branch[to]
                        : branches.branch[node];
                lane = laneOfBranch[branch];
                colour = colours[branch];
            }
            segments.get(rowOf[node]).add(new Segment(Part.LOWER, lane(node), lane, colour, dependency));
            for (int row = rowOf[node] + 1; row < rowOf[to]; row++) {
                segments.get(row).add(new Segment(Part.THROUGH, lane, lane, colour, dependency));
            }
            segments.get(rowOf[to]).add(new Segment(Part.UPPER, lane, lane(to), colour, dependency));
        }
    }
}
