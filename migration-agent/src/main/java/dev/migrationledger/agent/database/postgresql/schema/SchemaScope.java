package dev.migrationledger.agent.database.postgresql.schema;

import java.util.List;

/**
 * Which part of a database is meant.
 *
 * @param schemas by name; empty: all but the server's own
 */
public record SchemaScope(List<String> schemas) {

    public static final SchemaScope ALL = new SchemaScope(List.of());

    /** Where the ledger keeps what it writes into a watched database. */
    public static final String OURS = "migration_ledger";

    public SchemaScope {
        schemas = List.copyOf(schemas);
    }

    boolean includes(String schema) {
        return !schema.startsWith("pg_")
                && !schema.equals("information_schema")
                && !schema.equals(OURS)
                && (schemas.isEmpty() || schemas.contains(schema));
    }
}
