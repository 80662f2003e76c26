package dev.migrationledger.core.query;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One condition of a query. */
public sealed interface Term {

    /** Whether it must not hold. */
    boolean negated();

    /** As a query would be written that has this term only. */
    String text();

    /** A free text, quoted or one word. */
    record Words(String words, boolean negated) implements Term {
        @Override
        public String text() {
            return sign(negated) + Quoting.word(words);
        }
    }

    /** One of these texts. */
    record Matches(String key, List<Pattern> values, boolean negated) implements Term {
        public Matches {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return Term.text(key, values.stream().map(Pattern::text).toList(), negated);
        }
    }

    /** Within one of these ranges. */
    record Counts(String key, List<NumberRange> values, boolean negated) implements Term {
        public Counts {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return Term.text(key, values.stream().map(NumberRange::text).toList(), negated);
        }
    }

    /** Within one of these times. */
    record During(String key, List<TimeRange> values, boolean negated) implements Term {
        public During {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return Term.text(key, values.stream().map(TimeRange::text).toList(), negated);
        }
    }

    /**
     * A text to compare with.
     *
     * @param prefix whether any rest may follow
     */
    record Pattern(String value, boolean prefix) {
        String text() {
            return prefix ? Quoting.value(value) + "*" : Quoting.value(value);
        }

        /** Whether a text is it, ignoring case. */
        public boolean matches(String text) {
            return prefix ? text.regionMatches(true, 0, value, 0, value.length()) : text.equalsIgnoreCase(value);
        }
    }

    /** Whole numbers from the first to the last; null where it is open. */
    record NumberRange(@Nullable Long from, @Nullable Long to) {
        String text() {
            if (from != null && from.equals(to)) {
                return from.toString();
            }
            return (from == null ? "" : from) + ".." + (to == null ? "" : to);
        }

        /** Whether a number is in it. */
        public boolean contains(long number) {
            return (from == null || number >= from) && (to == null || number <= to);
        }
    }

    private static String text(String key, List<String> values, boolean negated) {
        return sign(negated) + values.stream().collect(Collectors.joining(",", key + ":", ""));
    }

    private static String sign(boolean negated) {
        return negated ? "-" : "";
    }
}
