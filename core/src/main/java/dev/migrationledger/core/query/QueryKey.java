package dev.migrationledger.core.query;

import java.util.List;

/**
 * A key that a query may use.
 *
 * @param name lower-case letters and hyphens
 * @param aliases other names for it; a query is printed with {@code name}
 * @param meaning one short sentence for help
 */
public record QueryKey(String name, List<String> aliases, Kind kind, String meaning) {

    public QueryKey {
        aliases = List.copyOf(aliases);
    }

    /** What values a key takes. */
    public sealed interface Kind {

        /** Any text; a {@code *} at its end stands for any rest. */
        record AnyText() implements Kind {}

        /** One of these words. */
        record OneOf(List<String> values) implements Kind {
            public OneOf {
                values = List.copyOf(values);
            }
        }

        /** Whole numbers, and ranges of them. */
        record Numbers() implements Kind {}

        /** Times, and ranges of them. */
        record Times(TimeUse use) implements Kind {}
    }

    /** What a time means after a key. */
    public enum TimeUse {
        /** From the beginning of the named time. */
        SINCE,
        /** Up to the end of the named time. */
        UNTIL,
        /** Within the named time. */
        WITHIN
    }

    public static QueryKey text(String name, String meaning, String... aliases) {
        return new QueryKey(name, List.of(aliases), new Kind.AnyText(), meaning);
    }

    public static QueryKey oneOf(String name, String meaning, List<String> values, String... aliases) {
        return new QueryKey(name, List.of(aliases), new Kind.OneOf(values), meaning);
    }

    public static QueryKey numbers(String name, String meaning, String... aliases) {
        return new QueryKey(name, List.of(aliases), new Kind.Numbers(), meaning);
    }

    public static QueryKey times(String name, String meaning, TimeUse use, String... aliases) {
        return new QueryKey(name, List.of(aliases), new Kind.Times(use), meaning);
    }
}
