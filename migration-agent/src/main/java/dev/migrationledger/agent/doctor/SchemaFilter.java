package dev.migrationledger.agent.doctor;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.unread.FileReason.Obstacle;
import dev.migrationledger.contracts.unread.FileReason.UnreadFile;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Scripts as they concern a part of a database: where only some schemas are read, what a revision does elsewhere must not look as
 * if it were missing.
 *
 * @param schemas that are read; empty: all
 * @param defaultSchema where an object is that names no schema; absent: {@code public}
 * @param versionTable with its schema: it is no object of the history
 */
record SchemaFilter(
        List<String> schemas, @Nullable String defaultSchema, @Nullable String versionTable) {

    ScriptsSeen of(ScriptsSeen scripts) {
        if (schemas.isEmpty()) {
            return scripts;
        }
        Map<String, Footprint> footprints = new HashMap<>();
        Map<String, Set<String>> leftOut = new HashMap<>();
        scripts.footprints().forEach((revision, footprint) -> {
            List<Change> outside = outside(footprint.upgrade());
            boolean isOutside = !outside.isEmpty() && outside.size() == footprint.upgrade().changes().size();
            Effects upgrade = within(footprint.upgrade());
            footprints.put(revision, new Footprint(
                    isOutside ? unseen(upgrade, outside.getFirst()) : upgrade, within(footprint.downgrade())));
            Set<String> elsewhere = outside.stream()
                    .filter(change -> !(change instanceof Write)).map(this::schema).filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            if (isOutside && !elsewhere.isEmpty()) {
                leftOut.put(revision, elsewhere);
            }
        });
        return scripts.with(footprints).without(leftOut);
    }

    /** Names that are nowhere, neither in the database nor in what is still to be made: slips of the pen. */
    List<String> unknown(SchemaSnapshot snapshot, @Nullable ScriptsSeen scripts) {
        Set<String> known = new HashSet<>();
        snapshot.objects().stream().map(SchemaObject::object).filter(SchemaFilter::isSchema).map(ObjectName::name)
                .forEach(known::add);
        if (scripts != null) {
            scripts.footprints().values().stream()
                    .flatMap(footprint -> footprint.upgrade().changes().stream())
                    .map(Change::object).filter(SchemaFilter::isSchema).map(ObjectName::name)
                    .forEach(known::add);
        }
        return schemas.stream().filter(schema -> !known.contains(schema)).toList();
    }

    private static boolean isSchema(ObjectName object) {
        return object.kind() == ObjectKind.SCHEMA;
    }

    private Effects within(Effects effects) {
        return effects.with(effects.effects().stream()
                .filter(effect -> !(effect instanceof Change change) || isWithin(change)).toList());
    }

    /** A revision of which nothing is left does something all the same: no plan may take it for one that does nothing. */
    private static Effects unseen(Effects within, Change first) {
        List<Effect> effects = new ArrayList<>(within.effects());
        effects.add(new Unread(first.object().dotted(), new UnreadFile(Obstacle.UNOBSERVED_SCHEMA), Reach.ROWS,
                first.location()));
        return within.with(effects);
    }

    private List<Change> outside(Effects effects) {
        return effects.changes().stream().filter(change -> !isWithin(change) && !isOfVersionTable(change)).toList();
    }

    private boolean isOfVersionTable(Change change) {
        String object = change.object().resolved(defaultSchema).dotted();
        return versionTable != null && (object.equals(versionTable) || object.startsWith(versionTable + "."));
    }

    private boolean isWithin(Change change) {
        return schemas.contains(String.valueOf(schema(change)));
    }

    /** Absent: the object belongs to none. */
    private @Nullable String schema(Change change) {
        ObjectName object = change.object();
        return isSchema(object) ? object.name() : object.resolved(defaultSchema).schema();
    }
}
