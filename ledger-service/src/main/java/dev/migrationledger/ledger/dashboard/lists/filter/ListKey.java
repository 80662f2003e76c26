package dev.migrationledger.ledger.dashboard.lists.filter;

import dev.migrationledger.core.query.QueryKey;
import java.util.List;
import java.util.Map;

/** A key of a list's box, and what it is to PostgreSQL. */
public record ListKey(QueryKey key, Meaning meaning) {

    /** What a key is to PostgreSQL. */
    sealed interface Meaning {

        /**
         * A text.
         *
         * @param sql an expression
         */
        record Text(String sql) implements Meaning {}

        /**
         * One of several texts.
         *
         * @param sql an array of texts
         */
        record AnyOf(String sql) implements Meaning {}

        /** Each word has a condition of its own. */
        record Words(Map<String, String> conditions) implements Meaning {
            public Words {
                conditions = Map.copyOf(conditions);
            }
        }

        /**
         * A time, or one that lasts.
         *
         * @param from an expression for its begin
         * @param to an expression for its end; 'infinity' while it goes on
         */
        record Time(String from, String to) implements Meaning {}
    }

    public static ListKey text(String name, String meaning, String sql, String... aliases) {
        return new ListKey(QueryKey.text(name, meaning, aliases), new Meaning.Text(sql));
    }

    public static ListKey anyOf(String name, String meaning, String sql, String... aliases) {
        return new ListKey(QueryKey.text(name, meaning, aliases), new Meaning.AnyOf(sql));
    }

    /** One of the words that an array of texts may have. */
    public static ListKey anyWord(String name, String meaning, List<String> words, String sql, String... aliases) {
        return new ListKey(QueryKey.oneOf(name, meaning, words, aliases), new Meaning.AnyOf(sql));
    }

    /**
     * Words with a condition each.
     *
     * @param conditions by word, in the order of the help
     */
    public static ListKey words(String name, String meaning, Map<String, String> conditions, String... aliases) {
        return new ListKey(QueryKey.oneOf(name, meaning, List.copyOf(conditions.keySet()), aliases),
                new Meaning.Words(conditions));
    }

    /** The label of the environment that a row is about: {@code tier=prod}, or {@code tier}. */
    public static ListKey label(String project, String environment) {
        return anyOf("label", "A label of the environment: tier=prod, or tier.", """
                array(select unnest(array[one.key || '=' || one.value, one.key]) from ledger.environment_view labelled,
                    json_each_text(labelled.labels::json) one
                    where labelled.project = %s and labelled.environment = %s)""".formatted(project, environment),
                "labels");
    }

    /** {@code since}, {@code until} and {@code at}. */
    public static List<ListKey> times(String from, String to) {
        Meaning.Time time = new Meaning.Time(from, to);
        return List.of(
                new ListKey(QueryKey.times("since", "At this time or later: monday, 7d, 2026-11-01.",
                        QueryKey.TimeUse.SINCE), time),
                new ListKey(QueryKey.times("until", "At this time or earlier.", QueryKey.TimeUse.UNTIL), time),
                new ListKey(QueryKey.times("at", "Within this time: last-week, 2026-11-01..2026-11-07.",
                        QueryKey.TimeUse.WITHIN), time));
    }
}
