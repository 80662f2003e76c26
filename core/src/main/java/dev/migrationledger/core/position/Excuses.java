package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.Contradiction.Weight;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which places that cannot be read may explain a difference. A place explains no more than what is within its {@link Reach}, and nothing
 * at all while nothing speaks for its revision: neither a row of the version table, nor an object that only it or a later revision makes, nor
 * an object that no revision is known to make and that may come from the place. Otherwise whatever somebody does to a database could be the work of a revision that has still to run.
 */
final class Excuses {

    static final Set<Action> MAKING = EnumSet.of(Action.CREATE, Action.RENAME);
    private static final Set<Action> DROPPING = EnumSet.of(Action.DROP, Action.RENAME);
    private static final Set<Action> CHANGING = EnumSet.of(Action.ALTER, Action.DROP);

    /** CREATE OR REPLACE changes what is there; another CREATE fails. */
    private static final Set<Action> REPLACING = EnumSet.of(Action.ALTER, Action.DROP, Action.CREATE);

    private static final Set<ObjectKind> NEVER_REPLACED = EnumSet.of(ObjectKind.COLUMN, ObjectKind.CONSTRAINT,
            ObjectKind.INDEX, ObjectKind.ENUM);

    private final IndexedHistory history;
    private final BitSet credible;
    private final Map<ObjectName, Set<ObjectName>> otherNames = new HashMap<>();

    /**
     * @param stamped revisions that the version table implies; absent: it says nothing, so each revision may have run
     * @param supported revisions for which an object of the schema speaks
     * @param untracked objects that no revision is known to make
     */
    Excuses(
            IndexedHistory history, Iterable<Timeline> timelines, @Nullable BitSet stamped, BitSet supported,
            List<ObjectName> untracked) {
        this.history = history;
        credible = (BitSet) history.opaque().clone();
        if (stamped != null) {
            BitSet known = (BitSet) stamped.clone();
            known.or(supported);
            credible.stream().filter(one -> untracked.stream().anyMatch(object -> mayHaveMade(one, object)))
                    .mapToObj(history::above).forEach(known::or);
            credible.and(known);
        }
        for (Timeline timeline : timelines) {
            rename(timeline.object(), timeline.initial());
            timeline.marks().forEach(mark -> rename(timeline.object(), mark));
        }
    }

    private boolean mayHaveMade(int revision, ObjectName object) {
        return history.reach(revision).stream()
                .anyMatch(reach -> reach.covers(MAKING, object, null));
    }

    private void rename(ObjectName object, ObjectState mark) {
        ObjectName other = mark.other();
        if (other != null) {
            otherNames.computeIfAbsent(object, any -> new LinkedHashSet<>()).add(other);
            otherNames.computeIfAbsent(other, any -> new LinkedHashSet<>()).add(object);
        }
    }

    /** Revisions that may explain anything at all. Not to be changed. */
    BitSet credible() {
        return credible;
    }

    /**
     * What a difference weighs if this revision has run.
     *
     * @param table the table of an index or sequence
     * @param older whether the object may be one that the revision made, as a later one creates it only if it is missing
     * @return {@link Weight#HARD} where the revision does not explain it
     */
    Weight weight(
            int revision, ObjectName object, @Nullable ObjectName table, Discrepancy.Kind kind, boolean older) {
        if (!credible.get(revision)) {
            return Weight.HARD;
        }
        Weight best = Weight.HARD;
        List<Reach> reaches = history.reach(revision);
        for (int i = 0; i < reaches.size() && best != Weight.NAMED; i++) {
            if (explains(reaches.get(i), object, table, kind, older)) {
                best = reaches.get(i).names() == null ? Weight.ASSUMED : Weight.NAMED;
            }
        }
        return best;
    }

    private boolean explains(
            Reach reach, ObjectName object, @Nullable ObjectName table, Discrepancy.Kind kind, boolean older) {
        if (Reach.ANYTHING.equals(reach)) {
            return true;
        }
        Set<Action> actions = switch (kind) {
            case MISSING -> DROPPING;
            case UNEXPECTED -> MAKING;
            case DIFFERENT -> NEVER_REPLACED.contains(object.kind()) && !older ? CHANGING : REPLACING;
        };
        String on = table == null ? null : table.name();
        return reach.names() == null
                ? reach.covers(actions, object, on)
                : names(object).stream().anyMatch(name -> reach.covers(actions, name, on));
    }

    /** All that an object is ever called: a place that speaks of an earlier name speaks of the object. */
    private Set<ObjectName> names(ObjectName object) {
        if (!otherNames.containsKey(object)) {
            return Set.of(object);
        }
        Set<ObjectName> names = new LinkedHashSet<>(List.of(object));
        Deque<ObjectName> todo = new ArrayDeque<>(names);
        while (!todo.isEmpty()) {
            otherNames.getOrDefault(todo.remove(), Set.of()).stream().filter(names::add).forEach(todo::add);
        }
        return names;
    }
}
