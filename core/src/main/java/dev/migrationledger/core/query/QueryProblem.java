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
        return pointedAt(text, from, to);
    }

    /** The same for a mistake that another program found. */
    public static String pointedAt(String text, int from, int to) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> line.appendCodePoint(Quoting.isSpace(c) ? ' ' : c));
        int before = text.codePointCount(0, Math.min(from, text.length()));
        int width = Math.max(1, text.codePointCount(Math.min(from, text.length()), Math.min(to, text.length())));
        return line + "\n" + " ".repeat(before) + "^".repeat(width);
    }
}
