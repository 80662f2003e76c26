package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.text.Glyph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the graph: a revision, or several that are folded.
 *
 * @param anchor its id in the page
 * @param id of the revision; of a fold, how many revisions it has, in words
 * @param address of the revision's page, or of this page with the fold open
 * @param tone classes of the row
 * @param x of its dot
 * @param dot classes of its dot
 * @param hollow whether it has an eye
 * @param lines of its picture
 * @param chips the environments that are here
 * @param cells by column of environments, how it counts there
 * @param counts the same in words, where there are more environments than columns; empty: there are not
 * @param marks what is special about it
 */
public record GraphRow(
        String anchor, String id, String address, String message, String tone, int x, String dot,
        boolean hollow, List<LanePath> lines, List<Chip> chips, List<Cell> cells, String counts, List<Mark> marks) {
    public GraphRow {
        lines = List.copyOf(lines);
        chips = List.copyOf(chips);
        cells = List.copyOf(cells);
        marks = List.copyOf(marks);
    }

    /**
     * An environment that is at a revision.
     *
     * @param tone {@code stamped}: its version table is; {@code schema}: its schema is, and its version table is not
     * @param title all of it, in words
     * @param address absent: there is no page about it
     */
    public record Chip(String tone, String text, String title, @Nullable String address) {}

    /**
     * How a revision counts in an environment.
     *
     * @param tone a class of the style sheet
     * @param title with the environment's name
     */
    public record Cell(String tone, String sign, String title) {}

    /** What is special about a revision: a sign with its word. */
    public record Mark(String tone, Glyph glyph, String word) {
        public String sign() {
            return glyph.sign();
        }
    }
}
