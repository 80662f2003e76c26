package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.audit.QueryWarning;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.core.query.QueryLanguage;
import dev.migrationledger.core.query.SearchQuery.Place;
import dev.migrationledger.core.query.SearchQuery.PlacedTerm;
import dev.migrationledger.core.query.SearchQuery;
import dev.migrationledger.core.query.Term;
import dev.migrationledger.ledger.audit.index.SearchTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Names in a query that no entry has which the caller may read. Names of other projects are neither known nor suggested. */
public final class UnknownNames {

    /** That are compared with an unknown one. */
    private static final int MOST_NAMES = 50_000;

    private static final int SHOWN = 63;

    private final JdbcClient database;

    public UnknownNames(JdbcClient database) {
        this.database = database;
    }

    /** A name of a query. */
    private record Asked(String key, Term.Pattern pattern, Place place) {
        String token() {
            return SearchTokens.of(key, pattern.value());
        }
    }

    /** In the order of the query. */
    public List<QueryWarning> of(SearchQuery query, SearchScope scope) {
        List<Asked> asked = query.placed().stream().flatMap(term -> names(term).stream()).toList();
        Set<String> known = known(scope, asked.stream().filter(one -> !one.pattern.prefix()).toList());
        List<QueryWarning> warnings = new ArrayList<>();
        for (Asked one : asked) {
            if (warnings.size() == AuditPage.MOST_WARNINGS) {
                break;
            }
            if (one.pattern.prefix() ? !anyBeginsLike(scope, one) : !known.contains(one.token())) {
                warnings.add(warning(scope, one));
            }
        }
        return warnings;
    }

    private static List<Asked> names(PlacedTerm placed) {
        if (!(placed.term() instanceof Term.Matches matches) || !AuditKeys.NAMES.containsKey(matches.key())) {
            return List.of();
        }
        List<Asked> names = new ArrayList<>();
        for (int at = 0; at < matches.values().size(); at++) {
            names.add(new Asked(matches.key(), matches.values().get(at), placed.values().get(at)));
        }
        return names;
    }

    private Set<String> known(SearchScope allowed, List<Asked> asked) {
        if (asked.isEmpty()) {
            return Set.of();
        }
        SqlCondition where = scope(allowed);
        where.add("token = any(%s)".formatted(where.texts(asked.stream().map(Asked::token).toList())));
        return new HashSet<>(tokens(where, ""));
    }

    private boolean anyBeginsLike(SearchScope allowed, Asked asked) {
        SqlCondition where = scope(allowed);
        where.add(QueryCompiler.beginning("token", asked.token(), where));
        return !tokens(where, " limit 1").isEmpty();
    }

    private QueryWarning warning(SearchScope allowed, Asked asked) {
        List<String> suggestions = suggestions(allowed, asked);
        String name = asked.pattern.value();
        String shown = name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…";
        String sentence = "No %s%s %s '%s'. %s".formatted(AuditKeys.NAMES.get(asked.key),
                allowed.projects().names() == null ? "" : " that you may read",
                asked.pattern.prefix() ? "begins with" : "is called", shown, suggestions.isEmpty()
                        ? "Check the name."
                        : "Did you mean '%s'?".formatted(suggestions.getFirst()));
        return new QueryWarning(asked.place.from(), asked.place.to(), asked.key, name, sentence, suggestions);
    }

    private List<String> suggestions(SearchScope allowed, Asked asked) {
        SqlCondition where = scope(allowed);
        String key = SearchTokens.of(asked.key, "");
        where.add(QueryCompiler.beginning("token", key, where));
        List<String> names = tokens(where, " limit " + MOST_NAMES).stream()
                .map(token -> token.substring(key.length())).toList();
        return QueryLanguage.like(asked.pattern.value(), names);
    }

    private static SqlCondition scope(SearchScope allowed) {
        SqlCondition where = new SqlCondition("n");
        String[] projects = allowed.projects().names();
        if (projects != null) {
            where.add("project = any(%s)".formatted(where.texts(Arrays.asList(projects))));
        } else if (!allowed.organisation()) {
            where.add("project <> ''");
        }
        return where;
    }

    private List<String> tokens(SqlCondition where, String end) {
        return database.sql("select distinct token from ledger.audit_name where true" + where.sql() + end)
                .params(where.parameters()).query((row, _) -> row.getString(1)).list();
    }
}
