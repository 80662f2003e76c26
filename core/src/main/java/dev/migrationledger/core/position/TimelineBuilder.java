package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Alteration.InheritanceSet;
import dev.migrationledger.contracts.footprint.Alteration.PartitionSet;
import dev.migrationledger.contracts.footprint.Condition.When;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.ObjectState.Sure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Folds the effects of all revisions into one timeline for each object. */
final class TimelineBuilder {

    private final String defaultSchema;
    private final TypeNames types = new TypeNames();
    private final Timelines timelines;
    private final NameResolver names;
    private final ConditionEvaluator conditions;
    private final ParallelChanges parallel;
    private final DropEffects drops;
    private final RenameEffects renames;
    private final CopiedParts copies;

    private TimelineBuilder(IndexedHistory history, String defaultSchema) {
        this.defaultSchema = defaultSchema;
        timelines = new Timelines(history);
        names = new NameResolver(timelines, defaultSchema);
        conditions = new ConditionEvaluator(timelines, defaultSchema);
        parallel = new ParallelChanges(timelines);
        AlternativeNames alternatives = new AlternativeNames(timelines);
        drops = new DropEffects(timelines, types, alternatives);
        copies = new CopiedParts(timelines);
        renames = new RenameEffects(timelines, types, alternatives, parallel);
    }

    Map<ObjectName, Timeline> timelines() {
        return timelines.byObject();
    }

    TypeNames types() {
        return types;
    }

    static TimelineBuilder of(IndexedHistory history, String defaultSchema) {
        TimelineBuilder fold = new TimelineBuilder(history, defaultSchema);
        for (int revision = 0; revision < history.size(); revision++) {
            Footprint footprint = history.footprint(revision);
            fold.timelines.startOf(revision, footprint != null && footprint.upgrade().isRead());
            fold.parallel.join();
            if (footprint != null) {
                fold.add(footprint.upgrade().effects());
            } else {
                fold.types.labels().anyMayBeRenamed();
            }
        }
        return fold;
    }

    private void add(List<Effect> effects) {
        int unread = effects.size() - 1;
        while (unread >= 0 && !(effects.get(unread) instanceof Unread)) {
            unread--;
        }
        looksForItsOwn(effects);
        for (int i = 0; i < effects.size(); i++) {
            timelines.settled(i > unread);
            types.labels().read(effects.get(i));
            if (effects.get(i) instanceof Change change) {
                add(change);
            }
        }
    }

    /** What a revision makes only if it is missing, and looks for on behalf of others too, is missing before all that it makes. */
    private void looksForItsOwn(List<Effect> effects) {
        Set<ObjectName> checked = new HashSet<>();
        for (Effect effect : effects) {
            if (effect instanceof Change change && change.condition().when() == When.UNLESS_THERE
                    && change.condition().object() != null) {
                checked.add(change.condition().object().resolved(defaultSchema));
            }
        }
        for (Effect effect : checked.isEmpty() ? List.<Effect>of() : effects) {
            ObjectName touched = effect instanceof Change change ? change.object().resolved(defaultSchema) : null;
            if (touched != null && checked.remove(touched) && effect instanceof Create create
                    && create.condition().when() == When.UNLESS_THERE) {
                timelines.timeline(touched, Presence.ABSENT);
            }
        }
    }

    private void add(Change change) {
        ObjectName object = names.resolved(change);
        When when = conditions.when(change, object);
        if (when == null) {
            return;
        }
        boolean certain = when == When.ALWAYS;
        Definition definition = change instanceof Create create
                ? PostgresRules.qualified(create.definition(), defaultSchema)
                : Definition.unknown(object.kind());
        if (certain) {
            needs(object, definition);
        }
        switch (change) {
            case Create create -> {
                create(certain && create.impliedName() ? names.free(object) : object,
                        new Shape(definition, create.impliedName()), when);
                int uncertainty = when == When.PERHAPS
                        ? conditions.uncertainty(create, object)
                        : IndexedHistory.NO_UNCERTAINTY;
                if (uncertainty != IndexedHistory.NO_UNCERTAINTY) {
                    timelines.timeline(object).doubtedCreations().put(timelines.revision(), uncertainty);
                }
            }
            case Alter alter -> alter(object, alter.changes(), certain);
            case Rename rename when object.kind() == ObjectKind.COLUMN
                    && timelines.isView(names.relation(PostgresRules.tableOf(object))) ->
                renames.renameInView(timelines.timeline(names.relation(PostgresRules.tableOf(object))), object,
                        rename.to().resolved(defaultSchema), certain);
            case Rename rename -> {
                ObjectName to = rename.to().resolved(defaultSchema);
                renames.rename(object, new ObjectName(object.kind(), to.schema(),
                        to.table() == null ? object.table() : to.table(), to.name()), certain);
            }
            case Drop drop -> {
                boolean surely = certain || when == When.IF_THERE;
                Presence demand = certain ? Presence.PRESENT : Presence.EITHER;
                if (drop.cascade()) {
                    drops.dropCascade(object, surely, demand);
                } else {
                    drops.drop(object, surely, demand);
                }
            }
            case Write _ -> {
                if (certain) {
                    use(object);
                }
            }
        }
    }

    private void create(ObjectName object, Shape shape, When when) {
        Timeline timeline = timelines.timeline(object, Presence.ABSENT);
        ObjectState before = timelines.before(timeline);
        boolean there = before.presence() == Presence.PRESENT;
        if (when == When.ALWAYS && object.kind() == ObjectKind.ENUM && there) {
            // SQLAlchemy makes an enum along with a table once in each run.
            timelines.reshape(timeline, before, before.shape());
        } else if (when == When.ALWAYS) {
            createSurely(timeline, shape);
        } else if (when == When.REPLACING) {
            ObjectState after = timelines.mark(Presence.PRESENT, shape, Presence.EITHER);
            timelines.put(timeline, there ? after.thereSince(before.since()) : after);
        } else if (when == When.UNLESS_THERE) {
            if (!there) {
                createUnlessThere(timeline, before, shape);
            }
        } else if (there) {
            timelines.reshape(timeline, before,
                    new Shape(ObjectProperties.common(before.definition(), shape.definition()),
                            before.shape().impliedName() && shape.impliedName()));
        } else {
            timelines.put(timeline, timelines.mark(Presence.EITHER, shape, Presence.EITHER));
        }
    }

    /** Afterwards it is there: as it is created, or as an earlier place made it that cannot be read. */
    private void createUnlessThere(Timeline timeline, ObjectState before, Shape shape) {
        boolean missing = before.presence() == Presence.ABSENT;
        boolean doubtful = timelines.isDoubtful(timeline, before);
        // What a table that may be older has besides is not known; its parts are listed one by one.
        boolean known = missing && !(doubtful && timeline.object().kind() == ObjectKind.TABLE);
        ObjectState made = timelines.mark(Presence.PRESENT, known ? shape : Shape.unknown(timeline.object().kind()),
                Presence.EITHER);
        if (missing && doubtful) {
            timeline.perhapsOlder().set(timelines.revision());
            made = made.shapedAs(before, Sure.nothing(shape, timelines.revision()));
        }
        timelines.put(timeline, made);
    }

    private void createSurely(Timeline timeline, Shape shape) {
        timeline.creations().set(timelines.revision());
        if (timeline.object().kind() != ObjectKind.TABLE) {
            // A script that drops it first if it is there can be tried again. A table may be older than the history.
            timeline.startMissing(timelines.revision());
        }
        timelines.put(timeline, timelines.mark(Presence.PRESENT, shape, Presence.ABSENT));
        if (PostgresRules.isOpen(shape.definition())) {
            timelines.bringsUnknown(timeline.object());
        }
        if (shape.definition() instanceof Table table && table.source() != null) {
            copies.of(timeline.object(), table.source())
                    .forEach((part, known) -> copy(timelines.timeline(names.free(part), Presence.ABSENT), known));
        }
    }

    private void copy(Timeline part, CopiedParts.Part known) {
        if (known.uncertainty() == IndexedHistory.NO_UNCERTAINTY) {
            createSurely(part, known.shape());
        } else {
            timelines.put(part, timelines.mark(Presence.EITHER, known.shape(), Presence.EITHER));
            part.doubtedCreations().put(timelines.revision(), known.uncertainty());
        }
    }

    private void alter(ObjectName object, List<Alteration> written, boolean certain) {
        List<Alteration> changes = written.stream()
                .map(change -> PostgresRules.qualified(change, defaultSchema)).toList();
        if (changes.stream().anyMatch(PartitionSet.class::isInstance)) {
            sharesParts(object);
        }
        Timeline timeline = timelines.timeline(object);
        if (certain) {
            ObjectState before = timelines.before(timeline);
            keepsColumns(object, before.definition(), changes);
            Definition altered = ObjectProperties.altered(before.definition(), changes, true);
            usedAs(timeline, before, before.shape().with(altered), changes);
            timeline.uses().set(timelines.revision());
        } else {
            perhapsAltered(timeline, changes);
        }
        if (object.kind() == ObjectKind.COLUMN) {
            childrenAltered(object, changes, new HashSet<>());
        }
    }

    /** What leaves its parent has the columns for its own from now on. */
    private void keepsColumns(ObjectName table, Definition before, List<Alteration> changes) {
        List<ObjectName> parents = before instanceof Table known ? PostgresRules.parents(known) : List.of();
        for (Alteration change : changes) {
            ObjectName left = change instanceof PartitionSet(ObjectName parent) && parent == null && !parents.isEmpty()
                    ? parents.getFirst()
                    : change instanceof InheritanceSet set && !set.inherits() ? set.parent() : null;
            if (left != null) {
                copies.kept(table, left).forEach((column, shape) -> {
                    Timeline timeline = timelines.timeline(column);
                    if (timelines.before(timeline).presence() != Presence.PRESENT) {
                        timelines.put(timeline, timelines.mark(Presence.PRESENT, shape, Presence.EITHER));
                    }
                });
            }
        }
    }

    private void perhapsAltered(Timeline timeline, List<Alteration> changes) {
        ObjectState before = timelines.before(timeline);
        timelines.reshape(timeline, before,
                before.shape().with(ObjectProperties.altered(before.definition(), changes, false)));
    }

    /** A column of a partition or child changes with that of its parent, unless the statement says ONLY. */
    private void childrenAltered(ObjectName column, List<Alteration> changes, Set<ObjectName> altered) {
        for (ObjectName child : timelines.dependents().children(PostgresRules.tableOf(column))) {
            Timeline timeline = timelines.known(child.column(column.name()));
            // Two tables may have been the parent of each other, one after the other.
            if (timeline != null && altered.add(timeline.object())) {
                perhapsAltered(timeline, changes);
                childrenAltered(timeline.object(), changes, altered);
            }
        }
    }

    /** Constraints and indexes of a partition may become its parent's, or the other way round. */
    private void sharesParts(ObjectName table) {
        timelines.members(table).stream()
                .filter(part -> part.object().kind() == ObjectKind.CONSTRAINT
                        || part.object().kind() == ObjectKind.INDEX)
                .forEach(timelines::perhapsGone);
    }

    /** What is done to a part of a table shows that the table is there, and what is made, that all it is made of is. */
    private void needs(ObjectName object, Definition definition) {
        ObjectName table = PostgresRules.table(object, definition);
        if (table != null) {
            use(names.relation(table));
        }
        Stream.concat(PostgresRules.foundations(object, definition).stream(), types.enumOf(object, definition))
                .filter(timelines::isKnown).forEach(this::use);
    }

    private void use(ObjectName object) {
        Timeline timeline = timelines.timeline(object);
        ObjectState before = timelines.before(timeline);
        if (before.presence() == Presence.EITHER) {
            usedAs(timeline, before, before.shape(), List.of());
        }
        timeline.uses().set(timelines.revision());
    }

    /** The revision cannot run unless the object is there, and leaves it in this shape. */
    private void usedAs(Timeline timeline, ObjectState before, Shape shape, List<Alteration> changes) {
        timelines.put(timeline, timelines.doubted(timeline, before,
                timelines.mark(Presence.PRESENT, shape, Presence.PRESENT), changes));
    }
}
