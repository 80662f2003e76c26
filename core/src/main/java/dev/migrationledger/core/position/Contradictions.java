package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.Contradiction.Phase;
import dev.migrationledger.core.position.Contradiction.Weight;
import dev.migrationledger.core.position.Discrepancy.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds each object's timeline against a snapshot. */
final class Contradictions {

    private final IndexedHistory history;
    private final Map<ObjectName, Timeline> timelines;
    private final SnapshotMatcher shown;
    private final Excuses excuses;

    /** The first revision that surely makes something. */
    private final int firstMade;

    private final Map<ObjectName, List<ObjectState>> presences = new HashMap<>();

    private Contradictions(IndexedHistory history, Map<ObjectName, Timeline> timelines, SnapshotMatcher shown,
            Excuses excuses) {
        this.history = history;
        this.timelines = timelines;
        this.shown = shown;
        this.excuses = excuses;
        firstMade = timelines.values().stream().mapToInt(timeline -> timeline.creations().nextSetBit(0))
                .filter(revision -> revision >= 0).min().orElse(history.size());
    }

    /** One charge for each object that says anything. */
    static List<Contradiction> of(IndexedHistory history, Map<ObjectName, Timeline> timelines, SnapshotMatcher shown,
            Excuses excuses) {
        Contradictions charges = new Contradictions(history, timelines, shown, excuses);
        List<Contradiction> all = new ArrayList<>();
        for (Timeline timeline : timelines.values()) {
            Contradiction charge = charges.of(timeline);
            if (!charge.isSilent()) {
                all.add(charge);
            }
        }
        return all;
    }

    private Contradiction of(Timeline timeline) {
        List<Phase> turns = doubted(timeline, ordered(turns(timeline)));
        return new Contradiction(timeline.object(), turns);
    }

    /** A turn at each mark of its own, and wherever what contains it comes or goes. */
    private List<Phase> turns(Timeline timeline) {
        List<ObjectState> marks = new ArrayList<>(List.of(timeline.initial()));
        marks.addAll(timeline.marks());
        BitSet turning = new BitSet();
        marks.forEach(mark -> turn(turning, mark));
        if (shown.has(timeline.object())) {
            BitSet anew = madeAnew(timeline);
            for (int at = anew.nextSetBit(0); at >= 0; at = anew.nextSetBit(at + 1)) {
                turning.set(at + 1);
            }
            for (int i = 0; i < marks.size(); i++) {
                for (ObjectName name : excuses(timeline, marks, i)) {
                    presences(name).forEach(mark -> turn(turning, mark));
                }
            }
        }
        List<Phase> turns = new ArrayList<>(turning.cardinality());
        int own = 0;
        @Nullable
        Kind[] kinds = shown.contradictions(timeline);
        Kind kind = kinds[0];
        Set<ObjectName> containers = containers(timeline, marks, kind, 0);
        for (int bit = turning.nextSetBit(0); bit >= 0; bit = turning.nextSetBit(bit + 1)) {
            int revision = bit - 1;
            while (own + 1 < marks.size() && marks.get(own + 1).revision() <= revision) {
                own++;
                kind = kinds[own];
                containers = containers(timeline, marks, kind, own);
            }
            ObjectState mark = marks.get(own);
            boolean told = kind == Kind.UNEXPECTED
                    && (isAnyAbsent(containers, revision)
                            || isMissedAsOther(mark, revision)
                            || isOfEarlierTable(timeline, mark, revision));
            int maker = kind == null ? timeline.perhapsMaker(mark, history) : Contradiction.NO_REVISION;
            Kind unmade = maker == Contradiction.NO_REVISION ? null : unmade(timeline.object(), mark);
            turns.add(unmade != null
                    ? new Phase(revision, Weight.NAMED, unmade, mark, maker)
                    : new Phase(revision, kind == null || told ? Weight.NONE : Weight.HARD, told ? null : kind, mark));
        }
        return turns;
    }

    /** What is wrong with an object that should be there if it was made; absent: nothing. */
    private @Nullable Kind unmade(ObjectName object, ObjectState mark) {
        if (shown.has(object)) {
            return shown.differs(object, mark.definition()) ? Kind.DIFFERENT : null;
        }
        return shown.isMissed(object, mark) ? Kind.MISSING : null;
    }

    /** One bit further than its number, for the one before any. */
    private static void turn(BitSet turning, ObjectState mark) {
        turning.set(mark.revision() + 1);
    }

    /**
     * Whether its table was made elsewhere, with nobody knows which parts, and only made anew before this part was added: what the new
     * table has says nothing of the old one.
     */
    private boolean isOfEarlierTable(Timeline timeline, ObjectState mark, int revision) {
        int first = timeline.marks().isEmpty() ? history.size() : timeline.marks().getFirst().revision();
        int anew = mark.revision() >= 0 ? -1 : madeAnew(timeline).nextSetBit(revision + 1);
        return anew >= 0 && anew <= first;
    }

    /** When a part's table, made elsewhere, is made anew. */
    private BitSet madeAnew(Timeline part) {
        ObjectName object = part.object();
        Timeline table = object.table() == null
                ? null
                : timelines.get(ObjectName.table(object.schema(), object.table()));
        return table == null || table.initial().presence() != Presence.EITHER ? new BitSet() : table.creations();
    }

    /** Objects by which it may be excused that this one is there. */
    private Set<ObjectName> excuses(Timeline timeline, List<ObjectState> marks, int at) {
        if (marks.get(at).presence() != Presence.ABSENT) {
            return Set.of();
        }
        Set<ObjectName> excuses = containers(timeline, marks, at);
        ObjectName other = marks.get(at).other();
        if (other != null && !shown.has(other)) {
            excuses.add(other);
        }
        return excuses;
    }

    /**
     * Where a table should not be, it is the table that is accused of being there, and not each of its columns: what contained an
     * absent object before it went, and what will when it comes.
     */
    private Set<ObjectName> containers(Timeline timeline, List<ObjectState> marks, int at) {
        Set<ObjectName> containers = new HashSet<>();
        for (ObjectState mark : marks.subList(Math.max(0, at - 1), Math.min(marks.size(), at + 2))) {
            containers.addAll(PostgresRules.containers(timeline.object(), mark.definition()));
        }
        containers.retainAll(timelines.keySet());
        return containers;
    }

    /** Those of what is accused of being there; of nothing else they are asked for. */
    private Set<ObjectName> containers(
            Timeline timeline, List<ObjectState> marks, @Nullable Kind kind, int at) {
        return kind == Kind.UNEXPECTED ? containers(timeline, marks, at) : Set.of();
    }

    private boolean isAnyAbsent(Set<ObjectName> names, int revision) {
        for (ObjectName name : names) {
            if (isAbsent(name, revision)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAbsent(ObjectName name, int revision) {
        Presence presence = Presence.EITHER;
        for (ObjectState mark : presences(name)) {
            if (mark.revision() <= revision) {
                presence = mark.presence();
            }
        }
        return presence == Presence.ABSENT;
    }

    /** Whether it should be there under another name, which is accused of being missing already: one renaming is one thing. */
    private boolean isMissedAsOther(ObjectState mark, int revision) {
        ObjectName name = mark.other();
        return name != null && !shown.has(name) && !isAbsent(name, revision) && !isPartition(name, revision)
                && !isThereByAnotherName(name, revision);
    }

    /** Whether it is not accused of being missing, because something of another name may be it. */
    private boolean isThereByAnotherName(ObjectName name, int revision) {
        Timeline timeline = timelines.get(name);
        return timeline != null && revision >= 0
                && shown.isThereByAnotherName(name, timeline.before(revision, history));
    }

    /** Whether it was a partition at that revision: a missing partition is not reported. */
    private boolean isPartition(ObjectName name, int revision) {
        Timeline timeline = timelines.get(name);
        return timeline != null && revision >= 0
                && SnapshotMatcher.isPartition(timeline.before(revision, history).definition());
    }

    /** The initial one and those after which it is there and was not, or the other way round. */
    private List<ObjectState> presences(ObjectName object) {
        return presences.computeIfAbsent(object, name -> {
            Timeline timeline = timelines.get(name);
            List<ObjectState> changes = new ArrayList<>();
            if (timeline != null) {
                changes.add(timeline.initial());
                for (ObjectState mark : timeline.marks()) {
                    if (mark.presence() != changes.getLast().presence()) {
                        changes.add(mark);
                    }
                }
            }
            return changes;
        });
    }

    /**
     * Where a revision does not come after all that have changed the object before it, the state is not known: from the last
     * turn that it does come after, to itself.
     */
    private List<Phase> ordered(List<Phase> turns) {
        if (turns.size() < 3) {
            return turns;
        }
        List<Phase> ordered = new ArrayList<>(turns);
        for (int i = 2; i < turns.size(); i++) {
            int known = 1;
            while (known < i && history.needs(turns.get(i).revision(), turns.get(known).revision())) {
                known++;
            }
            for (int j = known - 1; known < i && j <= i; j++) {
                ordered.set(j, turns.get(j).silent());
            }
        }
        return ordered;
    }

    /** After a place that cannot be read, what an object says against a set may be the work of that place. */
    private List<Phase> doubted(Timeline timeline, List<Phase> turns) {
        if (excuses.credible().isEmpty()) {
            return turns;
        }
        List<Phase> doubted = new ArrayList<>(turns.size() + 2);
        for (int i = 0; i < turns.size(); i++) {
            Phase turn = turns.get(i);
            int next = i + 1 < turns.size() ? turns.get(i + 1).revision() : history.size();
            if (turn.weight() == Weight.HARD) {
                doubted.addAll(doubted(timeline, unsettled(timeline, turn), next));
            } else {
                doubted.add(turn);
            }
        }
        return doubted;
    }

    /** The very revision that made it so may have done something else to it afterwards. */
    private Phase unsettled(Timeline timeline, Phase turn) {
        int since = since(timeline, turn);
        if (turn.mark().settled() || isCertainAfter(timeline, turn, since)) {
            return turn;
        }
        Weight weight = excused(timeline, turn, since);
        return weight == turn.weight() ? turn : turn.excused(weight, since);
    }

    private int since(Timeline timeline, Phase turn) {
        ObjectState mark = turn.mark();
        return turn.kind() != Kind.DIFFERENT
                ? mark.since()
                : shown.differs(timeline.object(), mark.sure().definition()) ? mark.sure().since() : mark.shapeSince();
    }

    /** What a turn weighs if this revision may have made it so. */
    private Weight excused(Timeline timeline, Phase turn, int by) {
        Kind kind = turn.kind();
        if (kind == null) {
            return turn.weight();
        }
        Weight weight = excuses.weight(by, timeline.object(),
                PostgresRules.table(timeline.object(), turn.mark().definition()), kind,
                timeline.perhapsOlder().previousSetBit(turn.mark().revision()) > by);
        return weight.compareTo(turn.weight()) < 0 ? weight : turn.weight();
    }

    private List<Phase> doubted(Timeline timeline, Phase turn, int next) {
        List<Phase> parts = new ArrayList<>(List.of(turn));
        BitSet credible = excuses.credible();
        int from = since(timeline, turn);
        if (isCertainUntil(timeline, turn, from, next)) {
            return parts;
        }
        for (int one = credible.nextSetBit(from + 1); one >= 0 && one < next; one = credible.nextSetBit(one + 1)) {
            Weight weight = comesBetween(one, from, next) ? excused(timeline, turn, one) : turn.weight();
            if (weight == turn.weight() || isCertainAfter(timeline, turn, one)) {
                continue;
            }
            // The baseline may have made the table with all its parts, so that one which is made later if it is missing is hardly worth saying.
            boolean untold = isBaseline(one) && isMadeOnlyIfMissing(timeline, turn) && isOfUnknownTable(timeline);
            weight = untold ? Weight.NAMED : weight;
            boolean later = turn.revision() == Contradiction.BEFORE_ANY
                    || (one > turn.revision() && history.needs(one, turn.revision()));
            Phase last = parts.getLast();
            if (!later || (parts.size() > 1 && !history.needs(one, last.revision()))) {
                // It may have been done before this turn, or by either of two: the doubt cannot begin at one revision.
                return List.of(excused(turn, weight, one, untold));
            }
            if (weight.compareTo(last.weight()) < 0) {
                parts.add(excused(turn, weight, one, untold).since(one));
            }
        }
        return parts;
    }

    private static Phase excused(Phase turn, Weight weight, int by, boolean untold) {
        return untold ? turn.untold(weight) : turn.excused(weight, by);
    }

    /** Whether nothing that is known is made up to this revision. */
    private boolean isBaseline(int revision) {
        return firstMade != revision && !history.needs(revision, firstMade);
    }

    /** Whether it is part of a table that no revision is known to make. */
    private boolean isOfUnknownTable(Timeline part) {
        return part.marks().stream().map(mark -> PostgresRules.table(part.object(), mark.definition()))
                .anyMatch(table -> table != null
                        && (timelines.get(table) == null
                                || timelines.get(table).initial().presence() == Presence.EITHER));
    }

    /** Whether it should not be there yet, and the next revision that makes it does so only if it is missing. */
    private static boolean isMadeOnlyIfMissing(Timeline timeline, Phase turn) {
        return turn.kind() == Kind.UNEXPECTED && timeline.marks().stream()
                .filter(mark -> mark.revision() > turn.mark().revision())
                .findFirst()
                .filter(mark -> mark.presence() == Presence.PRESENT && mark.demand() == Presence.EITHER)
                .isPresent();
    }

    private boolean comesBetween(int opaque, int from, int to) {
        return (from == Contradiction.BEFORE_ANY || history.needs(opaque, from))
                && (to == history.size() || history.needs(to, opaque));
    }

    /** Whether the revision that ends a turn could not run if the object had come or gone before it. */
    private static boolean isCertainUntil(Timeline timeline, Phase turn, int from, int next) {
        if (turn.kind() == Kind.DIFFERENT || from < turn.mark().revision()) {
            return false;
        }
        for (ObjectState mark : timeline.marks()) {
            if (mark.revision() > from) {
                return mark.revision() == next && mark.demand() == turn.mark().presence();
            }
        }
        return false;
    }

    /** Whether what comes later could not run if the object had come or gone in between. */
    private boolean isCertainAfter(Timeline timeline, Phase turn, int opaque) {
        if (turn.kind() == Kind.DIFFERENT) {
            return false;
        }
        Presence presence = turn.mark().presence();
        for (ObjectState mark : timeline.marks()) {
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
