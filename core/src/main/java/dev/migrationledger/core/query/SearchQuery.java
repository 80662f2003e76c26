package dev.migrationledger.core.query;

import java.util.List;
import java.util.stream.Collectors;

/** Conditions that all have to hold. */
public record SearchQuery(List<PlacedTerm> placed) {

    public static final SearchQuery EVERYTHING = new SearchQuery(List.of());

    public SearchQuery {
        placed = List.copyOf(placed);
    }

    /**
     * A term, and where the text has it.
     *
     * @param from its first character
     * @param to the first one after it
     * @param values where its values are, in their order; empty for free text
     */
    public record PlacedTerm(Term term, int from, int to, List<Place> values) {
        public PlacedTerm {
            values = List.copyOf(values);
        }
    }

    /**
     * A piece of the text.
     *
     * @param from its first character
     * @param to the first one after it
     */
    public record Place(int from, int to) {}

    public List<Term> terms() {
        return placed.stream().map(PlacedTerm::term).toList();
    }

    /** A text that is read as the same terms. */
    public String text() {
        return terms().stream().map(Term::text).collect(Collectors.joining(" "));
    }
}
