package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.PhysicalState.Unexplained;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects of a snapshot that no revision is known to make. What belongs to one of them is not reported besides. */
final class UntrackedObjects {

    private static final String IN_SCHEMA = "SCHEMA ";

    private final Map<ObjectName, Timeline> timelines;
    private final SnapshotMatcher shown;
    private final Set<String> knownSchemas = new HashSet<>(Set.of("public"));
    private final Map<ObjectName, List<Timeline>> unnamed = new HashMap<>();
    private final List<ObjectName> objects;

    UntrackedObjects(Map<ObjectName, Timeline> timelines, SnapshotMatcher shown, String defaultSchema) {
        this.timelines = timelines;
        this.shown = shown;
        knownSchemas.add(defaultSchema);
        shown.objects().values().forEach(this::addSchemaOf);
        for (Timeline timeline : timelines.values()) {
            ObjectName object = timeline.object();
            if (object.kind() == ObjectKind.SCHEMA) {
                knownSchemas.add(object.name());
            } else if (object.schema() != null) {
                knownSchemas.add(object.schema());
            }
            if (hasUnnamed(timeline) && !shown.has(object)) {
                timeline.marks().stream().map(mark -> PostgresRules.table(object, mark.definition()))
                        .filter(Objects::nonNull)
                        .distinct()
                        .forEach(table -> unnamed.computeIfAbsent(table, any -> new ArrayList<>()).add(timeline));
            }
        }
        objects = shown.objects().keySet().stream().filter(this::isUntracked).sorted().toList();
    }

    private static boolean hasUnnamed(Timeline timeline) {
        for (ObjectState mark : timeline.marks()) {
            if (mark.shape().isUnnamed()) {
                return true;
            }
        }
        return false;
    }

    /** CREATE EXTENSION makes the schema that an extension is in, if it is missing. */
    private void addSchemaOf(Definition definition) {
        if (definition instanceof Definition.Extension(String details) && details != null
                && details.startsWith(IN_SCHEMA)) {
            knownSchemas.add(details.substring(IN_SCHEMA.length()).replace("\"", ""));
        }
    }

    /** @param within revisions that may have been there to make them */
    List<Unexplained> among(BitSet within, IndexedHistory history) {
        return objects.stream().map(object -> new Unexplained(object, perhaps(object, within, history))).toList();
    }

    /** Sorted. */
    List<ObjectName> objects() {
        return objects;
    }

    private boolean isUntracked(ObjectName object) {
        if (object.kind() == ObjectKind.EXTENSION) {
            // Those who run a server install them as often as migrations do.
            return false;
        }
        if (object.kind() == ObjectKind.SCHEMA) {
            return !knownSchemas.contains(object.name());
        }
        if (timelines.containsKey(object)) {
            return false;
        }
        boolean inStrangeSchema = !knownSchemas.contains(String.valueOf(object.schema()))
                && shown.has(new ObjectName(ObjectKind.SCHEMA, null, null, String.valueOf(object.schema())));
        if (inStrangeSchema || timelines.containsKey(
                new ObjectName(ObjectKind.ENUM, object.schema(), null, object.name()))) {
            return false;
        }
        Definition definition = shown.objects().getOrDefault(object, Definition.unknown(object.kind()));
        ObjectName table = PostgresRules.table(object, definition);
        return table == null || !isImpliedByOwner(object, table, definition);
    }

    private boolean isImpliedByOwner(ObjectName object, ObjectName table, Definition definition) {
        Timeline timeline = timelines.get(table);
        if (timeline == null) {
            return PostgresRules.relations(table).stream().anyMatch(shown::has);
        }
        boolean made = timeline.marks().stream().anyMatch(mark -> mark.demand() == Presence.ABSENT)
                || timeline.initial().presence() == Presence.ABSENT;
        boolean open = timeline.marks().stream().anyMatch(mark -> PostgresRules.isOpen(mark.definition()));
        return !made || open
                || (definition instanceof Index index && isOfParent(index, table))
                || (definition instanceof Sequence sequence && sequence.owner() != null
                        && !timelines.containsKey(sequence.owner()))
                || unnamed.getOrDefault(table, List.of()).stream().anyMatch(one -> isNamed(one, object, definition));
    }

    /** A new partition gets each index of its parent, also one that others of its partitions lack. */
    private boolean isOfParent(Index index, ObjectName table) {
        ObjectName parent = shown.objects().get(table) instanceof Definition.Table partition
                ? partition.partitionOf()
                : null;
        return parent != null && shown.objects().values().stream()
                .anyMatch(other -> other instanceof Index whole && parent.equals(whole.table())
                        && isOver(index, whole));
    }

    /** Whether this is an object whose name only a naming convention knows. */
    private static boolean isNamed(Timeline unnamed, ObjectName object, Definition definition) {
        if (unnamed.object().kind() != object.kind()) {
            return false;
        }
        boolean check = definition instanceof Constraint constraint && constraint.type() == ConstraintType.CHECK;
        return (check && ConventionalName.isOf(unnamed.object(), object))
                || object.kind() == ObjectKind.SEQUENCE
                || unnamed.marks().stream().map(ObjectState::shape)
                        .anyMatch(shape -> shape.impliedName() && isLike(shape.definition(), definition));
    }

    /** Whether it is of the same kind and over the same columns. */
    private static boolean isLike(Definition one, Definition other) {
        if (one instanceof Constraint constraint && other instanceof Constraint real) {
            return constraint.type() == null
                    || (constraint.type() == real.type()
                            && (constraint.type() == ConstraintType.CHECK || isOver(one, other)));
        }
        return isOver(one, other);
    }

    private static boolean isOver(Definition one, Definition other) {
        List<String> columns = PostgresRules.columns(one);
        return columns.isEmpty() || columns.equals(PostgresRules.columns(other));
    }

    /** The revision whose unreadable place speaks of it; if none does, the last one that has such a place. */
    private static @Nullable String perhaps(ObjectName object, BitSet within, IndexedHistory history) {
        BitSet opaque = (BitSet) history.opaque().clone();
        opaque.and(within);
        for (int revision = opaque.length() - 1; revision >= 0; revision = opaque.previousSetBit(revision - 1)) {
            if (mentions(history.footprint(revision), object)) {
                return history.id(revision);
            }
        }
        return opaque.isEmpty() ? null : history.id(opaque.length() - 1);
    }

    private static boolean mentions(@Nullable Footprint footprint, ObjectName object) {
        return footprint != null && footprint.upgrade().unknowns().stream().map(Unread::expression)
                .anyMatch(expression -> expression.contains(object.name()));
    }
}
