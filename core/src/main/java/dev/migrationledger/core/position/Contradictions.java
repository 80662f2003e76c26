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

    /** One contradiction for each object that says anything. */
    static List<Contradiction> of(IndexedHistory history, Map<ObjectName, Timeline> timelines, SnapshotMatcher shown,
            Excuses excuses) {
        Contradictions contradictions = new Contradictions(history, timelines, shown, excuses);
        List<Contradiction> all = new ArrayList<>();
        for (Timeline timeline : timelines.values()) {
            Contradiction contradiction = contradictions.of(timeline);
            if (!contradiction.isSilent()) {
                all.add(contradiction);
            }
        }
        return all;
    }

    private Contradiction of(Timeline timeline) {
        List<Phase> phases = doubted(timeline, ordered(phases(timeline)));
        return new Contradiction(timeline.object(), phases);
    }

    /** A phase at each mark of its own, and wherever what contains it comes or goes. */
    private List<Phase> phases(Timeline timeline) {
        List<ObjectState> marks = new ArrayList<>(List.of(timeline.initial()));
        marks.addAll(timeline.marks());
        BitSet starts = new BitSet();
        marks.forEach(mark -> addStart(starts, mark));
        if (shown.has(timeline.object())) {
            BitSet remade = remakings(timeline);
            for (int at = remade.nextSetBit(0); at >= 0; at = remade.nextSetBit(at + 1)) {
                starts.set(at + 1);
            }
            for (int i = 0; i < marks.size(); i++) {
                for (ObjectName name : excuses(timeline, marks, i)) {
                    presences(name).forEach(mark -> addStart(starts, mark));
                }
            }
        }
        List<Phase> phases = new ArrayList<>(starts.cardinality());
        int own = 0;
        @Nullable
        Kind[] kinds = shown.contradictions(timeline);
        Kind kind = kinds[0];
        Set<ObjectName> containers = containers(timeline, marks, kind, 0);
        for (int bit = starts.nextSetBit(0); bit >= 0; bit = starts.nextSetBit(bit + 1)) {
            int revision = bit - 1;
            while (own + 1 < marks.size() && marks.get(own + 1).revision() <= revision) {
                own++;
                kind = kinds[own];
                containers = containers(timeline, marks, kind, own);
            }
            ObjectState mark = marks.get(own);
            boolean isImplied = kind == Kind.UNEXPECTED
                    && (isAnyAbsent(containers, revision)
                            || isMissedAsOther(mark, revision)
                            || isOfEarlierTable(timeline, mark, revision));
            int maker = kind == null ? timeline.perhapsMaker(mark, history) : Contradiction.NO_REVISION;
            Kind unmade = maker == Contradiction.NO_REVISION ? null : unmade(timeline.object(), mark);
            phases.add(unmade != null
                    ? new Phase(revision, Weight.NAMED, unmade, mark, maker)
                    : new Phase(revision, kind == null || isImplied ? Weight.NONE : Weight.HARD,
                            isImplied ? null : kind, mark));
        }
        return phases;
    }

    /** What is wrong with an object that should be there if it was made; absent: nothing. */
    private @Nullable Kind unmade(ObjectName object, ObjectState mark) {
        if (shown.has(object)) {
            return shown.differs(object, mark.definition()) ? Kind.DIFFERENT : null;
        }
        return shown.isMissed(object, mark) ? Kind.MISSING : null;
    }

    /** One bit further than its number, for the one before any. */
    private static void addStart(BitSet starts, ObjectState mark) {
        starts.set(mark.revision() + 1);
    }

    /**
     * Whether its table was created elsewhere, with unknown parts, and was created again before this part was added: the parts of the
     * new table say nothing about the old one.
     */
    private boolean isOfEarlierTable(Timeline timeline, ObjectState mark, int revision) {
        int first = timeline.marks().isEmpty() ? history.size() : timeline.marks().getFirst().revision();
        int remade = mark.revision() >= 0 ? -1 : remakings(timeline).nextSetBit(revision + 1);
        return remade >= 0 && remade <= first;
    }

    /** When a part's table, made elsewhere, is made again. */
    private BitSet remakings(Timeline part) {
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
     * phase that it does come after, to itself.
     */
    private List<Phase> ordered(List<Phase> phases) {
        if (phases.size() < 3) {
            return phases;
        }
        List<Phase> ordered = new ArrayList<>(phases);
        for (int i = 2; i < phases.size(); i++) {
            int known = 1;
            while (known < i && history.needs(phases.get(i).revision(), phases.get(known).revision())) {
                known++;
            }
            for (int j = known - 1; known < i && j <= i; j++) {
                ordered.set(j, phases.get(j).silent());
            }
        }
        return ordered;
    }

    /** After a place that cannot be read, what an object says against a set may be the work of that place. */
    private List<Phase> doubted(Timeline timeline, List<Phase> phases) {
        if (excuses.credible().isEmpty()) {
            return phases;
        }
        List<Phase> doubted = new ArrayList<>(phases.size() + 2);
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            int next = i + 1 < phases.size() ? phases.get(i + 1).revision() : history.size();
            if (phase.weight() == Weight.HARD) {
                doubted.addAll(doubted(timeline, unsettled(timeline, phase), next));
            } else {
                doubted.add(phase);
            }
        }
        return doubted;
    }

    /** The very revision that made it so may have done something else to it afterwards. */
    private Phase unsettled(Timeline timeline, Phase phase) {
        int since = since(timeline, phase);
        if (phase.mark().settled() || isCertainAfter(timeline, phase, since)) {
            return phase;
        }
        Weight weight = excused(timeline, phase, since);
        return weight == phase.weight() ? phase : phase.excused(weight, since);
    }

    private int since(Timeline timeline, Phase phase) {
        ObjectState mark = phase.mark();
        return phase.kind() != Kind.DIFFERENT
                ? mark.since()
                : shown.differs(timeline.object(), mark.sure().definition()) ? mark.sure().since() : mark.shapeSince();
    }

    /** What a phase weighs if this revision may have made it so. */
    private Weight excused(Timeline timeline, Phase phase, int by) {
        Kind kind = phase.kind();
        if (kind == null) {
            return phase.weight();
        }
        Weight weight = excuses.weight(by, timeline.object(),
                PostgresRules.table(timeline.object(), phase.mark().definition()), kind,
                timeline.perhapsOlder().previousSetBit(phase.mark().revision()) > by);
        return weight.compareTo(phase.weight()) < 0 ? weight : phase.weight();
    }

    private List<Phase> doubted(Timeline timeline, Phase phase, int next) {
        List<Phase> parts = new ArrayList<>(List.of(phase));
        BitSet credible = excuses.credible();
        int from = since(timeline, phase);
        if (isCertainUntil(timeline, phase, from, next)) {
            return parts;
        }
        for (int one = credible.nextSetBit(from + 1); one >= 0 && one < next; one = credible.nextSetBit(one + 1)) {
            Weight weight = comesBetween(one, from, next) ? excused(timeline, phase, one) : phase.weight();
            if (weight == phase.weight() || isCertainAfter(timeline, phase, one)) {
                continue;
            }
            // The baseline may have made the table with all its parts, so that one which is made later if it is missing is hardly worth saying.
            boolean unreported = isBaseline(one) && isMadeOnlyIfMissing(timeline, phase) && isOfUnknownTable(timeline);
            weight = unreported ? Weight.NAMED : weight;
            boolean later = phase.revision() == Contradiction.BEFORE_ANY
                    || (one > phase.revision() && history.needs(one, phase.revision()));
            Phase last = parts.getLast();
            if (!later || (parts.size() > 1 && !history.needs(one, last.revision()))) {
                // It may have been done before this phase, or by either of two: the doubt cannot begin at one revision.
                return List.of(excused(phase, weight, one, unreported));
            }
            if (weight.compareTo(last.weight()) < 0) {
                parts.add(excused(phase, weight, one, unreported).since(one));
            }
        }
        return parts;
    }

    private static Phase excused(Phase phase, Weight weight, int by, boolean unreported) {
        return unreported ? phase.unreported(weight) : phase.excused(weight, by);
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
    private static boolean isMadeOnlyIfMissing(Timeline timeline, Phase phase) {
        return phase.kind() == Kind.UNEXPECTED && timeline.marks().stream()
                .filter(mark -> mark.revision() > phase.mark().revision())
                .findFirst()
                .filter(mark -> mark.presence() == Presence.PRESENT && mark.demand() == Presence.EITHER)
                .isPresent();
    }

    private boolean comesBetween(int opaque, int from, int to) {
        return (from == Contradiction.BEFORE_ANY || history.needs(opaque, from))
                && (to == history.size() || history.needs(to, opaque));
    }

    /** Whether the revision that ends a phase could not run if the object had come or gone before it. */
    private static boolean isCertainUntil(Timeline timeline, Phase phase, int from, int next) {
        if (phase.kind() == Kind.DIFFERENT || from < phase.mark().revision()) {
            return false;
        }
        for (ObjectState mark : timeline.marks()) {
            if (mark.revision() > from) {
                return mark.revision() == next && mark.demand() == phase.mark().presence();
            }
        }
        return false;
    }

    /** Whether what comes later could not run if the object had come or gone in between. */
    private boolean isCertainAfter(Timeline timeline, Phase phase, int opaque) {
        if (phase.kind() == Kind.DIFFERENT) {
            return false;
        }
        Presence presence = phase.mark().presence();
        for (ObjectState mark : timeline.marks()) {
            if (mark.revision() > opaque && mark.revision() >= phase.mark().revision()
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
