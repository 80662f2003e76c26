package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.CanonicalText;

/** Names as SQL writes them. */
final class SqlIdentifiers {

    private SqlIdentifiers() {}

    static String quoted(String name) {
        return CanonicalText.quoted(name);
    }

    /** What the server brings along is written without its schema. */
    static String qualified(String schema, String name) {
        return CanonicalText.qualified(schema, name);
    }

    static String literal(String text) {
        return CanonicalText.literal(text);
    }
}
