package dev.migrationledger.contracts.audit;

import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an agent knows what it reports.
 *
 * @param statement as the server received it, shortened to 2,000 characters; absent where it was not captured
 * @param objects that were created, altered or dropped, such as {@code created table public.users}; at most {@link AuditEntry#MOST}
 * @param moreObjects how many there are beyond those
 */
public record AuditEvidence(
        Method method, Certainty certainty, @Nullable String statement, List<String> objects, int moreObjects) {

    public AuditEvidence {
        objects = List.copyOf(objects);
    }
}
