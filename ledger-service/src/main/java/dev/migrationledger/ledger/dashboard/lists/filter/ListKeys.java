package dev.migrationledger.ledger.dashboard.lists.filter;

import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.core.query.QueryKey;
import dev.migrationledger.core.query.QueryLanguage;
import dev.migrationledger.core.query.Term;
import dev.migrationledger.core.query.TimeInterval;
import dev.migrationledger.core.query.TimeRange;
import dev.migrationledger.ledger.dashboard.lists.filter.ListKey.Meaning;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of one list's box. Texts are compared without regard to case; times are in UTC. */
public final class ListKeys {

    private final QueryLanguage language;
    private final Map<String, Meaning> meanings = new LinkedHashMap<>();
    private final String words;

    /**
     * Keys of a list.
     *
     * @param words a text in which other words are looked for, as PostgreSQL has it
     */
    public ListKeys(String words, List<ListKey> keys) {
        this.words = words;
        this.language = new QueryLanguage(keys.stream().map(ListKey::key).toList());
        keys.forEach(it -> meanings.put(it.key().name(), it.meaning()));
    }

    public List<QueryKey> keys() {
        return language.keys();
    }

    public ParsedQuery parse(String text) {
        return language.parse(text);
    }

    /** What a query finds; nothing where it has mistakes. */
    public ListFilter filter(ParsedQuery query, Instant now) {
        return query.isGood() ? new Compilation(now).of(query.query().terms()) : ListFilter.NOTHING;
    }

    /** What the terms of a query find whose keys these are; the other terms are about something else. */
    public ListFilter placed(ParsedQuery query, Instant now) {
        return new Compilation(now).of(query.query().terms().stream()
                .filter(it -> it instanceof Term.Matches matches && meanings.containsKey(matches.key())).toList());
    }

    /** Of one query. */
    private final class Compilation {
        private final Instant now;
        private final Map<String, Object> parameters = new LinkedHashMap<>();
        private final Set<String> used = new LinkedHashSet<>();

        Compilation(Instant now) {
            this.now = now;
        }

        ListFilter of(List<Term> terms) {
            StringBuilder condition = new StringBuilder();
            // What is unknown of a row is not what is looked for, and so it is not what is excluded either.
            terms.forEach(term -> condition.append(" and (").append(condition(term))
                    .append(term.negated() ? ") is not true" : ")"));
            return new ListFilter(condition.toString(), parameters, used);
        }

        private String condition(Term term) {
            return switch (term) {
                case Term.Words it -> "position(lower(%s) in lower(%s)) > 0".formatted(parameter(it.words()), words);
                case Term.Matches it -> either(it.values().stream()
                        .map(value -> condition(meaning(it.key()), value)).toList());
                case Term.During it -> either(it.values().stream()
                        .map(range -> condition(meaning(it.key()), range)).toList());
                // No list has a key for numbers.
                case Term.Counts it -> throw new IllegalStateException("no condition for the key " + it.key());
            };
        }

        private Meaning meaning(String key) {
            used.add(key);
            return Objects.requireNonNull(meanings.get(key));
        }

        private String condition(Meaning meaning, Term.Pattern pattern) {
            return switch (meaning) {
                case Meaning.Text(String sql) -> isLike(sql, pattern);
                case Meaning.AnyOf(String sql) -> "exists (select from unnest(%s) as one (text) where %s)"
                        .formatted(sql, isLike("one.text", pattern));
                case Meaning.Words(Map<String, String> conditions) -> Objects.requireNonNull(
                        conditions.get(pattern.value()));
                case Meaning.Time _ -> throw new IllegalStateException("a time is not a text");
            };
        }

        private String isLike(String sql, Term.Pattern pattern) {
            return (pattern.prefix() ? "starts_with(lower(%s), lower(%s))" : "lower(%s) = lower(%s)")
                    .formatted(sql, parameter(pattern.value()));
        }

        private String condition(Meaning meaning, TimeRange range) {
            if (!(meaning instanceof Meaning.Time(String from, String to))) {
                throw new IllegalStateException("a text is not a time");
            }
            TimeInterval interval = range.resolve(now, ZoneOffset.UTC);
            List<String> both = new ArrayList<>();
            if (interval.from() != null) {
                both.add("%s >= %s".formatted(to, parameter(Timestamp.from(interval.from()))));
            }
            if (interval.to() != null) {
                both.add("%s < %s".formatted(from, parameter(Timestamp.from(interval.to()))));
            }
            return both.isEmpty() ? "true" : String.join(" and ", both);
        }

        private String parameter(Object value) {
            String name = "filter" + parameters.size();
            parameters.put(name, value);
            return ":" + name;
        }
    }

    private static String either(List<String> conditions) {
        return conditions.stream().map(it -> "(" + it + ")").collect(Collectors.joining(" or "));
    }
}
