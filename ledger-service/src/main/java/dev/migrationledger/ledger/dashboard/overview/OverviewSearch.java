package dev.migrationledger.ledger.dashboard.overview;

import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.core.query.QueryKey;
import dev.migrationledger.core.query.QueryLanguage;
import dev.migrationledger.core.query.SearchQuery;
import dev.migrationledger.core.query.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the search box finds: the keys of its language, and each term as a condition over the columns of {@link OverviewQuery}. */
final class OverviewSearch {

    private static final QueryLanguage LANGUAGE = new QueryLanguage(List.of(
            QueryKey.text("project", "The name of the project."),
            QueryKey.text("environment", "The name of the environment.", "env"),
            QueryKey.text("label", "A label of the environment, such as tier=prod.", "labels"),
            QueryKey.oneOf("status",
                    "Where the environment is, relative to its own scripts, or whether its agents are silent.",
                    List.of("at-head", "behind", "forked", "unknown-revision", "not-seen", "silent", "unwatched")),
            QueryKey.oneOf("severity", "The worst that is found in it.", List.of("error", "warning", "none")),
            QueryKey.text("code", "The code of an error or a warning.", "divergence"),
            QueryKey.text("revision", "A row of the version table.", "rev"),
            QueryKey.text("agent", "The name of an agent that watches it.")));

    private final Map<String, Object> parameters = new LinkedHashMap<>();

    private OverviewSearch() {}

    static ParsedQuery parse(String text) {
        return LANGUAGE.parse(text);
    }

    static OverviewFilter filter(SearchQuery query) {
        OverviewSearch search = new OverviewSearch();
        StringBuilder condition = new StringBuilder();
        query.terms().forEach(term -> condition.append(term.negated() ? " and not coalesce(" : " and coalesce(")
                .append(search.condition(term)).append(", false)"));
        return new OverviewFilter(condition.toString(), search.parameters);
    }

    private String condition(Term term) {
        return switch (term) {
            case Term.Words words -> either(List.of("project ilike " + value("%" + like(words.words()) + "%"),
                    "environment ilike " + value("%" + like(words.words()) + "%"),
                    "stamped ilike " + value("%" + like(words.words()) + "%")));
            case Term.Matches matches -> either(matches.values().stream()
                    .map(pattern -> condition(matches.key(), pattern)).toList());
            // No key of this language takes numbers or times.
            case Term.Counts _,Term.During _ -> "false";
        };
    }

    private String condition(String key, Term.Pattern pattern) {
        String text = like(pattern.value());
        String rest = pattern.prefix() ? "%" : "";
        return switch (key) {
            case "project", "environment" -> key + " ilike " + value(text + rest);
            case "label" -> "labels ilike " + value(label(text, rest));
            case "status" -> switch (pattern.value()) {
                case "silent" -> OverviewQuery.SILENT;
                case "unwatched" -> OverviewQuery.UNWATCHED;
                default -> "position = " + value(pattern.value());
            };
            case "severity" -> OverviewQuery.WORST + " = " + value(severity(pattern.value()));
            case "code" -> "' ' || codes || ' ' ilike " + value("% " + text + (pattern.prefix() ? "%" : " %"));
            case "revision" -> "stamped ilike " + value("%\"" + text + (pattern.prefix() ? "%" : "\"%"));
            case "agent" -> "exists (select from unnest(watchers) as agent where agent ilike %s)"
                    .formatted(value(text + rest));
            default -> throw new IllegalStateException("no condition for the key " + key);
        };
    }

    /** As the label lies in JSON. Without a value: any label of that name. */
    private static String label(String text, String rest) {
        int equals = text.indexOf('=');
        return equals < 0
                ? "%\"" + text + (rest.isEmpty() ? "\":%" : "%")
                : "%\"" + text.substring(0, equals) + "\":\"" + text.substring(equals + 1)
                        + (rest.isEmpty() ? "\"%" : "%");
    }

    private static int severity(String word) {
        return switch (word) {
            case "error" -> 2;
            case "warning" -> 1;
            default -> 0;
        };
    }

    private static String either(List<String> conditions) {
        return String.join(" or ", conditions);
    }

    private String value(Object value) {
        String name = "search" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }

    /** A text that a pattern of PostgreSQL takes as it is. */
    private static String like(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
