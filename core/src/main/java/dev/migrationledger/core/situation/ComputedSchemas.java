package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scripts that compute the schema of what they make, as {@code schema=settings.SCHEMA}. It is taken for the one that names without a
 * schema go to, except for a table that lies in another schema and not in that one: what is done to it is not known.
 */
public final class ComputedSchemas {

    private ComputedSchemas() {}

    static ScriptsSeen refuted(ScriptsSeen scripts, SchemaSeen schema) {
        Set<String> computed = tables(scripts);
        if (computed.isEmpty()) {
            return scripts;
        }
        String assumed = schema.defaultSchema() == null ? "public" : schema.defaultSchema();
        Set<String> elsewhere = new HashSet<>();
        Set<String> here = new HashSet<>();
        schema.snapshot().objects().stream().map(SchemaObject::object)
                .filter(object -> object.kind() == ObjectKind.TABLE && computed.contains(object.name()))
                .forEach(table -> (assumed.equals(table.schema()) ? here : elsewhere).add(table.name()));
        elsewhere.removeAll(here);
        if (elsewhere.isEmpty()) {
            return scripts;
        }
        Map<String, Footprint> footprints = new HashMap<>();
        scripts.footprints().forEach((revision, footprint) -> footprints.put(revision,
                new Footprint(without(footprint.upgrade(), elsewhere), without(footprint.downgrade(), elsewhere))));
        return scripts.with(footprints);
    }

    /** What is assumed, in a sentence; absent where no schema is computed. */
    public static @Nullable String sentence(@Nullable ScriptsSeen scripts, @Nullable SchemaSeen schema) {
        int tables = scripts == null ? 0 : tables(scripts).size();
        return tables == 0 || schema == null
                ? null
                : "The scripts compute the schema of %s; assuming '%s'.".formatted(Count.of(tables, "table"),
                        schema.defaultSchema() == null ? "public" : schema.defaultSchema());
    }

    private static Set<String> tables(ScriptsSeen scripts) {
        Set<String> tables = new HashSet<>();
        scripts.footprints().values().stream()
                .flatMap(footprint -> footprint.upgrade().changes().stream())
                .flatMap(change -> Stream.of(change.object(), change.lastName()))
                .filter(ObjectName::hasComputedSchema)
                .forEach(object -> {
                    if (object.table() != null) {
                        tables.add(object.table());
                    } else if (object.kind() == ObjectKind.TABLE) {
                        tables.add(object.name());
                    }
                });
        return tables;
    }

    /** The table that an object is, or is a part of; else its own name. */
    private static String table(Change change) {
        ObjectName object = change.object();
        ObjectName owner = switch (change) {
            case Effect.Create(_, Definition.Index index, _, _, _) -> index.table();
            case Effect.Create(_, Definition.Sequence sequence, _, _, _) -> sequence.owner();
            case Effect.Create _,Effect.Alter _,Effect.Rename _,Effect.Drop _,Effect.Write _ -> null;
        };
        return owner != null
                ? owner.table() == null ? owner.name() : owner.table()
                : object.table() == null ? object.name() : object.table();
    }

    private static Effects without(Effects effects, Set<String> tables) {
        List<Effect> left = effects.effects().stream()
                .map(effect -> effect instanceof Change change && change.object().hasComputedSchema()
                        && tables.contains(table(change))
                                ? new Effect.Unread(change.object().dotted(),
                                        new UnknownOperation(Part.COMPUTED_SCHEMA),
                                        Reach.ANYTHING, change.location())
                                : effect)
                .toList();
        return effects.with(left);
    }
}
