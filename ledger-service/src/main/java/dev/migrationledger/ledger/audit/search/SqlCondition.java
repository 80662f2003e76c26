package dev.migrationledger.ledger.audit.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conditions of a statement that all have to hold, with their parameters. Mutable while it is built. */
final class SqlCondition {

    private final String prefix;
    private final List<String> parts = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    /** @param prefix of its parameters, which no other condition of the statement has */
    SqlCondition(String prefix) {
        this.prefix = prefix;
    }

    void add(String part) {
        parts.add(part);
    }

    /** A new parameter, as SQL names it. */
    String parameter(Object value) {
        String name = prefix + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }

    String texts(List<String> values) {
        return "cast(%s as text[])".formatted(parameter(values.toArray(String[]::new)));
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** To follow another condition. */
    String sql() {
        StringBuilder sql = new StringBuilder();
        parts.forEach(part -> sql.append(" and ").append(part));
        return sql.toString();
    }
}
