package dev.migrationledger.agent.schema;

import dev.migrationledger.contracts.schema.SchemaDifference;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.text.Fingerprint;
import java.util.List;

/** What {@code schema} has to say, as its JSON has it. */
sealed interface SchemaReport {

    /**
     * One database.
     *
     * @param database without its password
     */
    record One(String database, Fingerprint fingerprint, List<SchemaObject> objects) implements SchemaReport {}

    /**
     * Two databases.
     *
     * @param difference what leads from the left to the right
     */
    record Compared(
            String left,
            Fingerprint leftFingerprint,
            String right,
            Fingerprint rightFingerprint,
            SchemaDifference difference)
            implements
                SchemaReport {}
}
