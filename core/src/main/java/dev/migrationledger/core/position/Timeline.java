package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.Discrepancy.Origin;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of one object, revision by revision; each after those that it needs. */
final class Timeline {

    private final ObjectName object;
    private final List<ObjectState> marks = new ArrayList<>();
    private final BitSet uses = new BitSet();
    private final BitSet creations = new BitSet();
    private final BitSet arrivals = new BitSet();
    private final BitSet departures = new BitSet();
    private final BitSet perhapsDrops = new BitSet();
    private final BitSet perhapsOlder = new BitSet();
    private final Map<Integer, Integer> doubtedCreations = new HashMap<>();
    private ObjectState initial;

    /** @param initial whether it is there before any revision that says something of it */
    Timeline(ObjectName object, Presence initial) {
        this.object = object;
        this.initial = ObjectState.initial(object.kind(), initial);
    }

    ObjectName object() {
        return object;
    }

    ObjectState initial() {
        return initial;
    }

    List<ObjectState> marks() {
        return marks;
    }

    /** Revisions that create it for certain. */
    BitSet creations() {
        return creations;
    }

    /** Revisions that rename another object to this name. */
    BitSet arrivals() {
        return arrivals;
    }

    /** Revisions that rename the object to another name. */
    BitSet departures() {
        return departures;
    }

    /** Revisions that cannot run unless it is there. */
    BitSet uses() {
        return uses;
    }

    /** Revisions that drop it, or not. */
    BitSet perhapsDrops() {
        return perhapsDrops;
    }

    /** Revisions that create it if it is missing, where a place that cannot be read may have made it before. */
    BitSet perhapsOlder() {
        return perhapsOlder;
    }

    /** Revisions that create it on a condition, each with the earlier revision whose unread place may have changed what the condition looks for. */
    Map<Integer, Integer> doubtedCreations() {
        return doubtedCreations;
    }

    /** Takes the object for missing before this revision, which creates it, if no earlier one says anything of it. */
    void startMissing(int revision) {
        if (initial.presence() == Presence.EITHER && marks.stream().allMatch(mark -> mark.revision() == revision)) {
            initial = ObjectState.initial(object.kind(), Presence.ABSENT);
        }
    }

    /** How it is after all that a revision needs, and after what the revision itself has done to it so far. */
    ObjectState before(int revision, IndexedHistory history) {
        for (int i = marks.size() - 1; i >= 0; i--) {
            if (history.needs(revision, marks.get(i).revision())) {
                return marks.get(i);
            }
        }
        return initial;
    }

    /** How it is after all that a revision needs, and before the revision itself. */
    ObjectState beforeAll(int revision, IndexedHistory history) {
        for (int i = marks.size() - 1; i >= 0; i--) {
            int other = marks.get(i).revision();
            if (other != revision && history.needs(revision, other)) {
                return marks.get(i);
            }
        }
        return initial;
    }

    /** The revision that made the object as a mark has it; where a later one only shows that it is there, the one that may have made it. */
    int maker(ObjectState mark, IndexedHistory history) {
        ObjectState before = mark.presence() == Presence.PRESENT && mark.demand() == Presence.PRESENT
                ? beforeAll(mark.revision(), history)
                : mark;
        boolean made = before.presence() == Presence.EITHER && before.revision() >= 0
                && beforeAll(before.revision(), history).presence() == Presence.ABSENT;
        return made ? before.revision() : mark.revision();
    }

    /** The revision since which the object that a mark has is there under its name, and how that revision brought it there. */
    Arrival arrival(ObjectState mark, IndexedHistory history) {
        int revision = maker(mark, history);
        while (!creations.get(revision) && !arrivals.get(revision)) {
            ObjectState before = beforeAll(revision, history);
            if (before.revision() < 0 || before.presence() != Presence.PRESENT) {
                break;
            }
            revision = maker(before, history);
        }
        return new Arrival(revision, origin(revision));
    }

    /** The last of some revisions that brings the object there, or else the last that touches it; absent: there are none. */
    @Nullable
    Arrival lastArrival(List<Integer> revisions) {
        return revisions.reversed().stream().map(revision -> new Arrival(revision, origin(revision)))
                .min(Comparator.comparing(it -> it.origin() == Origin.NEEDED)).orElse(null);
    }

    private Origin origin(int revision) {
        boolean onlyNeeds = marks.stream()
                .anyMatch(mark -> mark.revision() == revision && mark.demand() == Presence.PRESENT);
        return creations.get(revision)
                ? Origin.MADE
                : arrivals.get(revision) ? Origin.RENAMED : onlyNeeds ? Origin.NEEDED : Origin.MADE;
    }

    /** How a revision brought an object there. */
    record Arrival(int revision, Origin origin) {}

    /**
     * The revision whose unread place decides whether the object was created. If the condition of the creating revision cannot be read, it is
     * that revision; else an earlier one that may have changed what the condition looks for. {@link Contradiction#NO_REVISION} if there is none.
     */
    int perhapsMaker(ObjectState mark, IndexedHistory history) {
        int revision = mark.since();
        if (mark.presence() != Presence.EITHER || revision < 0 || perhapsDrops.nextSetBit(revision) >= 0) {
            return Contradiction.NO_REVISION;
        }
        return history.asksBeforeMaking(revision, object, PostgresRules.table(object, mark.definition()))
                ? revision
                : doubtedCreations.getOrDefault(revision, Contradiction.NO_REVISION);
    }

    /** How the last revision of another branch leaves it; absent: no other branch touches it. */
    @Nullable
    ObjectState beside(int revision, IndexedHistory history) {
        return marks.reversed().stream()
                .filter(mark -> mark.revision() != revision && !history.needs(revision, mark.revision()))
                .findFirst().orElse(null);
    }

    /** One revision makes one mark, however often it changes the object; what it demands, it demands at first. */
    void put(ObjectState mark) {
        boolean again = !marks.isEmpty() && marks.getLast().revision() == mark.revision();
        if (again) {
            ObjectState first = marks.removeLast();
            marks.add(new ObjectState(mark.revision(), mark.presence(), mark.shape(), mark.other(), mark.since(),
                    mark.shapeSince(), mark.sure(), mark.settled(), first.demand()));
        } else {
            marks.add(mark);
        }
    }

    /** The object appears by being renamed from another one: where it should not be there yet, the other should be. */
    void comesFrom(ObjectName other, int revision, IndexedHistory history) {
        ObjectState before = before(revision, history);
        if (before.presence() != Presence.ABSENT || before.other() != null) {
            return;
        }
        if (before.revision() == Contradiction.BEFORE_ANY) {
            initial = initial.renamed(other);
        } else {
            marks.set(marks.indexOf(before), before.renamed(other));
        }
    }
}
