package dev.migrationledger.core.query;

import java.util.List;

/**
 * A mistake in the text of a query.
 *
 * @param from where it begins, in characters of the text (UTF-16 units)
 * @param to the first character after it; {@code from} where something is missing
 * @param sentence what is wrong, and what to write instead
 * @param suggestions texts for this place that would be right, the nearest first
 */
public record QueryProblem(int from, int to, QueryProblemCode code, String sentence, List<String> suggestions) {

    public QueryProblem {
        suggestions = List.copyOf(suggestions);
    }

    /** The text and, in a second line, carets under the mistake. */
    public String pointedAt(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> line.appendCodePoint(Quoting.isSpace(c) ? ' ' : c));
        int before = text.codePointCount(0, from);
        int width = Math.max(1, text.codePointCount(from, to));
        return line + "\n" + " ".repeat(before) + "^".repeat(width);
    }
}
