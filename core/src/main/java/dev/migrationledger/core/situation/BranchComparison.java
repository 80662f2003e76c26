package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What lies on each side of a fork.
 *
 * @param parting the last revisions that all sides share; none if they share nothing
 * @param revisions that are on no other side, by head; parents first
 * @param changed what they change in the schema, by head, resolved
 * @param shared what more than one side changes, or drops together with what another changes
 * @param areReadable whether all that they do is known
 */
public record BranchComparison(
        List<String> parting,
        Map<String, List<String>> revisions,
        Map<String, Set<ObjectName>> changed,
        Set<ObjectName> shared,
        boolean areReadable) {

    public static BranchComparison of(ScriptsSeen scripts, List<String> heads, @Nullable SchemaSeen schema) {
        RevisionGraph graph = scripts.graph();
        String defaultSchema = schema == null ? null : schema.defaultSchema();
        Map<String, List<String>> revisions = new LinkedHashMap<>();
        Map<String, Set<ObjectName>> changed = new LinkedHashMap<>();
        Set<ObjectName> dropped = new TreeSet<>();
        boolean readable = true;
        for (String head : heads) {
            List<String> others = heads.stream().filter(other -> !other.equals(head)).toList();
            List<String> own = graph.upgradePath(others, List.of(head));
            Set<ObjectName> objects = new TreeSet<>();
            for (String revision : own) {
                Footprint footprint = scripts.footprints().get(revision);
                readable &= footprint != null && footprint.upgrade().isRead();
                for (Change effect : footprint == null ? List.<Change>of() : footprint.upgrade().changes()) {
                    add(effect, defaultSchema, objects, dropped);
                }
            }
            revisions.put(head, own);
            changed.put(head, objects);
        }
        List<String> parting = heads.subList(0, 1);
        for (String head : heads) {
            parting = graph.mergeBase(parting, List.of(head));
        }
        return new BranchComparison(parting, revisions, changed, shared(changed, dropped), readable);
    }

    private static void add(
            Change effect, @Nullable String defaultSchema, Set<ObjectName> objects, Set<ObjectName> dropped) {
        if (effect.action() == Action.WRITE) {
            return;
        }
        ObjectName object = effect.object().resolved(defaultSchema);
        objects.add(object);
        objects.add(effect.lastName().resolved(defaultSchema));
        if (effect.action() == Action.DROP || effect.action() == Action.RENAME) {
            dropped.add(object);
        }
    }

    private static Set<ObjectName> shared(Map<String, Set<ObjectName>> changed, Set<ObjectName> dropped) {
        Set<ObjectName> shared = new TreeSet<>();
        changed.forEach((head, side) -> {
            List<ObjectName> gone = side.stream().filter(dropped::contains).toList();
            changed.forEach((other, objects) -> {
                if (!head.equals(other)) {
                    objects.stream()
                            .filter(object -> side.contains(object)
                                    || gone.stream().anyMatch(whole -> whole.holds(object)))
                            .forEach(shared::add);
                }
            });
        });
        return shared;
    }
}
