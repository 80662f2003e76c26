package dev.migrationledger.agent.database.capture;

import java.util.List;

/**
 * What one committed transaction changed, in its order.
 *
 * @param transaction the server's number of it ({@code xid8})
 * @param changes at least one; only one of {@link CapturedChange.Operation#SCHEMA_ONLY} where it left the version table alone,
 *     and such a one at the end where it changed the schema after its last change of the version table
 */
public record CapturedTransaction(String transaction, List<CapturedChange> changes) {
    public CapturedTransaction {
        changes = List.copyOf(changes);
    }
}
