package dev.migrationledger.contracts.audit;

import java.util.List;

/**
 * A name in a query that the ledger does not know. The query is answered, but this part of it finds nothing and excludes nothing.
 *
 * @param from where the name begins in the text that was asked, in UTF-16 units
 * @param to the first unit after it
 * @param key such as {@code environment}
 * @param name that is unknown
 * @param sentence what is unknown, and what may have been wanted
 * @param suggestions known names, the nearest first
 */
public record QueryWarning(int from, int to, String key, String name, String sentence, List<String> suggestions) {

    public QueryWarning {
        suggestions = List.copyOf(suggestions);
    }
}
