package dev.migrationledger.agent.database;

import java.util.List;

/**
 * Which part of a database is meant.
 *
 * @param schemas by name; empty: all but the server's own
 */
public record SchemaScope(List<String> schemas) {

    public static final SchemaScope ALL = new SchemaScope(List.of());

    public SchemaScope {
        schemas = List.copyOf(schemas);
    }
}
