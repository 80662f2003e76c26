package dev.migrationledger.agent.inference.poll;

import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of the schema between two polls.
 *
 * @param scope the schemas that are watched; empty: all
 * @param defaultSchema where an object goes that names no schema; absent: {@code public}
 */
public record ObjectChanges(
        Set<ObjectName> created, Set<ObjectName> dropped, List<String> scope, @Nullable String defaultSchema) {
    public ObjectChanges {
        created = Set.copyOf(created);
        dropped = Set.copyOf(dropped);
        scope = List.copyOf(scope);
    }

    /** Whether an object would be among these if it had come or gone. */
    boolean covers(ObjectName object) {
        return scope.isEmpty() || (object.schema() != null && scope.contains(object.schema()));
    }
}
