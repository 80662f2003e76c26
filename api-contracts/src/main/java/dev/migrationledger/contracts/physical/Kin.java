package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which objects ever belonged to a table, or pointed to it. */
final class Kin {

    private final Map<ObjectName, Set<ObjectName>> parts = new HashMap<>();
    private final Map<ObjectName, Set<ObjectName>> keys = new HashMap<>();

    void add(ObjectName object, Definition definition) {
        ObjectName table = PostgresRules.table(object, definition);
        if (table != null) {
            parts.computeIfAbsent(table, any -> new LinkedHashSet<>()).add(object);
        }
        ObjectName referenced = PostgresRules.referenced(definition);
        if (referenced != null) {
            keys.computeIfAbsent(referenced, any -> new LinkedHashSet<>()).add(object);
        }
    }

    /** Columns, constraints, indexes, sequences, triggers and policies. */
    List<ObjectName> parts(ObjectName table) {
        return List.copyOf(parts.getOrDefault(table, Set.of()));
    }

    /** Foreign keys. */
    List<ObjectName> keys(ObjectName table) {
        return List.copyOf(keys.getOrDefault(table, Set.of()));
    }
}
