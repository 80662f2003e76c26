package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.core.drawing.LaneDrawing;
import dev.migrationledger.core.drawing.LaneDrawing.Row;
import dev.migrationledger.core.drawing.LaneDrawing.Segment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A stroke of one row's picture. The picture is stretched to the height of its row, whatever that is, so a row may wrap; its width is not.
 *
 * @param tone classes of the style sheet
 * @param d as SVG writes paths
 */
public record LanePath(String tone, String d) {

    /** Of a row's picture, in its own units. */
    static final int HEIGHT = 40;

    private static final int LANE = 14;
    private static final int MARGIN = 9;

    /** What lies further right would leave no room for words: these lines share the last lane. */
    private static final int MOST_LANES = 12;

    /** In pixels. */
    static int width(LaneDrawing drawing) {
        return 2 * MARGIN + LANE * (Math.min(drawing.lanes(), MOST_LANES) - 1);
    }

    static int x(int lane) {
        return MARGIN + LANE * Math.min(lane, MOST_LANES - 1);
    }

    /** The lines of a row, without its dot. Lines that take the same way are one. */
    static List<LanePath> of(Row row) {
        Set<LanePath> paths = new LinkedHashSet<>();
        row.segments().forEach(segment -> paths.add(path(segment)));
        return List.copyOf(paths);
    }

    private static LanePath path(Segment segment) {
        int from = x(segment.from());
        int to = x(segment.to());
        String tone = (segment.colour() == LaneDrawing.NO_COLOUR ? "k" : "k" + segment.colour())
                + (segment.dependency() ? " needs" : "");
        int middle = HEIGHT / 2;
        return new LanePath(tone, switch (segment.part()) {
            case THROUGH -> line(from, 0, to, HEIGHT);
            case UPPER -> line(from, 0, to, middle);
            case LOWER -> line(from, middle, to, HEIGHT);
        });
    }

    private static String line(int x, int y, int toX, int toY) {
        int bend = (y + toY) / 2;
        return x == toX
                ? "M%d %dV%d".formatted(x, y, toY)
                : "M%d %dC%d %d %d %d %d %d".formatted(x, y, x, bend, toX, bend, toX, toY);
    }
}
