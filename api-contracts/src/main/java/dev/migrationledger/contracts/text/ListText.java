package dev.migrationledger.contracts.text;

import java.util.Collection;
import java.util.List;

/** Items in a sentence: all of them, or as many as a reader takes in. */
public final class ListText {

    private ListText() {}

    /** Such as {@code a, b and c}. */
    public static String and(List<String> items) {
        return joined(items, "and");
    }

    /**
     * Such as {@code a, b and c}, or {@code a, b and 3 more}.
     *
     * @param most how many are named where there are more; one more than that is named as well, since to count it takes no less room
     */
    public static String and(List<String> items, int most) {
        return and(items, items.size(), most);
    }

    /**
     * The same for a list that may be cut.
     *
     * @param some the first of them, at least {@code most}
     * @param count of all
     */
    public static String and(List<String> some, int count, int most) {
        return joined(some, count, most, "and");
    }

    /** Such as {@code a, b or c}. */
    public static String or(List<String> items) {
        return joined(items, "or");
    }

    /** Such as {@code a, b or c}, or {@code a, b or 3 more}; see {@link #and(List, int)}. */
    public static String or(List<String> items, int most) {
        return joined(items, items.size(), most, "or");
    }

    /** Such as {@code a with b with c}, or {@code a with b and 3 more}; see {@link #and(List, int)}. */
    public static String with(List<String> items, int most) {
        int more = items.size() - most;
        return more > 1
                ? String.join(" with ", items.subList(0, most)) + " and " + more + " more"
                : String.join(" with ", items);
    }

    /** Such as {@code a, b, c}: a value without a sentence around it. */
    public static String plain(Collection<String> items) {
        return String.join(", ", items);
    }

    /** The same, or {@code a, b, … (3 more)}. */
    public static String plain(List<String> items, int most) {
        int more = items.size() - most;
        return more > 1 ? "%s, … (%d more)".formatted(plain(items.subList(0, most)), more) : plain(items);
    }

    /** Each in single quotes. */
    public static List<String> quoted(Collection<String> items) {
        return items.stream().map(item -> "'" + item + "'").toList();
    }

    private static String joined(List<String> some, int count, int most, String word) {
        return count > Math.min(most + 1, some.size())
                ? "%s %s %d more".formatted(String.join(", ", some.subList(0, most)), word, count - most)
                : joined(some, word);
    }

    private static String joined(List<String> items, String word) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " " + word + " " + items.get(last);
    }
}
