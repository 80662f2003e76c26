package dev.migrationledger.ledger.dashboard.overview;

import java.util.Map;

/**
 * Which environments the overview shows.
 *
 * @param condition in SQL, over the columns of {@link OverviewQuery}; empty, or it begins with {@code and}
 * @param parameters of the condition
 */
record OverviewFilter(String condition, Map<String, Object> parameters) {

    static final OverviewFilter NOTHING = new OverviewFilter("and false", Map.of());

    OverviewFilter {
        parameters = Map.copyOf(parameters);
    }

    /** Those of them that meet another condition, too. */
    OverviewFilter and(String further) {
        return new OverviewFilter(condition + " and " + further, parameters);
    }
}
