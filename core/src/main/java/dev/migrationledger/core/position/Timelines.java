package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.ObjectState.Sure;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The timelines of all objects, read and continued by the revision that is being folded. */
final class Timelines {

    private final IndexedHistory history;
    private final Map<ObjectName, Timeline> byObject = new LinkedHashMap<>();
    private final TableDependents dependents = new TableDependents();
    private final Set<ObjectName> views = new LinkedHashSet<>();

    /** The one that is being folded. */
    private int revision;

    /** Whether nothing that cannot be read follows in the same revision. */
    private boolean settled;

    Timelines(IndexedHistory history) {
        this.history = history;
    }

    Map<ObjectName, Timeline> byObject() {
        return byObject;
    }

    TableDependents dependents() {
        return dependents;
    }

    IndexedHistory history() {
        return history;
    }

    int revision() {
        return revision;
    }

    /** @param read whether it has no place that cannot be read */
    void startOf(int next, boolean read) {
        revision = next;
        settled = read;
    }

    /** @param now whether nothing that cannot be read follows in the same revision */
    void settled(boolean now) {
        settled = now;
    }

    /** Absent: no revision says anything of the object so far. */
    @Nullable
    Timeline known(ObjectName object) {
        return byObject.get(object);
    }

    boolean isKnown(ObjectName object) {
        return byObject.containsKey(object);
    }

    /** Of an object that may be older than the history. */
    Timeline timeline(ObjectName object) {
        return timeline(object, Presence.EITHER);
    }

    /** @param initial whether it is there before any revision that says something of it */
    Timeline timeline(ObjectName object, Presence initial) {
        if (object.kind() == ObjectKind.VIEW || object.kind() == ObjectKind.MATERIALIZED_VIEW) {
            views.add(object);
        }
        return byObject.computeIfAbsent(object, any -> new Timeline(object, initial));
    }

    boolean isView(ObjectName object) {
        return views.contains(object);
    }

    List<ObjectName> views() {
        return List.copyOf(views);
    }

    List<Timeline> all(ObjectKind kind) {
        return byObject.values().stream().filter(one -> one.object().kind() == kind).toList();
    }

    List<Timeline> members(ObjectName table) {
        return dependents.parts(table).stream().map(this::timeline).toList();
    }

    /** How the revision finds an object, after what it has done to it so far. */
    ObjectState before(Timeline timeline) {
        return timeline.before(revision, history);
    }

    boolean isThere(ObjectName object) {
        Timeline timeline = byObject.get(object);
        return timeline != null && before(timeline).presence() == Presence.PRESENT;
    }

    /** All that is there, or may be, and goes where this object goes. */
    void belonging(ObjectName object, BiConsumer<Timeline, ObjectState> each) {
        List<Timeline> near = switch (object.kind()) {
            case SCHEMA -> byObject.values().stream()
                    .filter(one -> object.name().equals(one.object().schema())).toList();
            case TABLE, VIEW, MATERIALIZED_VIEW -> members(PostgresRules.asTable(object));
            case COLUMN -> members(PostgresRules.tableOf(object));
            case INDEX -> {
                Timeline constraint = byObject.get(dependents.constraintOf(object));
                yield constraint == null ? List.of() : List.of(constraint);
            }
            case EXTENSION, CONSTRAINT, SEQUENCE, ENUM, DOMAIN, TYPE, FUNCTION, TRIGGER, POLICY -> List.of();
        };
        for (Timeline one : near) {
            ObjectState before = before(one);
            if (!one.object().equals(object) && before.presence() != Presence.ABSENT
                    && PostgresRules.belongs(one.object(), before.definition(), object)) {
                each.accept(one, before);
            }
        }
    }

    /** Foreign keys that are there, or may be, and point to the table. */
    void referring(ObjectName table, BiConsumer<Timeline, ObjectState> each) {
        for (ObjectName name : dependents.keys(table)) {
            Timeline key = timeline(name);
            ObjectState before = before(key);
            if (before.presence() != Presence.ABSENT && table.equals(PostgresRules.referenced(before.definition()))) {
                each.accept(key, before);
            }
        }
    }

    ObjectState mark(Presence presence, Shape shape, Presence demand) {
        return new ObjectState(revision, presence, shape, null, revision, revision,
                new Sure(shape.definition(), revision),
                settled, demand);
    }

    void put(Timeline timeline, ObjectState mark) {
        ObjectState before = before(timeline);
        if (before.presence() != mark.presence() || mark.demand() == Presence.ABSENT
                || !before.shape().equals(mark.shape()) || mark.other() != null) {
            timeline.put(mark);
        }
        dependents.add(timeline.object(), mark.definition());
    }

    /** The object is there or not as it was; what is known of its shape changes. */
    void reshape(Timeline timeline, ObjectState before, Shape shape) {
        put(timeline, mark(before.presence(), shape, Presence.EITHER).as(before));
    }

    /** @param demand what goes along with something else need not have been there */
    void markDropped(Timeline timeline, boolean certain, Presence demand) {
        ObjectState before = before(timeline);
        if (certain) {
            put(timeline, mark(Presence.ABSENT, Shape.unknown(timeline.object().kind()), demand));
        } else if (before.presence() != Presence.ABSENT) {
            timeline.perhapsDrops().set(revision);
            put(timeline, mark(Presence.EITHER, before.shape(), Presence.EITHER).as(before));
        }
    }

    void perhapsGone(Timeline timeline) {
        markDropped(timeline, false, Presence.EITHER);
    }

    /** A table from outside the history has unknown parts, even if another table had its name before. */
    void bringsUnknown(ObjectName table) {
        for (Timeline part : members(table)) {
            if (before(part).presence() == Presence.ABSENT) {
                put(part, mark(Presence.EITHER, Shape.unknown(part.object().kind()), Presence.EITHER));
            }
        }
    }

    /** Keeps as certain only what the revision sets itself, if an unread place may have changed the rest. */
    ObjectState doubted(Timeline timeline, ObjectState before, ObjectState after, List<Alteration> changes) {
        if (!isDoubtful(timeline, before, before.shapeSince())) {
            return after;
        }
        Definition known = isDoubtful(timeline, before, before.sure().since())
                ? Definition.unknown(timeline.object().kind())
                : before.sure().definition();
        return after.shapedAs(before, new Sure(ObjectProperties.altered(known, changes, true), revision));
    }

    boolean isDoubtful(Timeline timeline, ObjectState before) {
        return uncertainty(timeline, before) != IndexedHistory.NO_UNCERTAINTY;
    }

    /**
     * The first revision that may have changed the object since, in a place that cannot be read; {@link IndexedHistory#NO_UNCERTAINTY}:
     * none.
     */
    int uncertainty(Timeline timeline, ObjectState before) {
        return before.revision() == revision
                ? IndexedHistory.NO_UNCERTAINTY
                : history.uncertainty(timeline.object(), PostgresRules.table(timeline.object(), before.definition()),
                        before.revision(), revision);
    }

    private boolean isDoubtful(Timeline timeline, ObjectState before, int since) {
        ObjectName object = timeline.object();
        return history.isDoubtful(object, PostgresRules.table(object, before.definition()), since, revision);
    }
}
