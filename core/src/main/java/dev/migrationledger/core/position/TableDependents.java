package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which objects ever hung on a table: whether they still do, their definitions say. */
final class TableDependents {

    private final Map<ObjectName, Set<ObjectName>> parts = new HashMap<>();
    private final Map<ObjectName, Set<ObjectName>> keys = new HashMap<>();
    private final Map<ObjectName, Set<ObjectName>> children = new HashMap<>();
    private final Map<ObjectName, ObjectName> byIndex = new HashMap<>();

    void add(ObjectName object, Definition definition) {
        ObjectName table = PostgresRules.table(object, definition);
        if (table != null) {
            add(parts, table, object);
        }
        ObjectName referenced = PostgresRules.referenced(definition);
        if (referenced != null) {
            add(keys, referenced, object);
        }
        if (definition instanceof Table child) {
            PostgresRules.parents(child).forEach(parent -> add(children, parent, object));
        }
        if (object.kind() == ObjectKind.CONSTRAINT) {
            byIndex.put(PostgresRules.indexOf(object), object);
        }
    }

    private static void add(Map<ObjectName, Set<ObjectName>> all, ObjectName table, ObjectName object) {
        all.computeIfAbsent(table, any -> new LinkedHashSet<>()).add(object);
    }

    /** Columns, constraints, indexes, sequences, triggers and policies. */
    List<ObjectName> parts(ObjectName table) {
        return List.copyOf(parts.getOrDefault(table, Set.of()));
    }

    /** Foreign keys that point to it. */
    List<ObjectName> keys(ObjectName table) {
        return List.copyOf(keys.getOrDefault(table, Set.of()));
    }

    /** Partitions and tables that inherit. */
    List<ObjectName> children(ObjectName table) {
        return List.copyOf(children.getOrDefault(table, Set.of()));
    }

    /** The constraint that last had the name of an index; the index itself: there was none. */
    ObjectName constraintOf(ObjectName index) {
        return byIndex.getOrDefault(index, index);
    }
}
