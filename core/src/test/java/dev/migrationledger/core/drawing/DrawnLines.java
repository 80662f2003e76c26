package dev.migrationledger.core.drawing;

import dev.migrationledger.core.drawing.LaneDrawing.Part;
import dev.migrationledger.core.drawing.LaneDrawing.Row;
import dev.migrationledger.core.drawing.LaneDrawing.Segment;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Follows the lines of a drawing with the finger, knowing nothing of how it was made. */
final class DrawnLines {

    private DrawnLines() {}

    /** Every pair of nodes that a line connects, as {@code child -> parent}. A line may join another that leads to the same node. */
    static Set<String> followed(LaneDrawing drawing) {
        Set<String> found = new TreeSet<>();
        // By lane, the nodes whose lines cross the edge between two rows there.
        Map<Integer, Set<String>> above = new HashMap<>();
        for (Row row : drawing.rows()) {
            Map<Integer, Set<String>> below = new HashMap<>();
            for (Segment segment : row.segments()) {
                Set<String> from = segment.part() == Part.LOWER
                        ? Set.of(row.key())
                        : above.getOrDefault(segment.from(), Set.of());
                if (segment.part() == Part.UPPER) {
                    from.forEach(child -> found.add(child + " -> " + row.key()));
                } else {
                    below.computeIfAbsent(segment.to(), _ -> new TreeSet<>()).addAll(from);
                }
            }
            above = below;
        }
        return found;
    }

    /** A picture of characters: the lanes of each row, and what crosses its lower edge. */
    static String text(LaneDrawing drawing) {
        StringBuilder text = new StringBuilder();
        for (Row row : drawing.rows()) {
            char[] dots = blank(drawing);
            char[] edge = blank(drawing);
            for (Segment segment : row.segments()) {
                switch (segment.part()) {
                    case THROUGH -> {
                        dots[2 * segment.from()] = segment.dependency() ? ':' : '|';
                        edge[2 * segment.to()] = segment.dependency() ? ':' : '|';
                    }
                    case LOWER -> edge[2 * segment.to()] = segment.to() == segment.from()
                            ? '|'
                            : segment.to() > segment.from() ? '\\' : '/';
                    case UPPER -> {
                    }
                }
            }
            dots[2 * row.lane()] = (char) ('0' + row.colour());
            text.append(new String(dots)).append(row.key()).append('\n').append(new String(edge).stripTrailing())
                    .append('\n');
        }
        return text.toString();
    }

    private static char[] blank(LaneDrawing drawing) {
        return " ".repeat(2 * drawing.lanes() + 1).toCharArray();
    }
}
