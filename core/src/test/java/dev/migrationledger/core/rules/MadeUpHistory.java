package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.testsupport.schema.Sketch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A small history that runs in any order that its graph allows, with branches and merges: a revision touches only what it or an
 * ancestor made.
 *
 * @param footprints what each does
 * @param read what can be read of it
 */
record MadeUpHistory(
        List<Revision> revisions, Map<String, Footprint> footprints, Map<String, Footprint> read) {

    /** Some revisions cannot be read, entirely or after their first effect. */
    MadeUpHistory veiled(RandomGenerator random) {
        Map<String, Footprint> veiled = new TreeMap<>(read);
        veiled.replaceAll((_, footprint) -> {
            List<Effect> effects = footprint.upgrade().effects();
            if (random.nextInt(4) != 0) {
                return footprint;
            }
            List<Effect> seen = new ArrayList<>(effects.subList(0, Math.min(effects.size(), random.nextInt(2))));
            seen.add(Sketch.unread("f()"));
            return new Footprint(new Effects(seen), Effects.NONE);
        });
        return new MadeUpHistory(revisions, footprints, veiled);
    }

    /** What a revision makes or changes. */
    List<ObjectName> made(String revision) {
        return footprints.getOrDefault(revision, Footprint.NONE).upgrade().changes().stream()
                .map(Change::lastName)
                .map(object -> object.resolved("public")).toList();
    }

    /** What is there after these revisions by what can be read of them, found without the engine. */
    Set<ObjectName> surelyLeft(Set<String> applied, RevisionGraph graph) {
        Set<ObjectName> left = new TreeSet<>();
        for (String revision : graph.topological(applied)) {
            for (Change effect : read.getOrDefault(revision, Footprint.NONE).upgrade().changes()) {
                ObjectName object = effect.object().resolved("public");
                switch (effect.action()) {
                    case CREATE -> left.add(object);
                    case DROP -> left.removeIf(part -> object.holds(part));
                    case RENAME -> {
                        left.remove(object);
                        left.add(effect.lastName().resolved("public"));
                    }
                    case ALTER, WRITE -> {
                    }
                }
            }
        }
        return left;
    }

    /** As it is drawn, with what each does. */
    @Override
    public String toString() {
        return revisions.stream()
                .map(revision -> "%s <- %s %s".formatted(revision.parents(), revision.revision(),
                        footprints.getOrDefault(revision.revision(), Footprint.NONE).upgrade().changes().stream()
                                .map(effect -> effect.action() + " " + effect.object().dotted()).toList()))
                .collect(Collectors.joining("; "));
    }

    static MadeUpHistory of(RandomGenerator random) {
        List<Revision> revisions = new ArrayList<>();
        Map<String, Footprint> footprints = new TreeMap<>();
        List<String> ends = new ArrayList<>();
        // Tables that one revision and its descendants alone touch, with the type of their column.
        Map<String, String> tables = new TreeMap<>();
        int size = 3 + random.nextInt(7);
        for (int i = 0; i < size; i++) {
            String id = "rev%03d%s".formatted(i, Integer.toString(random.nextInt(36), 36));
            List<String> parents = new ArrayList<>();
            if (ends.size() > 1 && random.nextInt(3) == 0) {
                parents.add(ends.remove(random.nextInt(ends.size())));
                parents.add(ends.remove(random.nextInt(ends.size())));
            } else if (!ends.isEmpty()) {
                String parent = ends.get(random.nextInt(ends.size()));
                if (random.nextInt(4) != 0) {
                    ends.remove(parent);
                }
                parents.add(parent);
            }
            revisions.add(new Revision(id, parents, List.of(), List.of(), null, id + ".py", "0".repeat(64)));
            footprints.put(id, new Footprint(
                    new Effects(List.copyOf(effects(random, id, parents, tables))), Effects.NONE));
            ends.add(id);
        }
        return new MadeUpHistory(revisions, footprints, footprints);
    }

    private static List<Change> effects(
            RandomGenerator random, String id, List<String> parents, Map<String, String> tables) {
        String own = parents.isEmpty() ? null : tables.remove(parents.getFirst());
        String made = own == null || random.nextInt(3) == 0 ? "t_" + id : null;
        if (made == null) {
            List<Change> effects = change(random, own == null ? "" : own, id);
            if (effects.stream().noneMatch(effect -> effect.action() == Action.DROP)) {
                tables.put(id, own == null ? "" : own);
            }
            return effects;
        }
        tables.put(id, made);
        return random.nextInt(5) == 0
                ? madeNothing(tables, id, own)
                : List.of(Sketch.create(ObjectName.table(null, made), Map.of()),
                        Sketch.create(ObjectName.column(null, made, "c"), Map.of("type", "integer")));
    }

    private static List<Change> madeNothing(Map<String, String> tables, String id, @Nullable String own) {
        if (own == null) {
            tables.remove(id);
        } else {
            tables.put(id, own);
        }
        return List.of();
    }

    private static List<Change> change(RandomGenerator random, String table, String id) {
        return switch (random.nextInt(5)) {
            case 0 -> List.of(Sketch.write(ObjectName.table(null, table)));
            case 1 -> List.of(Sketch.drop(ObjectName.table(null, table)));
            case 2 ->
                List.of(Sketch.create(ObjectName.column(null, table, "c_" + id), Map.of("type", "text")),
                        Sketch.write(ObjectName.table(null, table)));
            case 3 ->
                List.of(Sketch.create(ObjectName.column(null, table, "x_" + id), Map.of("type", "text")),
                        Sketch.rename(ObjectName.column(null, table, "x_" + id),
                                ObjectName.column(null, table, "y_" + id)));
            default -> List.of(Sketch.create(ObjectName.column(null, table, "z_" + id), Map.of("type", "integer")));
        };
    }
}
