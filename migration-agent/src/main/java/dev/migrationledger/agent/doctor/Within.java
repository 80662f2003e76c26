package dev.migrationledger.agent.doctor;

import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Scripts as they concern a part of a database: where only some schemas are read, what a revision does elsewhere must not look as
 * if it were missing.
 *
 * @param schemas that are read; empty: all
 * @param defaultSchema where an object is that names no schema; absent: {@code public}
 */
record Within(
        List<String> schemas, @Nullable String defaultSchema) {

    ScriptsSeen of(ScriptsSeen scripts) {
        if (schemas.isEmpty()) {
            return scripts;
        }
        Map<String, Footprint> footprints = scripts.footprints().entrySet().stream().collect(
                Collectors.toMap(Map.Entry::getKey, entry -> new Footprint(
                        within(entry.getValue().upgrade()), within(entry.getValue().downgrade()))));
        return scripts.with(footprints);
    }

    /** Names that are nowhere, neither in the database nor in what is still to be made: slips of the pen. */
    List<String> unknown(SchemaSnapshot snapshot, @Nullable ScriptsSeen scripts) {
        Set<String> known = new HashSet<>();
        snapshot.objects().stream().map(SchemaObject::object).filter(Within::isSchema).map(ObjectName::name)
                .forEach(known::add);
        if (scripts != null) {
            scripts.footprints().values().stream()
                    .flatMap(footprint -> footprint.upgrade().changes().stream())
                    .map(Change::object).filter(Within::isSchema).map(ObjectName::name)
                    .forEach(known::add);
        }
        return schemas.stream().filter(schema -> !known.contains(schema)).toList();
    }

    private static boolean isSchema(ObjectName object) {
        return object.kind() == ObjectKind.SCHEMA;
    }

    private Effects within(Effects effects) {
        return new Effects(effects.effects().stream()
                .filter(effect -> !(effect instanceof Change change) || isWithin(change)).toList());
    }

    private boolean isWithin(Change effect) {
        ObjectName object = effect.object();
        if (isSchema(object)) {
            return schemas.contains(object.name());
        }
        return schemas.contains(String.valueOf(object.resolved(defaultSchema).schema()));
    }
}
