package dev.migrationledger.agent.database.observation;

import dev.migrationledger.contracts.schema.SchemaSnapshot;

/** What a poll has to say about the schema. */
public sealed interface SchemaObservation {

    /** It is as it was known to be, or nobody asked. */
    record AsKnown() implements SchemaObservation {}

    /** It may have changed, and was read in the same transaction as everything else of the poll. */
    record Read(SchemaSnapshot snapshot) implements SchemaObservation {}

    /**
     * It may have changed, and could not be read this time.
     *
     * @param reason a whole sentence
     */
    record Unread(String reason) implements SchemaObservation {}
}
