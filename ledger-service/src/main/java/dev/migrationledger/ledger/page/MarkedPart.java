package dev.migrationledger.ledger.page;

import dev.migrationledger.core.query.SearchQuery.Place;
import java.util.ArrayList;
import java.util.List;

/** A piece of a query, on a page that points at mistakes. */
public record MarkedPart(String text, boolean mistaken) {

    /**
     * All pieces of a query.
     *
     * @param places with mistakes, in their order
     */
    public static List<MarkedPart> of(String query, List<Place> places) {
        List<MarkedPart> parts = new ArrayList<>();
        int at = 0;
        for (Place problem : places) {
            if (problem.from() < at) {
                continue;
            }
            parts.add(new MarkedPart(query.substring(at, problem.from()), false));
            // Where something is missing, the place itself is marked.
            parts.add(new MarkedPart(
                    problem.to() > problem.from() ? query.substring(problem.from(), problem.to()) : "␣", true));
            at = problem.to();
        }
        parts.add(new MarkedPart(query.substring(at), false));
        return parts.stream().filter(part -> !part.text().isEmpty()).toList();
    }
}
