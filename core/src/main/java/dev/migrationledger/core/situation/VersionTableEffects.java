package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.LongIds;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What revisions do to the version table itself: some widen, clean or index it. It is the tool's and no object of the history.
 *
 * @param others the scripts without that
 * @param widening revisions that change the column {@code version_num}
 */
record VersionTableEffects(ScriptsSeen others, Set<String> widening) {

    /** @param qualified the version table with its schema, where that is known */
    static VersionTableEffects of(ScriptsSeen scripts, String qualified) {
        int dot = qualified.indexOf('.');
        String schema = dot < 0 ? null : qualified.substring(0, dot);
        Own own = new Own(schema, ObjectName.table(schema, qualified.substring(dot + 1)), new HashSet<>());
        List<Effect> effects = new ArrayList<>();
        for (Footprint footprint : scripts.footprints().values()) {
            effects.addAll(footprint.upgrade().effects());
            effects.addAll(footprint.downgrade().effects());
        }
        effects.forEach(own::learn);
        if (effects.stream().noneMatch(own::is)) {
            return new VersionTableEffects(scripts, Set.of());
        }
        Map<String, Footprint> footprints = new HashMap<>();
        scripts.footprints().forEach((revision, footprint) -> footprints.put(revision,
                new Footprint(own.without(footprint.upgrade()), own.without(footprint.downgrade()))));
        Set<String> widening = new HashSet<>();
        scripts.footprints().forEach((revision, footprint) -> {
            if (footprint.upgrade().changes().stream().anyMatch(own::isWidening)) {
                widening.add(revision);
            }
        });
        return new VersionTableEffects(scripts.with(footprints), widening);
    }

    /** Revisions with a longer id than the column holds, where one that has still to run before them changes the column. */
    Set<String> fitting(VersionTable table, int width) {
        if (widening.isEmpty()) {
            return Set.of();
        }
        RevisionGraph graph = others.graph();
        Set<String> pending = new HashSet<>(widening);
        pending.removeAll(graph.implied(ResolvedRows.of(table, graph).resolved()));
        return LongIds.of(graph.revisions(), width).stream().map(Revision::revision)
                .filter(id -> !Collections.disjoint(graph.implied(List.of(id)), pending))
                .collect(Collectors.toSet());
    }

    /** @param indexes of the table, whose names do not name it */
    private record Own(@Nullable String schema, ObjectName table, Set<ObjectName> indexes) {

        void learn(Effect effect) {
            if (effect instanceof Create(ObjectName object, Definition.Index index, _, _, _)
                    && index.table() != null && isPart(index.table())) {
                indexes.add(object);
            }
        }

        boolean is(Effect effect) {
            return effect instanceof Change change && (isPart(change.object()) || isPart(change.lastName())
                    || indexes.contains(change.object()));
        }

        boolean isWidening(Change change) {
            return change instanceof Alter && is(change) && change.object().kind() == ObjectKind.COLUMN
                    && change.object().name().equals("version_num");
        }

        private boolean isPart(ObjectName object) {
            return table.holds(schema == null ? object : object.resolved(schema));
        }

        Effects without(Effects effects) {
            return effects.with(effects.effects().stream().filter(effect -> !is(effect)).toList());
        }
    }
}
