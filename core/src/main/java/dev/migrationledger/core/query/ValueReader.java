package dev.migrationledger.core.query;

import dev.migrationledger.core.query.QueryKey.Kind;
import dev.migrationledger.core.query.SearchQueryReader.Raw;
import dev.migrationledger.core.query.Term.NumberRange;
import dev.migrationledger.core.query.Term.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the values of one key. */
final class ValueReader {

    private final QueryKey key;
    private final List<QueryProblem> problems;

    ValueReader(QueryKey key, List<QueryProblem> problems) {
        this.key = key;
        this.problems = problems;
    }

    /** Null if a value has a mistake, which is noted. */
    @Nullable
    Term term(List<Raw> values, boolean negated) {
        String name = key.name();
        return switch (key.kind()) {
            case Kind.AnyText() -> all(values, this::pattern)
                    .map(read -> (Term) new Term.Matches(name, read, negated)).orElse(null);
            case Kind.OneOf(List<String> words) -> all(values, raw -> word(raw, words))
                    .map(read -> (Term) new Term.Matches(name, read, negated)).orElse(null);
            case Kind.Numbers() -> all(values, this::numbers)
                    .map(read -> (Term) new Term.Counts(name, read, negated)).orElse(null);
            case Kind.Times(QueryKey.TimeUse use) -> all(values, raw -> times(raw, use))
                    .map(read -> (Term) new Term.During(name, read, negated)).orElse(null);
        };
    }

    private static <T> Optional<List<T>> all(List<Raw> values, Function<Raw, Optional<T>> reader) {
        List<T> read = new ArrayList<>();
        values.forEach(value -> reader.apply(value).ifPresent(read::add));
        return read.size() == values.size() ? Optional.of(read) : Optional.empty();
    }

    private Optional<Pattern> pattern(Raw raw) {
        if (raw.quoted()) {
            return Optional.of(new Pattern(raw.text(), raw.starred()));
        }
        int star = raw.text().indexOf('*');
        if (star < 0) {
            return Optional.of(new Pattern(raw.text(), false));
        }
        if (star < raw.text().length() - 1) {
            return problem(raw.from() + star, raw.from() + star + 1, QueryProblemCode.MISPLACED_STAR,
                    "'*' is possible at the end of a value only. Put the value in quotes if it contains '*'.",
                    List.of());
        }
        return Optional.of(new Pattern(raw.text().substring(0, star), true));
    }

    private Optional<Pattern> word(Raw raw, List<String> words) {
        String typed = raw.text().toLowerCase(Locale.ROOT);
        if (words.contains(typed) && !raw.starred()) {
            return Optional.of(new Pattern(typed, false));
        }
        List<String> like = QueryLanguage.like(typed, words);
        String sentence = like.isEmpty() && words.size() <= 12
                ? "'%s' is not a value of '%s'. Write one of: %s."
                        .formatted(raw.text(), key.name(), String.join(", ", words))
                : like.isEmpty()
                        ? "'%s' is not a value of '%s'. Look up its values in the help.".formatted(raw.text(),
                                key.name())
                        : "'%s' is not a value of '%s'. Did you mean '%s'?"
                                .formatted(raw.text(), key.name(), like.getFirst());
        return problem(raw.from(), raw.to(), QueryProblemCode.UNKNOWN_VALUE, sentence, like.isEmpty() ? words : like);
    }

    private Optional<NumberRange> numbers(Raw raw) {
        Bounds bounds = Bounds.of(raw.text());
        try {
            Long from = bounds.from().isEmpty() ? null : (Long) Long.parseLong(bounds.from());
            Long to = bounds.to().isEmpty() ? null : (Long) Long.parseLong(bounds.to());
            if ((from == null && to == null) || raw.starred()) {
                return badNumber(raw);
            }
            if (bounds.excludesFrom() && from != null) {
                from = Math.addExact(from, 1);
            }
            if (bounds.excludesTo() && to != null) {
                to = Math.subtractExact(to, 1);
            }
            if (from != null && to != null && from > to) {
                return emptyRange(raw);
            }
            return Optional.of(new NumberRange(from, to));
        } catch (NumberFormatException e) {
            return badNumber(raw);
        } catch (ArithmeticException e) {
            return emptyRange(raw);
        }
    }

    private Optional<TimeRange> times(Raw raw, QueryKey.TimeUse use) {
        Bounds bounds = Bounds.of(raw.text());
        Optional<TimePoint> from = TimePoint.parse(bounds.from());
        Optional<TimePoint> to = TimePoint.parse(bounds.to());
        boolean isRange = bounds.isRange();
        boolean badFrom = from.isEmpty() && !bounds.from().isEmpty();
        boolean badTo = to.isEmpty() && !bounds.to().isEmpty();
        if (raw.starred() || badFrom || badTo || (from.isEmpty() && to.isEmpty())) {
            String wrong = badFrom ? bounds.from() : bounds.to();
            List<String> like = QueryLanguage.like(wrong, TimePoint.WORDS);
            return problem(raw.from(), raw.to(), QueryProblemCode.BAD_TIME, like.isEmpty()
                    ? "'%s' is not a time. Write a date such as 2026-11-01, 7d, monday, yesterday or last-week."
                            .formatted(raw.text())
                    : "'%s' is not a time. Did you mean '%s'?".formatted(wrong, like.getFirst()), like);
        }
        if (isRange && use != QueryKey.TimeUse.WITHIN) {
            return problem(raw.from(), raw.to(), QueryProblemCode.BAD_TIME,
                    "'%s' takes one time, not a range. Write the range after 'at:'.".formatted(key.name()), List.of());
        }
        TimeRange range = isRange
                ? new TimeRange(from.orElse(null), to.orElse(null), bounds.excludesFrom(), bounds.excludesTo(), use)
                : new TimeRange(from.orElse(null), from.orElse(null), false, false, use);
        return range.isSurelyEmpty() ? emptyRange(raw) : Optional.of(range);
    }

    private <T> Optional<T> badNumber(Raw raw) {
        return problem(raw.from(), raw.to(), QueryProblemCode.BAD_NUMBER,
                "'%s' is not a whole number or a range. Write 100, 100..200, >100 or <100.".formatted(raw.text()),
                List.of());
    }

    private <T> Optional<T> emptyRange(Raw raw) {
        return problem(raw.from(), raw.to(), QueryProblemCode.EMPTY_RANGE,
                "The range '%s' contains nothing. Write the smaller bound first.".formatted(raw.text()), List.of());
    }

    private <T> Optional<T> problem(int from, int to, QueryProblemCode code, String sentence, List<String> like) {
        problems.add(new QueryProblem(from, to, code, sentence, like));
        return Optional.empty();
    }

    /** {@code a}, {@code a..b}, {@code a..}, {@code ..b}, {@code >a}, {@code >=a}, {@code <a}, {@code <=a}; empty where it is open. */
    private record Bounds(String from, String to, boolean excludesFrom, boolean excludesTo, boolean isRange) {
        static Bounds of(String text) {
            if (text.startsWith(">")) {
                boolean equal = text.startsWith(">=");
                return new Bounds(text.substring(equal ? 2 : 1), "", !equal, false, true);
            }
            if (text.startsWith("<")) {
                boolean equal = text.startsWith("<=");
                return new Bounds("", text.substring(equal ? 2 : 1), false, !equal, true);
            }
            int dots = text.indexOf("..");
            return dots < 0
                    ? new Bounds(text, text, false, false, false)
                    : new Bounds(text.substring(0, dots), text.substring(dots + 2), false, false, true);
        }
    }
}
