package dev.migrationledger.agent.doctor;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The schema of what scripts make without naming one: where Alembic's own search path leads, which is where it makes the version table,
 * unless that is told a schema of its own. Somebody who looks at a database may have another search path.
 */
final class DefaultSchema {

    private DefaultSchema() {}

    /**
     * The first that has a table of the history; the first of all where none has.
     *
     * @param candidates most likely first
     * @return absent where there is no candidate
     */
    static @Nullable String among(
            List<String> candidates, @Nullable ScriptsSeen scripts, SchemaSnapshot snapshot) {
        Set<String> tables = scripts == null ? Set.of() : tables(scripts);
        return candidates.stream().filter(schema -> has(schema, tables, snapshot)).findFirst()
                .orElse(candidates.isEmpty() ? null : candidates.getFirst());
    }

    /** Whether a schema has a table of the history that its scripts make without naming a schema. */
    static boolean has(String schema, @Nullable ScriptsSeen scripts, SchemaSnapshot snapshot) {
        return scripts != null && has(schema, tables(scripts), snapshot);
    }

    /** The only schema that has such a table; absent where none has, or several have. */
    static @Nullable String only(@Nullable ScriptsSeen scripts, SchemaSnapshot snapshot) {
        Set<String> tables = scripts == null ? Set.of() : tables(scripts);
        List<String> schemas = snapshot.objects().stream().map(SchemaObject::object)
                .filter(object -> object.kind() == ObjectKind.TABLE && tables.contains(object.name()))
                .map(ObjectName::schema).filter(Objects::nonNull).distinct().toList();
        return schemas.size() == 1 ? schemas.getFirst() : null;
    }

    private static boolean has(String schema, Set<String> tables, SchemaSnapshot snapshot) {
        return snapshot.objects().stream().map(SchemaObject::object).anyMatch(object -> tables.contains(object.name())
                && object.equals(ObjectName.table(schema, object.name())));
    }

    private static Set<String> tables(ScriptsSeen scripts) {
        return scripts.footprints().values().stream()
                .flatMap(footprint -> footprint.upgrade().changes().stream())
                .filter(change -> change instanceof Effect.Create || change instanceof Effect.Rename)
                .map(Effect.Change::lastName)
                .filter(object -> object.kind() == ObjectKind.TABLE
                        && (object.schema() == null || object.hasComputedSchema()))
                .map(ObjectName::name)
                .collect(Collectors.toSet());
    }
}
