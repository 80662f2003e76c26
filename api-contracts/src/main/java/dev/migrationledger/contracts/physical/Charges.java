package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.physical.Charge.Turn;
import dev.migrationledger.contracts.physical.Charge.Weight;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Holds each object's timeline against a snapshot. */
final class Charges {

    private final History history;
    private final Map<ObjectName, Timeline> timelines;
    private final Shown shown;
    private final Map<ObjectName, List<Mark>> presences = new HashMap<>();

    private Charges(History history, Map<ObjectName, Timeline> timelines, Shown shown) {
        this.history = history;
        this.timelines = timelines;
        this.shown = shown;
    }

    /** One charge for each object that says anything. */
    static List<Charge> of(History history, Map<ObjectName, Timeline> timelines, Shown shown) {
        Charges charges = new Charges(history, timelines, shown);
        List<Charge> all = new ArrayList<>();
        for (Timeline timeline : timelines.values()) {
            Charge charge = charges.of(timeline);
            if (!charge.isSilent()) {
                all.add(charge);
            }
        }
        return all;
    }

    private Charge of(Timeline timeline) {
        List<Turn> turns = doubted(timeline, ordered(turns(timeline)));
        return new Charge(timeline.object(), turns);
    }

    /** A turn at each mark of its own, and wherever what contains it comes or goes. */
    private List<Turn> turns(Timeline timeline) {
        boolean there = shown.has(timeline.object());
        List<List<Mark>> containers = there ? containers(timeline) : List.of();
        TreeSet<Integer> revisions = new TreeSet<>();
        timeline.marks().forEach(mark -> revisions.add(mark.revision()));
        containers.forEach(marks -> marks.forEach(mark -> revisions.add(mark.revision())));
        revisions.add(Charge.BEFORE_ANY);
        List<Turn> turns = new ArrayList<>(revisions.size());
        int own = -1;
        for (int revision : revisions) {
            while (own + 1 < timeline.marks().size() && timeline.marks().get(own + 1).revision() <= revision) {
                own++;
            }
            Mark mark = own < 0 ? timeline.initial() : timeline.marks().get(own);
            Discrepancy.Kind kind = shown.contradiction(timeline.object(), mark);
            boolean contained = kind == Discrepancy.Kind.UNEXPECTED
                    && containers.stream().anyMatch(marks -> at(marks, revision) == Presence.ABSENT);
            turns.add(new Turn(revision, kind == null || contained ? Weight.NONE : Weight.HARD,
                    contained ? null : kind, mark));
        }
        return turns;
    }

    /** Where a table should not be, it is the table that is accused of being there, and not each of its columns. */
    private List<List<Mark>> containers(Timeline timeline) {
        List<List<Mark>> containers = new ArrayList<>();
        for (ObjectName container : timeline.containers()) {
            Timeline of = timelines.get(container);
            if (of != null) {
                containers.add(presences.computeIfAbsent(container, any -> presences(of)));
            }
        }
        return containers;
    }

    /** The initial one and those after which it is there and was not, or the other way round. */
    private static List<Mark> presences(Timeline timeline) {
        List<Mark> changes = new ArrayList<>(List.of(timeline.initial()));
        for (Mark mark : timeline.marks()) {
            if (mark.presence() != changes.getLast().presence()) {
                changes.add(mark);
            }
        }
        return changes;
    }

    private static Presence at(List<Mark> marks, int revision) {
        Presence presence = marks.getFirst().presence();
        for (Mark mark : marks) {
            if (mark.revision() <= revision) {
                presence = mark.presence();
            }
        }
        return presence;
    }

    /**
     * Where a revision does not come after all that have changed the object before it, the state is not known: from the last
     * turn that it does come after, to itself.
     */
    private List<Turn> ordered(List<Turn> turns) {
        List<Turn> ordered = new ArrayList<>(turns);
        for (int i = 2; i < turns.size(); i++) {
            int known = 1;
            while (known < i && history.needs(turns.get(i).revision(), turns.get(known).revision())) {
                known++;
            }
            for (int j = known - 1; known < i && j <= i; j++) {
                ordered.set(j, turns.get(j).weighing(Weight.NONE));
            }
        }
        return ordered;
    }

    /** After a revision that may do anything, what an object says against a set may be the work of that revision. */
    private List<Turn> doubted(Timeline timeline, List<Turn> turns) {
        if (history.opaque().isEmpty()) {
            return turns;
        }
        List<Turn> doubted = new ArrayList<>(turns.size() + 2);
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            int next = i + 1 < turns.size() ? turns.get(i + 1).revision() : history.size();
            if (turn.weight() == Weight.HARD && isUnsettled(timeline, turn)) {
                doubted.add(turn.weighing(Weight.ASSUMED));
                continue;
            }
            doubted.add(turn);
            if (turn.weight() == Weight.HARD) {
                doubt(timeline, turn, next, doubted);
            }
        }
        return doubted;
    }

    /** Whether the very revision that made it so may have done something else to it afterwards. */
    private boolean isUnsettled(Timeline timeline, Turn turn) {
        Mark mark = turn.mark();
        return !mark.settled() && !isCertainAfter(timeline, turn, mark.since());
    }

    private void doubt(Timeline timeline, Turn turn, int next, List<Turn> doubted) {
        int first = history.size();
        for (int opaque : history.opaque().stream().toArray()) {
            if (comesBetween(opaque, turn.mark().since(), next) && !isCertainAfter(timeline, turn, opaque)) {
                boolean earlier = opaque <= turn.revision() || !comesBetween(opaque, turn.revision(), next);
                if (!earlier && first == history.size()) {
                    first = opaque;
                } else if (earlier || !history.needs(opaque, first)) {
                    // It was so before already; or either of two may have done it: the doubt cannot begin at one of them.
                    doubted.set(doubted.size() - 1, turn.weighing(Weight.ASSUMED));
                    return;
                }
            }
        }
        if (first < history.size()) {
            doubted.add(turn.since(first, Weight.ASSUMED));
        }
    }

    private boolean comesBetween(int opaque, int from, int to) {
        return opaque > from && opaque < to
                && (from == Charge.BEFORE_ANY || history.needs(opaque, from))
                && (to == history.size() || history.needs(to, opaque));
    }

    /** Whether what comes later could not run if the object had come or gone in between. */
    private boolean isCertainAfter(Timeline timeline, Turn turn, int opaque) {
        if (turn.kind() == Discrepancy.Kind.DIFFERENT) {
            return false;
        }
        Presence presence = turn.mark().presence();
        for (Mark mark : timeline.marks()) {
            if (mark.revision() > opaque && mark.revision() >= turn.mark().revision()
                    && history.needs(mark.revision(), opaque)) {
                return mark.demand() == presence || isUsedAfter(timeline, presence, opaque, mark.revision());
            }
        }
        return isUsedAfter(timeline, presence, opaque, history.size());
    }

    private boolean isUsedAfter(Timeline timeline, Presence presence, int opaque, int before) {
        BitSet uses = timeline.uses();
        for (int use = uses.nextSetBit(opaque + 1); use >= 0 && use < before; use = uses.nextSetBit(use + 1)) {
            if (presence == Presence.PRESENT && history.needs(use, opaque)) {
                return true;
            }
        }
        return false;
    }
}
