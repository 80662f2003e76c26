package dev.migrationledger.core.drawing;

import java.util.BitSet;
import java.util.List;

/**
 * A colour for each branch, which it keeps as long as it is drawn: it follows from the id of its first revision, so nothing that comes later changes
 * it. Where two branches are beside each other and would have the same, the younger one takes the next.
 */
final class BranchColours {

    private BranchColours() {}

    /** @param places by branch, from where to where it is drawn */
    static int[] of(List<DrawnNode> nodes, BranchPaths branches, List<int[]> places) {
        int[] colours = new int[places.size()];
        for (int branch = 1; branch < colours.length; branch++) {
            BitSet beside = new BitSet();
            for (int other = 1; other < branch; other++) {
                if (places.get(other)[0] <= places.get(branch)[1] && places.get(branch)[0] <= places.get(other)[1]) {
                    beside.set(colours[other]);
                }
            }
            String first = nodes.get(branches.members.get(branch).getFirst()).key();
            int others = LaneDrawing.COLOURS - 1;
            int colour = Math.floorMod(first.hashCode(), others);
            for (int tried = 0; tried < others && beside.get(colour + 1); tried++) {
                colour = (colour + 1) % others;
            }
            colours[branch] = colour + 1;
        }
        return colours;
    }
}
