package dev.migrationledger.core.query;

import dev.migrationledger.core.query.SearchQuery.Place;
import dev.migrationledger.core.query.SearchQuery.PlacedTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one text, from the left to the right. A mistake costs its term, and the rest is read. */
final class SearchQueryReader {

    private final QueryLanguage language;
    private final String text;
    private final List<PlacedTerm> terms = new ArrayList<>();
    private final List<QueryProblem> problems = new ArrayList<>();

    /** Of the values of the term that is read. */
    private final List<Place> places = new ArrayList<>();
    private int at;

    SearchQueryReader(QueryLanguage language, String text) {
        this.language = language;
        this.text = text;
    }

    ParsedQuery read() {
        if (text.length() > QueryLanguage.LONGEST) {
            problem(QueryLanguage.LONGEST, text.length(), QueryProblemCode.TOO_LONG,
                    "The query has %,d characters; at most %,d are read. Shorten it."
                            .formatted(text.length(), QueryLanguage.LONGEST),
                    List.of());
            return new ParsedQuery(text, SearchQuery.EVERYTHING, problems);
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            problem(nul, nul + 1, QueryProblemCode.BAD_CHARACTER,
                    "The query contains the character U+0000, which no entry contains. Remove it.", List.of());
        }
        for (skipSpaces(); at < text.length(); skipSpaces()) {
            int start = at;
            places.clear();
            Term term = term();
            if (term != null) {
                terms.add(new PlacedTerm(term, start, at, places));
            }
        }
        if (terms.size() > QueryLanguage.MOST_TERMS) {
            problem(terms.get(QueryLanguage.MOST_TERMS).from(), text.length(), QueryProblemCode.TOO_MANY_TERMS,
                    "The query has %d conditions; at most %d are read. Remove some."
                            .formatted(terms.size(), QueryLanguage.MOST_TERMS),
                    List.of());
        }
        return new ParsedQuery(text, new SearchQuery(terms), problems);
    }

    private @Nullable Term term() {
        int start = at;
        boolean negated = text.charAt(at) == '-';
        if (negated) {
            at++;
            if (at == text.length() || Quoting.isSpace(text.charAt(at))) {
                problem(start, at, QueryProblemCode.MISSING_TEXT,
                        "'-' has nothing after it. Write the condition to exclude directly after it.", List.of());
                return null;
            }
        }
        int colon = colon();
        return colon > at ? keyed(colon, negated) : free(negated);
    }

    /** Where the key ends that begins here; -1 if none does. */
    private int colon() {
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i;
            }
            if (c == '"' || Quoting.isSpace(c)) {
                return -1;
            }
        }
        return -1;
    }

    private @Nullable Term free(boolean negated) {
        int start = at;
        if (text.charAt(at) == '"') {
            Raw quoted = quoted();
            if (quoted != null && quoted.text().isBlank()) {
                problem(start, at, QueryProblemCode.MISSING_TEXT, "The quotes are empty. Write a text between them.",
                        List.of());
                return null;
            }
            return quoted == null ? null : new Term.Words(quoted.text(), negated);
        }
        while (at < text.length() && !Quoting.isSpace(text.charAt(at)) && text.charAt(at) != '"') {
            at++;
        }
        return new Term.Words(text.substring(start, at), negated);
    }

    private @Nullable Term keyed(int colon, boolean negated) {
        int start = at;
        String name = text.substring(at, colon);
        at = colon + 1;
        int before = problems.size();
        List<Raw> values = values();
        values.forEach(value -> places.add(new Place(value.from(), value.to())));
        Optional<QueryKey> key = language.key(name);
        if (key.isEmpty()) {
            List<String> like = language.keysLike(name);
            problem(start, colon, QueryProblemCode.UNKNOWN_KEY, like.isEmpty()
                    ? "The key '%s' is unknown. Put the text in quotes to search for it.".formatted(name)
                    : "The key '%s' is unknown. Did you mean '%s'?".formatted(name, like.getFirst()), like);
            return null;
        }
        if (problems.size() > before) {
            return null;
        }
        ValueReader reader = new ValueReader(key.get(), problems);
        return reader.term(values, negated);
    }

    /** The values after a colon, separated by commas. */
    private List<Raw> values() {
        List<Raw> values = new ArrayList<>();
        while (true) {
            int start = at;
            Raw value = value();
            if (value != null) {
                values.add(value);
                if (value.text().isEmpty() && !value.starred()) {
                    problem(start, at, QueryProblemCode.MISSING_VALUE, values.size() == 1
                            ? "The key has no value. Write the value directly after ':'."
                            : "A value is missing after ','. Write the value directly after it.", List.of());
                }
            }
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
            } else {
                return values;
            }
        }
    }

    private @Nullable Raw value() {
        int start = at;
        if (at < text.length() && text.charAt(at) == '"') {
            Raw quoted = quoted();
            if (quoted != null && at < text.length() && text.charAt(at) == '*') {
                at++;
                return new Raw(quoted.text(), true, true, start, at);
            }
            return quoted;
        }
        while (at < text.length() && !Quoting.isSpace(text.charAt(at)) && text.charAt(at) != ','
                && text.charAt(at) != '"') {
            at++;
        }
        return new Raw(text.substring(start, at), false, false, start, at);
    }

    /** A text in quotes; null if the quotes are not closed. */
    private @Nullable Raw quoted() {
        int start = at;
        StringBuilder content = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return new Raw(content.toString(), true, false, start, at);
            }
            if (c == '\\' && at + 1 < text.length() && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\')) {
                at++;
            }
            content.append(text.charAt(at));
        }
        problem(start, at, QueryProblemCode.UNCLOSED_QUOTE, "The quote is not closed. Add '\"' at the end of the text.",
                List.of());
        return null;
    }

    private void skipSpaces() {
        while (at < text.length() && Quoting.isSpace(text.charAt(at))) {
            at++;
        }
    }

    private void problem(int from, int to, QueryProblemCode code, String sentence, List<String> suggestions) {
        problems.add(new QueryProblem(from, to, code, sentence, suggestions));
    }

    /**
     * A value as it is written.
     *
     * @param text without quotes
     * @param starred whether a star follows its quotes
     */
    record Raw(String text, boolean quoted, boolean starred, int from, int to) {}
}
