package dev.migrationledger.ledger.dashboard.lists.filter;

import java.util.Map;
import java.util.Set;

/**
 * What of a list is shown.
 *
 * @param condition follows another one: it is empty, or begins with {@code and}
 * @param parameters of it
 * @param keys that were used
 */
public record ListFilter(String condition, Map<String, Object> parameters, Set<String> keys) {

    /** For what cannot be read. */
    public static final ListFilter NOTHING = new ListFilter(" and false", Map.of(), Set.of());

    public ListFilter {
        parameters = Map.copyOf(parameters);
        keys = Set.copyOf(keys);
    }

    public boolean uses(String key) {
        return keys.contains(key);
    }
}
