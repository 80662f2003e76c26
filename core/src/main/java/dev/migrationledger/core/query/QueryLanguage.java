package dev.migrationledger.core.query;

import dev.migrationledger.core.text.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keys that queries may use, and the reader of such queries. Keys are read without regard to case.
 *
 * <p>{@code key:value}; {@code key:a,b} (either); {@code key:"with spaces"}; {@code key:start*}; {@code 10..20}, {@code >10}; {@code word};
 * {@code "some words"}; {@code -} before any of them turns it around. In quotes, {@code \"} and {@code \\} are a quote and a backslash.
 */
public final class QueryLanguage {

    /** Characters; addresses of pages have to hold a query. */
    public static final int LONGEST = 2_000;

    static final int MOST_TERMS = 50;

    private static final int MOST_SUGGESTIONS = 3;

    private final List<QueryKey> keys;
    private final Map<String, QueryKey> byName = new LinkedHashMap<>();

    public QueryLanguage(List<QueryKey> keys) {
        this.keys = List.copyOf(keys);
        for (QueryKey key : keys) {
            byName.put(key.name(), key);
            key.aliases().forEach(alias -> byName.put(alias, key));
        }
    }

    public List<QueryKey> keys() {
        return keys;
    }

    /** Reads any text, also one that is full of mistakes. */
    public ParsedQuery parse(String text) {
        return new SearchQueryReader(this, text).read();
    }

    Optional<QueryKey> key(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    List<String> keysLike(String typed) {
        return like(typed, byName.keySet());
    }

    /** Words that were probably to be typed: those with a letter or two of difference, and those that begin alike. */
    public static List<String> like(String typed, Collection<String> words) {
        String small = typed.toLowerCase(Locale.ROOT);
        return words.stream()
                .filter(word -> EditDistance.isNear(small, word) || (small.length() > 1 && word.startsWith(small)))
                .sorted(Comparator.comparingInt(word -> EditDistance.between(small, word)))
                .limit(MOST_SUGGESTIONS)
                .toList();
    }
}
