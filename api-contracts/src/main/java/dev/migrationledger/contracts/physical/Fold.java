package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Certainty;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Folds the effects of all revisions into one timeline for each object. */
final class Fold {

    private static final String UNLESS_THERE = "unless";
    private static final String IF_THERE = "if";

    private final History history;
    private final String defaultSchema;
    private final Map<ObjectName, Timeline> timelines = new LinkedHashMap<>();
    private final TypeNames types = new TypeNames();
    private final Kin kin = new Kin();

    /** Whether nothing that cannot be read follows in the same revision. */
    private boolean settled;

    private Fold(History history, String defaultSchema) {
        this.history = history;
        this.defaultSchema = defaultSchema;
    }

    Map<ObjectName, Timeline> timelines() {
        return timelines;
    }

    TypeNames types() {
        return types;
    }

    static Fold of(History history, String defaultSchema) {
        Fold fold = new Fold(history, defaultSchema);
        for (int revision = 0; revision < history.size(); revision++) {
            Footprint footprint = history.footprint(revision);
            if (footprint != null) {
                for (Effect effect : footprint.upgrade().effects()) {
                    fold.settled = effect.line() > history.lastUnknown(revision);
                    fold.add(revision, effect);
                }
            }
        }
        return fold;
    }

    private void add(int revision, Effect effect) {
        boolean certain = effect.certainty() == Certainty.CERTAIN;
        ObjectName object = resolved(effect.object());
        if (certain) {
            needsTable(revision, object, effect.properties());
        }
        switch (effect.action()) {
            case CREATE -> create(revision, object, effect.properties(), certain);
            case ALTER -> alter(revision, object, effect.properties(), certain);
            case RENAME -> {
                if (effect.renamedTo() != null) {
                    ObjectName to = qualified(effect.renamedTo(), defaultSchema);
                    rename(revision, object, new ObjectName(object.kind(), to.schema(), to.table(), to.name()),
                            certain);
                }
            }
            case DROP -> drop(revision, object, certain || effect.properties().containsKey(IF_THERE),
                    certain ? Presence.PRESENT : Presence.EITHER);
            case WRITE -> {
                if (certain) {
                    use(revision, object);
                }
            }
        }
    }

    private void create(int revision, ObjectName object, Map<String, String> properties, boolean certain) {
        Timeline timeline = timeline(object, Presence.ABSENT);
        Mark before = timeline.before(revision, history);
        if (certain) {
            timeline.creations().set(revision);
            put(timeline, mark(revision, Presence.PRESENT, properties, null, Presence.ABSENT));
        } else if (properties.containsKey(UNLESS_THERE) && before.presence() != Presence.PRESENT) {
            put(timeline, mark(revision, Presence.PRESENT,
                    before.presence() == Presence.ABSENT ? properties : Map.of(), null, Presence.EITHER));
        } else if (before.presence() == Presence.PRESENT) {
            put(timeline, mark(revision, Presence.PRESENT, common(before.properties(), properties), null,
                    Presence.EITHER).as(before));
        } else {
            put(timeline, mark(revision, Presence.EITHER, properties, null, Presence.EITHER));
        }
    }

    private static Map<String, String> common(Map<String, String> one, Map<String, String> other) {
        Map<String, String> common = new HashMap<>(one);
        common.entrySet().retainAll(other.entrySet());
        return common;
    }

    private void alter(int revision, ObjectName object, Map<String, String> change, boolean certain) {
        Timeline timeline = timeline(object, Presence.EITHER);
        Mark before = timeline.before(revision, history);
        if (certain) {
            put(timeline, mark(revision, Presence.PRESENT, Known.altered(known(before, revision), change, true), null,
                    Presence.PRESENT));
            timeline.uses().set(revision);
        } else {
            put(timeline, mark(revision, before.presence(), Known.altered(before.properties(), change, false), null,
                    Presence.EITHER).as(before));
        }
    }

    private void drop(int revision, ObjectName object, boolean certain, Presence demand) {
        Timeline timeline = timeline(object, Presence.EITHER);
        gone(revision, timeline, certain, demand);
        belonging(revision, object, (part, before) -> gone(revision, part, certain, Presence.EITHER));
        referring(revision, object, (key, before) -> gone(revision, key, certain, Presence.EITHER));
    }

    /** @param demand what goes along with something else need not have been there */
    private void gone(int revision, Timeline timeline, boolean certain, Presence demand) {
        Mark before = timeline.before(revision, history);
        if (certain) {
            put(timeline, mark(revision, Presence.ABSENT, Map.of(), null, demand));
        } else if (before.presence() != Presence.ABSENT) {
            put(timeline, mark(revision, Presence.EITHER, before.properties(), null, Presence.EITHER).as(before));
        }
    }

    private void rename(int revision, ObjectName from, ObjectName to, boolean certain) {
        Timeline old = timeline(from, Presence.EITHER);
        Map<ObjectName, Mark> belonging = new LinkedHashMap<>();
        belonging(revision, from, (timeline, before) -> belonging.put(timeline.object(), before));
        move(revision, old, to, certain, known(old.before(revision, history), revision), Presence.PRESENT);
        belonging.forEach((name, before) -> {
            ObjectName moved = moved(name, from, to);
            Map<String, String> properties = Known.afterRenaming(before.properties(), from, to);
            if (!moved.equals(name)) {
                move(revision, timeline(name, Presence.EITHER), moved, certain, properties, Presence.EITHER);
            } else if (!properties.equals(before.properties())) {
                put(timeline(name, Presence.EITHER), mark(
                        revision, certain ? before.presence() : Presence.EITHER, properties, null, Presence.EITHER)
                        .as(before));
            }
        });
        if (from.kind() == ObjectKind.ENUM) {
            types.renamed(from, to);
        }
        if (from.kind() == ObjectKind.TABLE) {
            referredTo(revision, from, to, certain);
            if (old.initial().presence() == Presence.EITHER) {
                bringsUnknown(revision, to);
            }
        }
    }

    /** A table that was made elsewhere has parts that nobody knows, also where another one had the name before. */
    private void bringsUnknown(int revision, ObjectName table) {
        for (Timeline part : members(table)) {
            Mark before = part.before(revision, history);
            if (before.presence() == Presence.ABSENT) {
                put(part, mark(revision, Presence.EITHER, Map.of(), null, Presence.EITHER));
            }
        }
    }

    /** Foreign keys of other tables go on under the table's new name. */
    private void referredTo(int revision, ObjectName from, ObjectName to, boolean certain) {
        referring(revision, from, (key, before) -> {
            Map<String, String> properties = new HashMap<>(before.properties());
            properties.put("references", certain ? to.schema() + "." + to.name() : "");
            put(key, mark(revision, before.presence(), properties, null, Presence.EITHER).as(before));
        });
    }

    private void referring(int revision, ObjectName table, BiConsumer<Timeline, Mark> each) {
        for (ObjectName name : kin.keys(table)) {
            Timeline key = timeline(name, Presence.EITHER);
            Mark before = key.before(revision, history);
            if (before.presence() != Presence.ABSENT && table.equals(Known.referenced(name, before.properties()))) {
                each.accept(key, before);
            }
        }
    }

    /** @param demand whether it must have been there, or only what it belongs to */
    private void move(
            int revision, Timeline old, ObjectName to, boolean certain, Map<String, String> properties,
            Presence demand) {
        Mark before = old.before(revision, history);
        boolean demanded = certain && demand == Presence.PRESENT;
        put(old, mark(revision, certain ? Presence.ABSENT : Presence.EITHER, properties, to,
                certain ? demand : Presence.EITHER));
        Timeline renamed = timeline(to, Presence.ABSENT);
        renamed.comesFrom(old.object(), revision, history);
        Mark after = mark(revision, demanded ? Presence.PRESENT : certain ? before.presence() : Presence.EITHER,
                properties, null, certain ? Presence.ABSENT : Presence.EITHER);
        put(renamed, demanded ? after : after.as(before));
    }

    private Mark mark(
            int revision, Presence presence, Map<String, String> properties, @Nullable ObjectName other,
            Presence demand) {
        return new Mark(revision, presence, properties, other, revision, settled, demand);
    }

    private static ObjectName moved(ObjectName name, ObjectName from, ObjectName to) {
        return switch (from.kind()) {
            case SCHEMA -> new ObjectName(name.kind(), to.name(), name.table(), name.name());
            case TABLE ->
                new ObjectName(name.kind(), to.schema(), name.table() == null ? null : to.name(), name.name());
            // PostgreSQL renames a constraint together with its index.
            case INDEX -> name.kind() == ObjectKind.CONSTRAINT
                    ? new ObjectName(name.kind(), name.schema(), name.table(), to.name())
                    : name;
            default -> name;
        };
    }

    /** All that is there, or may be, and goes where this object goes. */
    private void belonging(int revision, ObjectName object, BiConsumer<Timeline, Mark> each) {
        List<Timeline> near = switch (object.kind()) {
            case SCHEMA -> timelines.values().stream()
                    .filter(one -> object.name().equals(one.object().schema())).toList();
            case TABLE -> members(object);
            case COLUMN -> members(ObjectName.table(object.schema(), String.valueOf(object.table())));
            case INDEX -> timelines.values().stream()
                    .filter(one -> one.object().kind() == ObjectKind.CONSTRAINT
                            && one.object().name().equals(object.name()))
                    .toList();
            default -> List.of();
        };
        for (Timeline one : near) {
            Mark before = one.before(revision, history);
            if (!one.object().equals(object) && before.presence() != Presence.ABSENT
                    && Known.belongs(one.object(), before.properties(), object)) {
                each.accept(one, before);
            }
        }
    }

    private List<Timeline> members(ObjectName table) {
        return kin.parts(table).stream().map(name -> timeline(name, Presence.EITHER)).toList();
    }

    /** What is done to a part of a table shows that the table is there. */
    private void needsTable(int revision, ObjectName object, Map<String, String> properties) {
        ObjectName table = Known.table(object, properties);
        if (table != null) {
            use(revision, table);
        }
    }

    private void use(int revision, ObjectName object) {
        Timeline timeline = timeline(object, Presence.EITHER);
        Mark before = timeline.before(revision, history);
        if (before.presence() == Presence.EITHER) {
            put(timeline, mark(revision, Presence.PRESENT, known(before, revision), null, Presence.PRESENT));
        }
        timeline.uses().set(revision);
    }

    /** What is known of an object when a revision runs: what cannot be read may have come first. */
    private Map<String, String> known(Mark before, int revision) {
        return before.revision() != revision && history.isDoubtful(before.revision(), revision)
                ? Known.doubted(before.properties())
                : before.properties();
    }

    private void put(Timeline timeline, Mark mark) {
        Mark before = timeline.before(mark.revision(), history);
        if (before.presence() != mark.presence() || mark.demand() == Presence.ABSENT
                || !before.properties().equals(mark.properties()) || mark.other() != null) {
            timeline.put(mark);
        }
        kin.add(timeline.object(), mark.properties());
    }

    private Timeline timeline(ObjectName object, Presence initial) {
        return timelines.computeIfAbsent(object, any -> new Timeline(object, initial));
    }

    /** {@code DROP TYPE} is said of enums, and composite types and domains can be meant. */
    private ObjectName resolved(ObjectName object) {
        ObjectName name = qualified(object, defaultSchema);
        if (name.kind() == ObjectKind.ENUM && !timelines.containsKey(name)) {
            for (ObjectKind kind : List.of(ObjectKind.TYPE, ObjectKind.DOMAIN)) {
                ObjectName other = new ObjectName(kind, name.schema(), null, name.name());
                if (timelines.containsKey(other)) {
                    return other;
                }
            }
        }
        return name;
    }

    static ObjectName qualified(ObjectName name, @Nullable String schema) {
        boolean without = name.kind() == ObjectKind.SCHEMA || name.kind() == ObjectKind.EXTENSION;
        return name.schema() != null || without
                ? name
                : new ObjectName(name.kind(), schema, name.table(), name.name());
    }
}
