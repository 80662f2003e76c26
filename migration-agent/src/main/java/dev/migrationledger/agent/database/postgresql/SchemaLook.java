package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.contracts.schema.SchemaSnapshot;

/** What a look has to say about the schema. */
public sealed interface SchemaLook {

    /** It is as it was known to be, or nobody asked. */
    record AsKnown() implements SchemaLook {}

    /** It may have changed, and was read in the same transaction as everything else of the look. */
    record Read(SchemaSnapshot snapshot) implements SchemaLook {}

    /**
     * It may have changed, and could not be read this time.
     *
     * @param reason a whole sentence
     */
    record Unread(String reason) implements SchemaLook {}
}
