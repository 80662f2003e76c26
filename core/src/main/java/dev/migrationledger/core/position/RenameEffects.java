package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renames an object, and in all others what names it. */
record RenameEffects(Timelines timelines, TypeNames types, AlternativeNames names, ParallelChanges parallel) {

    void rename(ObjectName from, ObjectName to, boolean certain) {
        names.underGivenName(from);
        Timeline old = timelines.timeline(from);
        Map<ObjectName, ObjectState> belonging = belonging(from);
        Shape whole = timelines.before(old).shape();
        // A script that renames it by a name knows that name.
        move(old, to, certain, certain ? new Shape(whole.definition(), false) : whole, Presence.PRESENT);
        partsFollow(belonging, from, to, certain);
        if (from.kind() == ObjectKind.ENUM) {
            types.renamed(from, to);
        }
        if (from.kind() == ObjectKind.COLUMN) {
            queriesFollow(from);
        }
        if (from.kind() == ObjectKind.TABLE) {
            parallel.follow(from, to);
            referredTo(from, to, certain);
            childrenFollow(from, to);
            if (old.initial().presence() == Presence.EITHER || PostgresRules.isOpen(whole.definition())) {
                timelines.bringsUnknown(to);
            }
        }
    }

    /** Renames a column of a view: the view's definition changes, and so do its indexes and the queries that read it. */
    void renameInView(Timeline view, ObjectName from, ObjectName to, boolean certain) {
        ObjectState before = timelines.before(view);
        if (before.definition() instanceof Definition.StoredQuery query) {
            timelines.reshape(view, before, before.shape().with(certain
                    ? query.with(ObjectProperties.mapped(query.columns(), from.name(), to.name()), query.details())
                    : query.with(null, null)));
        }
        partsFollow(belonging(from), from, to, certain);
        queriesFollow(from);
    }

    private Map<ObjectName, ObjectState> belonging(ObjectName object) {
        Map<ObjectName, ObjectState> belonging = new LinkedHashMap<>();
        timelines.belonging(object, (timeline, before) -> belonging.put(timeline.object(), before));
        return belonging;
    }

    private void partsFollow(Map<ObjectName, ObjectState> belonging, ObjectName from, ObjectName to, boolean certain) {
        belonging.forEach((name, before) -> {
            ObjectName moved = PostgresRules.moved(name, from, to);
            Shape shape = before.shape().with(PostgresRules.afterRenaming(
                    before.definition(), asPart(from), asPart(to)));
            if (!moved.equals(name)) {
                move(timelines.timeline(name), moved, certain, shape, Presence.EITHER);
            } else if (!shape.equals(before.shape())) {
                timelines.put(timelines.timeline(name),
                        timelines.mark(certain ? before.presence() : Presence.EITHER, shape, Presence.EITHER)
                                .as(before));
            }
        });
    }

    /** As parts of other objects name it. */
    private static ObjectName asPart(ObjectName object) {
        return PostgresRules.isRelation(object.kind()) ? PostgresRules.asTable(object) : object;
    }

    /** PostgreSQL reads a renamed column under its new name, also where a view's query was written with the old one. */
    private void queriesFollow(ObjectName column) {
        for (ObjectName name : timelines.views()) {
            Timeline view = timelines.timeline(name);
            ObjectState before = timelines.before(view);
            if (before.definition() instanceof Definition.StoredQuery one
                    && ViewQuery.mentions(one.details(), column.name())) {
                timelines.reshape(view, before, before.shape().with(one.with(one.columns(), null)));
            }
        }
    }

    private void childrenFollow(ObjectName from, ObjectName to) {
        for (ObjectName name : timelines.dependents().children(from)) {
            Timeline child = timelines.timeline(name);
            ObjectState before = timelines.before(child);
            timelines.reshape(child, before,
                    before.shape().with(PostgresRules.afterRenaming(before.definition(), from, to)));
        }
    }

    /** Foreign keys of other tables go on under the table's new name. */
    private void referredTo(ObjectName from, ObjectName to, boolean certain) {
        timelines.referring(from, (key, before) -> timelines.reshape(key, before,
                before.definition() instanceof Definition.Constraint constraint
                        ? before.shape().with(constraint.withReferences(certain ? to : null))
                        : before.shape()));
    }

    /** @param demand whether it must have been there, or only what it belongs to */
    private void move(Timeline old, ObjectName to, boolean certain, Shape shape, Presence demand) {
        ObjectState before = timelines.before(old);
        boolean demanded = certain && demand == Presence.PRESENT;
        timelines.put(old, timelines.mark(certain ? Presence.ABSENT : Presence.EITHER, shape,
                certain ? demand : Presence.EITHER).renamed(to));
        Timeline renamed = timelines.timeline(to, Presence.ABSENT);
        old.departures().set(timelines.revision());
        renamed.arrivals().set(timelines.revision());
        renamed.comesFrom(old.object(), timelines.revision(), timelines.history());
        ObjectState after = timelines.mark(demanded ? Presence.PRESENT : certain ? before.presence() : Presence.EITHER,
                shape, certain ? Presence.ABSENT : Presence.EITHER);
        timelines.put(renamed, demanded ? timelines.doubted(old, before, after, List.of()) : after.as(before));
        int maker = old.perhapsMaker(before, timelines.history());
        if (maker != Contradiction.NO_REVISION) {
            renamed.doubtedCreations().put(before.since(), maker);
        }
    }
}
