package dev.migrationledger.agent.doctor;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Collection;
import java.util.Map;
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
        Collection<String> schemas, @Nullable String defaultSchema) {

    ScriptsSeen of(ScriptsSeen scripts) {
        if (schemas.isEmpty()) {
            return scripts;
        }
        Map<String, Footprint> footprints = scripts.footprints().entrySet().stream().collect(
                Collectors.toMap(Map.Entry::getKey, entry -> new Footprint(
                        within(entry.getValue().upgrade()), within(entry.getValue().downgrade()))));
        return new ScriptsSeen(scripts.source(), scripts.graph(), scripts.problems(), footprints);
    }

    private Effects within(Effects effects) {
        return new Effects(effects.effects().stream().filter(this::isWithin).toList(), effects.unknowns());
    }

    private boolean isWithin(Effect effect) {
        ObjectName object = effect.object();
        if (object.kind() == ObjectKind.SCHEMA) {
            return schemas.contains(object.name());
        }
        String schema = object.schema() == null ? defaultSchema : object.schema();
        return schemas.contains(schema == null ? "public" : schema);
    }
}
