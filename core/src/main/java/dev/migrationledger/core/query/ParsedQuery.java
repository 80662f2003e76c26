package dev.migrationledger.core.query;

import java.util.List;

/**
 * What a text says.
 *
 * @param query the terms without mistakes
 * @param problems in the order of their places; the query is good for nothing but a preview if there are any
 */
public record ParsedQuery(String text, SearchQuery query, List<QueryProblem> problems) {

    public ParsedQuery {
        problems = List.copyOf(problems);
    }

    public boolean isGood() {
        return problems.isEmpty();
    }
}
