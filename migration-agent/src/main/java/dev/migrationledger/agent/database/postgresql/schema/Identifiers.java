package dev.migrationledger.agent.database.postgresql.schema;

import java.util.regex.Pattern;

/** Names as SQL writes them. */
final class Identifiers {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private Identifiers() {}

    static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** What the server brings along is written without its schema. */
    static String qualified(String schema, String name) {
        return schema.equals("pg_catalog") ? quoted(name) : quoted(schema) + "." + quoted(name);
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
