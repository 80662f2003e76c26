package dev.migrationledger.ledger.dashboard;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is too long for its page, with ways to the other parts.
 *
 * @param all how many items there are
 * @param more how many follow
 * @param next address of the items that follow; absent: these are the last
 * @param first address of the first items; absent: these are the first
 */
public record ListPart<T>(List<T> shown, int all, int more, @Nullable String next, @Nullable String first) {

    public ListPart {
        shown = List.copyOf(shown);
    }

    /**
     * The items behind the first ones.
     *
     * @param skipped how many the pages before showed, as an address says; any number
     * @param most how many are shown
     * @param address of the part behind so many items
     */
    public static <T> ListPart<T> of(List<T> all, int skipped, int most, IntFunction<String> address) {
        int from = Math.clamp(skipped, 0, all.size());
        List<T> shown = all.subList(from, Math.min(all.size(), from + most));
        int end = from + shown.size();
        return new ListPart<>(shown, all.size(), all.size() - end, end < all.size() ? address.apply(end) : null,
                from > 0 ? address.apply(0) : null);
    }

    /** The same part, as a page says it. */
    public <R> ListPart<R> map(Function<T, R> words) {
        return new ListPart<>(shown.stream().map(words).toList(), all, more, next, first);
    }
}
