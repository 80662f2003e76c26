package dev.migrationledger.ledger.dashboard.lists.filter;

import dev.migrationledger.core.query.SearchQuery;
import dev.migrationledger.core.query.Term;

/** Where a query looks: its terms with the keys {@code project} and {@code environment}. Of what a page shows besides its list, the same places are shown. */
public final class NamedPlace {

    private NamedPlace() {}

    /** Whether a query looks at a project. */
    public static boolean inProject(SearchQuery query, String project) {
        return holds(query, "project", project);
    }

    /** Whether a query looks at an environment. */
    public static boolean in(SearchQuery query, String project, String environment) {
        return inProject(query, project) && holds(query, "environment", environment);
    }

    /**
     * Whether a query looks there.
     *
     * @param place a project and an environment of it, such as {@code navbot/production}
     */
    public static boolean isIn(SearchQuery query, String place) {
        int slash = place.indexOf('/');
        return in(query, place.substring(0, slash), place.substring(slash + 1));
    }

    private static boolean holds(SearchQuery query, String key, String value) {
        return query.terms().stream().allMatch(term -> switch (term) {
            case Term.Matches it -> !it.key().equals(key)
                    || it.values().stream().anyMatch(one -> one.matches(value)) != it.negated();
            case Term.Words _,Term.Counts _,Term.During _ -> true;
        });
    }
}
