package dev.migrationledger.agent.schema;

import dev.migrationledger.contracts.schema.SchemaDifference;
import dev.migrationledger.contracts.schema.SchemaObject;
import java.util.List;

/** What {@code schema} has to say, as its JSON has it. */
sealed interface SchemaReport {

    /**
     * One database.
     *
     * @param database without its password
     */
    record One(String database, String fingerprint, List<SchemaObject> objects) implements SchemaReport {}

    /**
     * Two databases.
     *
     * @param difference what leads from the left to the right
     */
    record Compared(
            String left, String leftFingerprint, String right, String rightFingerprint, SchemaDifference difference)
            implements
                SchemaReport {}
}
