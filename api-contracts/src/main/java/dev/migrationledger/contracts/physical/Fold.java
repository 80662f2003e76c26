package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Alteration.PartitionSet;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Condition.Look;
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
import dev.migrationledger.contracts.physical.Mark.Sure;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Folds the effects of all revisions into one timeline for each object. */
final class Fold {

    private final History history;
    private final String defaultSchema;
    private final Map<ObjectName, Timeline> timelines = new LinkedHashMap<>();
    private final TypeNames types = new TypeNames();
    private final TableDependents dependents = new TableDependents();
    private final Set<ObjectName> views = new LinkedHashSet<>();
    private final List<Joined> joined = new ArrayList<>();

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
            fold.join(revision);
            Footprint footprint = history.footprint(revision);
            if (footprint != null) {
                fold.add(revision, footprint.upgrade().effects());
            }
        }
        return fold;
    }

    private void add(int revision, List<Effect> effects) {
        int unread = effects.size() - 1;
        while (unread >= 0 && !(effects.get(unread) instanceof Unread)) {
            unread--;
        }
        looksForItsOwn(effects);
        for (int i = 0; i < effects.size(); i++) {
            settled = i > unread;
            if (effects.get(i) instanceof Change change) {
                add(revision, change);
            }
        }
    }

    /** What a revision makes only if it is missing, and looks for on behalf of others too, is missing before all that it makes. */
    private void looksForItsOwn(List<Effect> effects) {
        Set<ObjectName> looked = new HashSet<>();
        for (Effect effect : effects) {
            if (effect instanceof Change change && change.condition().when() == When.UNLESS_THERE
                    && change.condition().object() != null) {
                looked.add(change.condition().object().resolved(defaultSchema));
            }
        }
        for (Effect effect : looked.isEmpty() ? List.<Effect>of() : effects) {
            ObjectName touched = effect instanceof Change change ? change.object().resolved(defaultSchema) : null;
            if (touched != null && looked.remove(touched) && effect instanceof Create create
                    && create.condition().when() == When.UNLESS_THERE) {
                timeline(touched, Presence.ABSENT);
            }
        }
    }

    private void add(int revision, Change change) {
        ObjectName object = resolved(revision, change);
        When when = when(revision, change, object);
        if (when == null) {
            return;
        }
        boolean certain = when == When.ALWAYS;
        Definition definition = change instanceof Create create
                ? PostgresRules.qualified(create.definition(), defaultSchema)
                : Definition.unknown(object.kind());
        if (certain) {
            needsTable(revision, object, definition);
        }
        switch (change) {
            case Create create -> create(revision, certain && create.impliedName() ? free(revision, object) : object,
                    new Shape(definition, create.impliedName()), when);
            case Alter alter -> alter(revision, object, alter.changes(), certain);
            case Rename rename when object.kind() == ObjectKind.COLUMN
                    && views.contains(relation(revision, tableOf(object))) ->
                // Columns of views are no objects of their own.
                alter(revision, relation(revision, tableOf(object)),
                        List.of(new Alteration.Unknown(Alteration.Aspect.ANYTHING, "a column is renamed")), certain);
            case Rename rename -> {
                ObjectName to = rename.to().resolved(defaultSchema);
                rename(revision, object, new ObjectName(object.kind(), to.schema(),
                        to.table() == null ? object.table() : to.table(), to.name()), certain);
            }
            case Drop drop -> {
                boolean surely = certain || when == When.IF_THERE;
                drop(revision, object, surely, certain ? Presence.PRESENT : Presence.EITHER);
                if (drop.cascade()) {
                    cascade(revision, object, surely);
                }
            }
            case Write _ -> {
                if (certain) {
                    use(revision, object);
                }
            }
        }
    }

    /** With what a revision finds where it looks for other objects taken into account; absent: it is not done. */
    private @Nullable When when(int revision, Change change, ObjectName object) {
        Condition condition = change.condition();
        if (condition.needs() != null) {
            return needed(revision, condition.needs(), object);
        }
        if (condition.object() == null && !(condition.when() == When.IF_THERE
                && (change instanceof Alter || change instanceof Rename))) {
            return condition.when();
        }
        ObjectName looked = condition.object() == null ? object : condition.object().resolved(defaultSchema);
        Boolean holds = holds(revision, new Look(condition.when() == When.IF_THERE, looked), object);
        return holds == null ? When.PERHAPS : holds ? When.ALWAYS : null;
    }

    private @Nullable When needed(int revision, List<List<Look>> needs, ObjectName own) {
        List<List<Look>> open = new ArrayList<>();
        for (List<Look> some : needs) {
            List<Boolean> known = new ArrayList<>();
            some.forEach(look -> known.add(
                    holds(revision, new Look(look.there(), look.object().resolved(defaultSchema)), own)));
            if (!known.contains(true)) {
                if (!known.contains(null)) {
                    return null;
                }
                open.add(some);
            }
        }
        if (open.isEmpty()) {
            return When.ALWAYS;
        }
        Look only = open.size() == 1 && open.getFirst().size() == 1 ? open.getFirst().getFirst() : null;
        return only == null || !only.object().resolved(defaultSchema).equals(own)
                ? When.PERHAPS
                : only.there() ? When.IF_THERE : When.UNLESS_THERE;
    }

    /** Whether an object is there, or missing, where a revision looks for it; absent: not known. */
    private @Nullable Boolean holds(int revision, Look look, ObjectName own) {
        Timeline timeline = timelines.get(look.object());
        if (timeline == null) {
            return isSurelyMissing(revision, look.object()) ? Boolean.valueOf(!look.there()) : null;
        }
        Mark before = look.object().equals(own)
                ? timeline.before(revision, history)
                : timeline.beforeAll(revision, history);
        if (before.presence() == Presence.EITHER || isDoubtful(timeline, before, revision)) {
            return null;
        }
        return (before.presence() == Presence.PRESENT) == look.there();
    }

    /** Whether no revision makes a part of a table that one of them surely made, and no place that cannot be read may have. */
    private boolean isSurelyMissing(int revision, ObjectName part) {
        Timeline table = part.table() == null ? null : timelines.get(tableOf(part));
        int made = table == null ? -1 : table.creations().previousSetBit(revision);
        return table != null && made >= 0 && !PostgresRules.isOpen(table.before(revision, history).definition())
                && !history.isDoubtful(part, table.object(), Charge.BEFORE_ANY, revision);
    }

    /** The name that PostgreSQL gives a constraint to which the script gives none. */
    private ObjectName free(int revision, ObjectName object) {
        ObjectName name = object;
        for (int number = 1; object.kind() == ObjectKind.CONSTRAINT && isThere(revision, name); number++) {
            name = PostgresRules.numbered(object, number);
        }
        return name;
    }

    private void create(int revision, ObjectName object, Shape shape, When when) {
        Timeline timeline = timeline(object, Presence.ABSENT);
        Mark before = timeline.before(revision, history);
        if (when == When.ALWAYS && object.kind() == ObjectKind.ENUM && before.presence() == Presence.PRESENT) {
            // SQLAlchemy makes an enum along with a table once in each run.
            put(timeline, mark(revision, Presence.PRESENT, before.shape(), null, Presence.EITHER).as(before));
        } else if (when == When.ALWAYS) {
            timeline.creations().set(revision);
            if (object.kind() != ObjectKind.TABLE) {
                // A script that drops it first if it is there can be tried again. A table may be older than the history.
                timeline.startMissing(revision);
            }
            put(timeline, mark(revision, Presence.PRESENT, shape, null, Presence.ABSENT));
            if (PostgresRules.isOpen(shape.definition())) {
                bringsUnknown(revision, object);
            }
        } else if (when == When.REPLACING) {
            int since = before.presence() == Presence.PRESENT ? before.since() : revision;
            put(timeline, new Mark(revision, Presence.PRESENT, shape, null, since, revision,
                    new Sure(shape.definition(), revision), settled, Presence.EITHER));
        } else if (when == When.UNLESS_THERE && before.presence() != Presence.PRESENT) {
            boolean known = before.presence() == Presence.ABSENT && !isDoubtful(timeline, before, revision);
            put(timeline, mark(revision, Presence.PRESENT, known ? shape : Shape.unknown(object.kind()), null,
                    Presence.EITHER));
        } else if (before.presence() == Presence.PRESENT) {
            Shape common = new Shape(ObjectProperties.common(before.definition(), shape.definition()),
                    before.shape().impliedName() && shape.impliedName());
            put(timeline, mark(revision, Presence.PRESENT, common, null, Presence.EITHER).as(before));
        } else {
            put(timeline, mark(revision, Presence.EITHER, shape, null, Presence.EITHER));
        }
    }

    private void alter(int revision, ObjectName object, List<Alteration> written, boolean certain) {
        List<Alteration> changes = written.stream()
                .map(change -> PostgresRules.qualified(change, defaultSchema)).toList();
        if (changes.stream().anyMatch(PartitionSet.class::isInstance)) {
            sharesParts(revision, object);
        }
        Timeline timeline = timeline(object, Presence.EITHER);
        Mark before = timeline.before(revision, history);
        if (certain) {
            Definition altered = ObjectProperties.altered(before.definition(), changes, true);
            put(timeline, doubted(timeline, before,
                    mark(revision, Presence.PRESENT, before.shape().with(altered), null, Presence.PRESENT), changes));
            timeline.uses().set(revision);
        } else {
            put(timeline, perhapsAltered(revision, before, changes));
        }
        if (object.kind() == ObjectKind.COLUMN) {
            childrenAltered(revision, object, changes);
        }
    }

    private Mark perhapsAltered(int revision, Mark before, List<Alteration> changes) {
        Definition altered = ObjectProperties.altered(before.definition(), changes, false);
        return mark(revision, before.presence(), before.shape().with(altered), null, Presence.EITHER).as(before);
    }

    /** A column of a partition or child changes with that of its parent, unless the statement says ONLY. */
    private void childrenAltered(int revision, ObjectName column, List<Alteration> changes) {
        for (ObjectName child : dependents.children(tableOf(column))) {
            Timeline timeline = timelines.get(ObjectName.column(child.schema(), child.name(), column.name()));
            if (timeline != null) {
                put(timeline, perhapsAltered(revision, timeline.before(revision, history), changes));
                childrenAltered(revision, timeline.object(), changes);
            }
        }
    }

    private void drop(int revision, ObjectName object, boolean certain, Presence demand) {
        if (object.kind() == ObjectKind.CONSTRAINT && !timelines.containsKey(object)) {
            underAnotherName(revision, object);
        }
        underGivenName(revision, object);
        Timeline timeline = timeline(object, Presence.EITHER);
        gone(revision, timeline, certain, demand);
        belonging(revision, object, (part, before) -> gone(revision, part, certain, Presence.EITHER));
        referring(revision, object, (key, before) -> gone(revision, key, certain, Presence.EITHER));
        for (ObjectName name : dependents.children(object)) {
            Mark before = timeline(name, Presence.EITHER).before(revision, history);
            if (mayGo(before, certain) && before.definition() instanceof Definition.Table child
                    && object.equals(child.partitionOf())) {
                drop(revision, name, certain, Presence.EITHER);
            }
        }
    }

    /** What depends on a dropped object goes along; where a script does not say on what something depends, it may have gone. */
    private void cascade(int revision, ObjectName object, boolean certain) {
        switch (object.kind()) {
            case TABLE -> dependents.children(object).forEach(child -> perhapsGone(revision, child));
            case ENUM, DOMAIN, TYPE ->
                all(ObjectKind.COLUMN).forEach(column -> goesWithType(revision, column, object, certain));
            case FUNCTION -> all(ObjectKind.TRIGGER).forEach(trigger -> perhapsGone(revision, trigger.object()));
            case CONSTRAINT -> dependents.keys(tableOf(object)).forEach(key -> perhapsGone(revision, key));
            case COLUMN -> dependents.keys(tableOf(object))
                    .forEach(key -> goesWithColumn(revision, key, object, certain));
            case SCHEMA, EXTENSION, INDEX, SEQUENCE, VIEW, MATERIALIZED_VIEW, TRIGGER, POLICY -> {
                // Only views depend on them, or what goes along without a word.
            }
        }
        for (ObjectName name : List.copyOf(views)) {
            Mark before = timeline(name, Presence.EITHER).before(revision, history);
            List<ObjectName> uses = PostgresRules.uses(before.definition());
            if (!mayGo(before, certain)) {
                continue;
            }
            if (uses == null) {
                perhapsGone(revision, name);
            } else if (uses.contains(object) || uses.contains(PostgresRules.asTable(object))) {
                drop(revision, name, certain, Presence.EITHER);
                cascade(revision, name, certain);
            }
        }
    }

    /** Whether it is there, and was not taken along already. */
    private static boolean mayGo(Mark before, boolean certain) {
        return before.presence() == Presence.PRESENT || (certain && before.presence() == Presence.EITHER);
    }

    private List<Timeline> all(ObjectKind kind) {
        return timelines.values().stream().filter(one -> one.object().kind() == kind).toList();
    }

    private static ObjectName tableOf(ObjectName part) {
        return ObjectName.table(part.schema(), String.valueOf(part.table()));
    }

    private void goesWithType(int revision, Timeline column, ObjectName type, boolean certain) {
        Mark before = column.before(revision, history);
        if (before.presence() != Presence.ABSENT && before.definition() instanceof Definition.Column known
                && known.type() != null && types.same(known.type(), type.name())) {
            drop(revision, column.object(), certain, Presence.EITHER);
        }
    }

    private void goesWithColumn(int revision, ObjectName key, ObjectName column, boolean certain) {
        Mark before = timeline(key, Presence.EITHER).before(revision, history);
        List<String> referenced = before.definition() instanceof Definition.Constraint constraint
                ? constraint.referenced()
                : null;
        if (referenced == null) {
            perhapsGone(revision, key);
        } else if (referenced.contains(column.name())) {
            gone(revision, timeline(key, Presence.EITHER), certain, Presence.EITHER);
        }
    }

    private void perhapsGone(int revision, ObjectName name) {
        gone(revision, timeline(name, Presence.EITHER), false, Presence.EITHER);
    }

    /** Constraints and indexes of a partition may become its parent's, or the other way round. */
    private void sharesParts(int revision, ObjectName table) {
        members(table).stream()
                .filter(part -> part.object().kind() == ObjectKind.CONSTRAINT
                        || part.object().kind() == ObjectKind.INDEX)
                .forEach(part -> perhapsGone(revision, part.object()));
    }

    /** A check may have been made by a short name and be dropped by the name that a convention made of it, or the other way round. */
    private void underAnotherName(int revision, ObjectName constraint) {
        for (Timeline part : members(ObjectName.table(constraint.schema(), String.valueOf(constraint.table())))) {
            boolean check = part.before(revision, history).definition() instanceof Definition.Constraint known
                    && known.type() == Definition.ConstraintType.CHECK;
            if (check && (ConventionalName.isOf(part.object(), constraint)
                    || ConventionalName.isOf(constraint, part.object()))) {
                gone(revision, part, false, Presence.EITHER);
            }
        }
    }

    /** What was made without a name may go by the one that a convention or a number gave it, which no revision is known to make. */
    private void underGivenName(int revision, ObjectName object) {
        Timeline known = timelines.get(object);
        if (known != null && (!known.creations().isEmpty() || known.initial().presence() == Presence.ABSENT)) {
            return;
        }
        List<Timeline> near = switch (object.kind()) {
            case CONSTRAINT -> members(tableOf(object));
            case INDEX -> all(ObjectKind.INDEX);
            default -> List.of();
        };
        for (Timeline part : near) {
            if (part.object().kind() == object.kind()
                    && part.before(revision, history).shape().impliedName()) {
                gone(revision, part, false, Presence.EITHER);
            }
        }
    }

    /** @param demand what goes along with something else need not have been there */
    private void gone(int revision, Timeline timeline, boolean certain, Presence demand) {
        Mark before = timeline.before(revision, history);
        if (certain) {
            put(timeline, mark(revision, Presence.ABSENT, Shape.unknown(timeline.object().kind()), null, demand));
        } else if (before.presence() != Presence.ABSENT) {
            put(timeline, mark(revision, Presence.EITHER, before.shape(), null, Presence.EITHER).as(before));
        }
    }

    private void rename(int revision, ObjectName from, ObjectName to, boolean certain) {
        underGivenName(revision, from);
        Timeline old = timeline(from, Presence.EITHER);
        Map<ObjectName, Mark> belonging = new LinkedHashMap<>();
        belonging(revision, from, (timeline, before) -> belonging.put(timeline.object(), before));
        Shape whole = old.before(revision, history).shape();
        // A script that renames it by a name knows that name.
        move(revision, old, to, certain, certain ? new Shape(whole.definition(), false) : whole, Presence.PRESENT);
        belonging.forEach((name, before) -> {
            ObjectName moved = PostgresRules.moved(name, from, to);
            Shape shape = before.shape().with(PostgresRules.afterRenaming(
                    before.definition(), asPart(from), asPart(to)));
            if (!moved.equals(name)) {
                move(revision, timeline(name, Presence.EITHER), moved, certain, shape, Presence.EITHER);
            } else if (!shape.equals(before.shape())) {
                put(timeline(name, Presence.EITHER), mark(
                        revision, certain ? before.presence() : Presence.EITHER, shape, null, Presence.EITHER)
                        .as(before));
            }
        });
        if (from.kind() == ObjectKind.ENUM) {
            types.renamed(from, to);
        }
        if (from.kind() == ObjectKind.COLUMN) {
            queriesFollow(revision, from);
        }
        if (from.kind() == ObjectKind.TABLE) {
            changedBeside(revision, from, to);
            referredTo(revision, from, to, certain);
            childrenFollow(revision, from, to);
            if (old.initial().presence() == Presence.EITHER || PostgresRules.isOpen(whole.definition())) {
                bringsUnknown(revision, to);
            }
        }
    }

    /** What a revision of another branch did to a part of the table, if that ran before, goes along as well. */
    private void changedBeside(int revision, ObjectName from, ObjectName to) {
        for (Timeline part : members(from)) {
            Mark beside = part.beside(revision, history);
            if (beside == null) {
                continue;
            }
            ObjectName moved = PostgresRules.moved(part.object(), from, to);
            Timeline there = timeline(moved, Presence.ABSENT);
            Mark now = there.before(revision, history);
            Shape changed = beside.shape().with(PostgresRules.afterRenaming(beside.definition(), from, to));
            Shape either = now.presence() == Presence.ABSENT
                    ? changed
                    : now.shape().with(ObjectProperties.common(now.definition(), changed.definition()));
            Presence presence = now.presence() == beside.presence() ? now.presence() : Presence.EITHER;
            if (!moved.equals(part.object())) {
                put(part, mark(revision, Presence.ABSENT, beside.shape(), moved, Presence.EITHER));
            }
            put(there, mark(revision, presence, either, null, Presence.EITHER));
            joined.add(new Joined(there, revision,
                    new Mark(beside.revision(), beside.presence(), changed, null, beside.since(), beside.shapeSince(),
                            Sure.nothing(changed, beside.shapeSince()), beside.settled(), Presence.EITHER)));
        }
    }

    /** Where two branches come together, what the one did to the other's table is certain. */
    private void join(int revision) {
        joined.removeIf(one -> {
            boolean both = history.needs(revision, one.renamed) && history.needs(revision, one.beside.revision());
            if (both && one.part.before(revision, history).revision() == one.renamed) {
                put(one.part, mark(revision, one.beside.presence(), one.beside.shape(), null, Presence.EITHER)
                        .as(one.beside));
            }
            return both;
        });
    }

    /**
     * What became of a part of a table on a branch beside the one that renamed the table.
     *
     * @param renamed the revision that renamed it
     * @param beside how the other branch leaves the part, under the new name
     */
    private record Joined(Timeline part, int renamed, Mark beside) {}

    /** As parts of other objects name it. */
    private static ObjectName asPart(ObjectName object) {
        return PostgresRules.isRelation(object.kind()) ? PostgresRules.asTable(object) : object;
    }

    /** PostgreSQL reads a renamed column under its new name, also where a view's query was written with the old one. */
    private void queriesFollow(int revision, ObjectName column) {
        for (ObjectName name : List.copyOf(views)) {
            Timeline view = timeline(name, Presence.EITHER);
            Mark before = view.before(revision, history);
            Definition other = switch (before.definition()) {
                case Definition.View one when ViewQuery.mentions(one.details(), column.name()) ->
                    new Definition.View(one.columns(), one.uses(), null);
                case Definition.MaterializedView one when ViewQuery.mentions(one.details(), column.name()) ->
                    new Definition.MaterializedView(one.columns(), one.uses(), null);
                default -> before.definition();
            };
            if (!other.equals(before.definition())) {
                put(view, mark(revision, before.presence(), before.shape().with(other), null, Presence.EITHER)
                        .as(before));
            }
        }
    }

    private void childrenFollow(int revision, ObjectName from, ObjectName to) {
        for (ObjectName name : dependents.children(from)) {
            Timeline child = timeline(name, Presence.EITHER);
            Mark before = child.before(revision, history);
            Shape shape = before.shape().with(PostgresRules.afterRenaming(before.definition(), from, to));
            put(child, mark(revision, before.presence(), shape, null, Presence.EITHER).as(before));
        }
    }

    /** A table that was made elsewhere has parts that nobody knows, also where another one had the name before. */
    private void bringsUnknown(int revision, ObjectName table) {
        for (Timeline part : members(table)) {
            Mark before = part.before(revision, history);
            if (before.presence() == Presence.ABSENT) {
                put(part, mark(revision, Presence.EITHER, Shape.unknown(part.object().kind()), null,
                        Presence.EITHER));
            }
        }
    }

    /** Foreign keys of other tables go on under the table's new name. */
    private void referredTo(int revision, ObjectName from, ObjectName to, boolean certain) {
        referring(revision, from, (key, before) -> {
            Shape shape = before.definition() instanceof Definition.Constraint constraint
                    ? before.shape().with(constraint.withReferences(certain ? to : null))
                    : before.shape();
            put(key, mark(revision, before.presence(), shape, null, Presence.EITHER).as(before));
        });
    }

    private void referring(int revision, ObjectName table, BiConsumer<Timeline, Mark> each) {
        for (ObjectName name : dependents.keys(table)) {
            Timeline key = timeline(name, Presence.EITHER);
            Mark before = key.before(revision, history);
            if (before.presence() != Presence.ABSENT && table.equals(PostgresRules.referenced(before.definition()))) {
                each.accept(key, before);
            }
        }
    }

    /** @param demand whether it must have been there, or only what it belongs to */
    private void move(
            int revision, Timeline old, ObjectName to, boolean certain, Shape shape, Presence demand) {
        Mark before = old.before(revision, history);
        boolean demanded = certain && demand == Presence.PRESENT;
        put(old, mark(revision, certain ? Presence.ABSENT : Presence.EITHER, shape, to,
                certain ? demand : Presence.EITHER));
        Timeline renamed = timeline(to, Presence.ABSENT);
        renamed.comesFrom(old.object(), revision, history);
        Mark after = mark(revision, demanded ? Presence.PRESENT : certain ? before.presence() : Presence.EITHER,
                shape, null, certain ? Presence.ABSENT : Presence.EITHER);
        put(renamed, demanded ? doubted(old, before, after, List.of()) : after.as(before));
    }

    private Mark mark(
            int revision, Presence presence, Shape shape, @Nullable ObjectName other, Presence demand) {
        return new Mark(revision, presence, shape, other, revision, revision,
                new Sure(shape.definition(), revision), settled, demand);
    }

    /** All that is there, or may be, and goes where this object goes. */
    private void belonging(int revision, ObjectName object, BiConsumer<Timeline, Mark> each) {
        List<Timeline> near = switch (object.kind()) {
            case SCHEMA -> timelines.values().stream()
                    .filter(one -> object.name().equals(one.object().schema())).toList();
            case TABLE, VIEW, MATERIALIZED_VIEW -> members(PostgresRules.asTable(object));
            case COLUMN -> members(tableOf(object));
            case INDEX -> {
                Timeline constraint = timelines.get(dependents.constraintOf(object));
                yield constraint == null ? List.of() : List.of(constraint);
            }
            default -> List.of();
        };
        for (Timeline one : near) {
            Mark before = one.before(revision, history);
            if (!one.object().equals(object) && before.presence() != Presence.ABSENT
                    && PostgresRules.belongs(one.object(), before.definition(), object)) {
                each.accept(one, before);
            }
        }
    }

    private List<Timeline> members(ObjectName table) {
        return dependents.parts(table).stream().map(name -> timeline(name, Presence.EITHER)).toList();
    }

    /** What is done to a part of a table shows that the table is there. */
    private void needsTable(int revision, ObjectName object, Definition definition) {
        ObjectName table = PostgresRules.table(object, definition);
        if (table != null) {
            use(revision, relation(revision, table));
        }
    }

    private void use(int revision, ObjectName object) {
        Timeline timeline = timeline(object, Presence.EITHER);
        Mark before = timeline.before(revision, history);
        if (before.presence() == Presence.EITHER) {
            put(timeline, doubted(timeline, before,
                    mark(revision, Presence.PRESENT, before.shape(), null, Presence.PRESENT), List.of()));
        }
        timeline.uses().set(revision);
    }

    /** What a revision itself sets is sure. The rest is no surer than before, where an unread place may have come in between. */
    private Mark doubted(Timeline timeline, Mark before, Mark after, List<Alteration> changes) {
        int revision = after.revision();
        if (!isDoubtful(timeline, before, before.shapeSince(), revision)) {
            return after;
        }
        Definition known = isDoubtful(timeline, before, before.sure().since(), revision)
                ? Definition.unknown(timeline.object().kind())
                : before.sure().definition();
        return after.shapedAs(before, new Sure(ObjectProperties.altered(known, changes, true), revision));
    }

    private boolean isDoubtful(Timeline timeline, Mark before, int revision) {
        return before.revision() != revision && isDoubtful(timeline, before, before.revision(), revision);
    }

    private boolean isDoubtful(Timeline timeline, Mark before, int since, int revision) {
        ObjectName object = timeline.object();
        return history.isDoubtful(object, PostgresRules.table(object, before.definition()), since, revision);
    }

    private void put(Timeline timeline, Mark mark) {
        Mark before = timeline.before(mark.revision(), history);
        if (before.presence() != mark.presence() || mark.demand() == Presence.ABSENT
                || !before.shape().equals(mark.shape()) || mark.other() != null) {
            timeline.put(mark);
        }
        dependents.add(timeline.object(), mark.definition());
    }

    private Timeline timeline(ObjectName object, Presence initial) {
        if (object.kind() == ObjectKind.VIEW || object.kind() == ObjectKind.MATERIALIZED_VIEW) {
            views.add(object);
        }
        return timelines.computeIfAbsent(object, any -> new Timeline(object, initial));
    }

    /** The object that is meant, where SQL has one word for several kinds. */
    private ObjectName resolved(int revision, Change change) {
        ObjectName name = change.object().resolved(defaultSchema);
        return switch (name.kind()) {
            case TABLE -> change instanceof Create ? name : relation(revision, name);
            // DROP TYPE is said of enums, composite types and domains.
            case ENUM -> timelines.containsKey(name)
                    ? name
                    : Stream.of(ObjectKind.TYPE, ObjectKind.DOMAIN)
                            .map(kind -> new ObjectName(kind, name.schema(), null, name.name()))
                            .filter(timelines::containsKey).findFirst().orElse(name);
            case FUNCTION -> change instanceof Create ? name : function(revision, name);
            case INDEX -> {
                ObjectName constraint = dependents.constraintOf(name);
                yield (change instanceof Rename || change instanceof Alter) && !timelines.containsKey(name)
                        && isThere(revision, constraint) ? constraint : name;
            }
            default -> name;
        };
    }

    /** A function may be named without its arguments where there is only one of that name. */
    private ObjectName function(int revision, ObjectName name) {
        List<ObjectName> all = name.name().endsWith(")")
                ? List.of(name)
                : timelines.keySet().stream()
                        .filter(one -> one.kind() == ObjectKind.FUNCTION && one.name().startsWith(name.name() + "(")
                                && Objects.equals(one.schema(), name.schema()) && isThere(revision, one))
                        .toList();
        return all.size() == 1 ? all.getFirst() : name;
    }

    /** Indexes, triggers, renames and owners of views are written as those of tables. */
    private ObjectName relation(int revision, ObjectName table) {
        return isThere(revision, table)
                ? table
                : PostgresRules.relations(table).stream().filter(one -> isThere(revision, one)).findFirst()
                        .orElse(table);
    }

    private boolean isThere(int revision, ObjectName object) {
        Timeline timeline = timelines.get(object);
        return timeline != null && timeline.before(revision, history).presence() == Presence.PRESENT;
    }
}
