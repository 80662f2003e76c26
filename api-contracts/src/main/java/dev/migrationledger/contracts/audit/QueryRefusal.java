package dev.migrationledger.contracts.audit;

import java.util.List;

/**
 * The answer to a query with mistakes: a problem ({@code application/problem+json}) that lists them.
 *
 * @param detail the first mistake and how many there are
 * @param code {@link #CODE}
 * @param query the text that was read
 * @param mistakes in the order of the text
 */
public record QueryRefusal(
        String type, String title, int status, String detail, String code, String query, List<Mistake> mistakes) {

    public static final String CODE = "query-invalid";

    public QueryRefusal {
        mistakes = List.copyOf(mistakes);
    }

    /**
     * A mistake.
     *
     * @param from where it begins, in UTF-16 units of the text
     * @param to the first unit after it; {@code from} where something is missing
     * @param code such as {@code unknown-key}
     * @param sentence what is wrong, and what to write instead
     * @param suggestions for this place, the nearest first
     */
    public record Mistake(int from, int to, String code, String sentence, List<String> suggestions) {
        public Mistake {
            suggestions = List.copyOf(suggestions);
        }
    }
}
