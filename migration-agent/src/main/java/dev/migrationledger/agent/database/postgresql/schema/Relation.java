package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.ObjectName;

/**
 * One row of {@code pg_class}.
 *
 * @param kind as {@code relkind} has it
 * @param included whether it and what hangs on it belong to the snapshot
 * @param definition of a table or view, without its partition key and parents
 * @param partition how it is bound to its parent; empty: it is no partition
 */
record Relation(
        long oid, String schema, String name, char kind, boolean included, String definition, String partition) {

    boolean isTable() {
        return kind == 'r' || kind == 'p' || kind == 'f';
    }

    /** As a table, whichever kind of relation it is. */
    ObjectName object() {
        return ObjectName.table(schema, name);
    }

    String qualified() {
        return CanonicalText.qualified(schema, name);
    }
}
