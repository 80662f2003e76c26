package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.Contradiction.Phase;
import dev.migrationledger.core.position.Contradiction.Weight;
import dev.migrationledger.core.position.Discrepancy.Origin;
import dev.migrationledger.core.position.Timeline.Arrival;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says for and against each revision of a history. Immutable.
 *
 * <p>A database can be at any set of revisions that holds with each one all that it needs. Each object of the history says of each
 * such set whether it is as the set leaves it. The sets that no object speaks against are the candidates; if there are none,
 * those are nearest that the fewest speak against.
 */
public final class SchemaEvidence {

    private final IndexedHistory history;
    private final Map<String, Set<String>> leftOut;
    private final Map<ObjectName, Timeline> timelines;
    private final SnapshotMatcher shown;
    private final UntrackedObjects untracked;
    private final List<Contradiction> contradictions;
    private final CandidateSearch search;
    private final PhysicalState physical;

    private SchemaEvidence(
            IndexedHistory history, SchemaSnapshot schema, String defaultSchema, @Nullable Collection<String> stamped,
            Map<String, Set<String>> leftOut) {
        this.history = history;
        this.leftOut = leftOut;
        TimelineBuilder fold = TimelineBuilder.of(history, defaultSchema);
        timelines = fold.timelines();
        shown = new SnapshotMatcher(schema, fold);
        untracked = new UntrackedObjects(timelines, shown, defaultSchema);
        BitSet rows = stamped == null ? null : history.implied(stamped);
        BitSet supported = rows == null
                ? new BitSet()
                : RevisionEvidence.supported(history, timelines.values(), shown, rows);
        Excuses excuses = new Excuses(history, timelines.values(), rows, supported, untracked.objects());
        contradictions = Contradictions.of(history, timelines, shown, excuses);
        untracked.objects().stream().map(object -> named(history, object))
                .filter(contradiction -> !contradiction.isSilent())
                .forEach(contradictions::add);
        search = new CandidateSearch(history, contradictions);
        physical = weighed(supported);
    }

    /**
     * Weighs a schema.
     *
     * @param footprints by revision; one that is missing here may have done anything
     * @param defaultSchema where an object is that a footprint names without a schema; absent: {@code public}
     * @param stamped rows of the version table; absent: it says nothing, or is not known
     * @param leftOut by revision that changes objects of schemas which were not looked at, and no others: these schemas
     */
    public static SchemaEvidence of(
            RevisionGraph graph, Map<String, Footprint> footprints, SchemaSnapshot schema,
            @Nullable String defaultSchema, @Nullable Collection<String> stamped, Map<String, Set<String>> leftOut) {
        return new SchemaEvidence(
                new IndexedHistory(graph, footprints), schema, defaultSchema == null ? "public" : defaultSchema,
                stamped,
                leftOut);
    }

    /** An object that nothing known makes, and that a place which cannot be read names, speaks against sets without that place. */
    private static Contradiction named(IndexedHistory history, ObjectName object) {
        ObjectState absent = ObjectState.absent(object.kind());
        List<Phase> phases = new ArrayList<>(
                List.of(new Phase(Contradiction.BEFORE_ANY, Weight.HARD, Discrepancy.Kind.UNEXPECTED, absent)));
        history.opaque().stream().filter(revision -> history.reach(revision).stream()
                .anyMatch(reach -> reach.names() != null && reach.names().contains(object.name())
                        && reach.covers(Excuses.MAKING, object, null)))
                .forEach(revision -> phases.add(new Phase(revision, Weight.NONE, null, absent)));
        return phases.size() == 1
                ? new Contradiction(object, List.of(new Phase(Contradiction.BEFORE_ANY, Weight.NONE, null, absent)))
                : new Contradiction(object, phases);
    }

    /** The sets of revisions that the schema matches. */
    public PhysicalState physical() {
        return physical;
    }

    /** @param supported what must have run, if something is stamped: base is not near then, whatever is missing */
    private PhysicalState weighed(BitSet supported) {
        Lattice matching = search.matching();
        Lattice near = search.near(matching.sets().isEmpty() ? search.nearest() : matching);
        Lattice nearest = supported.isEmpty() || !matching.sets().isEmpty() ? near : populated(near, supported);
        BitSet within = new BitSet();
        nearest.sets().forEach(within::or);
        List<Discrepancy> discrepancies = matching.sets().isEmpty()
                ? discrepancies(nearest.sets().getFirst())
                : List.of();
        List<List<String>> sets = nearest.sets().stream().map(history::rows).toList();
        List<List<String>> candidates = sets.subList(0, matching.sets().size());
        return new PhysicalState(
                candidates, nearest.complete(), sets, discrepancies,
                untracked.among(within, history),
                new Uncertainties(history, timelines.values(), leftOut).about(nearest.sets(), contradictions));
    }

    private Lattice populated(Lattice near, BitSet supported) {
        Lattice others = near.withoutEmpty();
        return others.sets().isEmpty() ? search.nearestWithSome(supported) : others;
    }

    /**
     * How the schema differs from what these rows of a version table and all they imply would leave; none if it cannot be told
     * from that. Rows that name no revision are passed over. By revision, parents first, then by object.
     */
    public List<Discrepancy> against(Collection<String> rows) {
        BitSet set = history.implied(rows);
        return search.matches(set) ? List.of() : discrepancies(set);
    }

    private List<Discrepancy> discrepancies(BitSet set) {
        boolean assumptionsToo = !search.isModest(set);
        return differences(set).stream()
                .filter(difference -> difference.excuse() == null || assumptionsToo)
                .map(Difference::discrepancy)
                .toList();
    }

    /**
     * Every way in which the schema differs from what these rows and all they imply would leave, those too that a place that cannot be
     * read may explain. Rows that name no revision are passed over. By revision, parents first, then by object.
     */
    public List<Difference> differences(Collection<String> rows) {
        return differences(history.implied(rows));
    }

    private List<Difference> differences(BitSet set) {
        record Placed(int revision, Difference difference) {}
        List<Placed> placed = new ArrayList<>();
        for (Contradiction contradiction : contradictions) {
            Phase phase = contradiction.against(set);
            if (phase.kind() != null && phase.weight() != Weight.NONE) {
                List<Integer> revisions = revisions(contradiction.object(), phase.mark(), set);
                Arrival arrival = arrival(contradiction.object(), phase, revisions);
                Discrepancy discrepancy = new Discrepancy(phase.kind(), contradiction.object(),
                        expected(phase, shown.objects().get(contradiction.object())),
                        shown.objects().get(contradiction.object()),
                        revisions.stream().map(history::id).toList(),
                        phase.kind() == Discrepancy.Kind.UNEXPECTED && phase.mark().revision() >= 0,
                        arrival == null ? null : history.id(arrival.revision()),
                        arrival == null ? Origin.MADE : arrival.origin());
                placed.add(new Placed(revisions.isEmpty() ? history.size() : revisions.getFirst(),
                        new Difference(discrepancy,
                                phase.excuse() == Contradiction.NO_REVISION
                                        ? null
                                        : excuse(contradiction.object(), phase))));
            }
        }
        return placed.stream()
                .sorted(Comparator.comparingInt(Placed::revision)
                        .thenComparing(one -> one.difference().discrepancy().object()))
                .map(Placed::difference)
                .toList();
    }

    private Excuse excuse(ObjectName object, Phase phase) {
        boolean later = phase.mark().presence() == Presence.EITHER && phase.excuse() != phase.mark().since();
        return later
                ? history.excuse(phase.excuse(), Explains.LATER_CONDITION)
                : history.excuse(phase.excuse(), object, PostgresRules.table(object, phase.mark().definition()));
    }

    /**
     * Of these rows and all they imply, those for which the schema speaks, parents first: the smallest such set against which no more
     * speaks than against all. The others may have run or not; where none is left the schema confirms nothing at all.
     */
    public List<String> confirmed(Collection<String> rows) {
        return search.confirmed(history.implied(rows)).stream().mapToObj(history::id).toList();
    }

    /**
     * One difference.
     *
     * @param excuse what may explain it; absent: nothing that is known
     */
    public record Difference(
            Discrepancy discrepancy, @Nullable Excuse excuse) {

        /** Whether the revision that may make it, on a condition that cannot be read, may as well not have. */
        public boolean isPerhapsUnmade() {
            return excuse != null && discrepancy.kind() == Discrepancy.Kind.MISSING
                    && excuse.explains() == Explains.CONDITION;
        }

        /** Whether its revision makes it or not, by what an earlier place that cannot be read may have left. */
        public boolean dependsOnEarlier() {
            return excuse != null && excuse.explains() == Explains.LATER_CONDITION;
        }
    }

    /**
     * A place that cannot be read.
     *
     * @param revision whose file has it
     * @param location absent where the file was not read
     * @param reason why it cannot be read, as a clause without a full stop
     * @param explains how it may explain an object
     */
    public record Excuse(
            String revision, @Nullable Location location, String reason, Explains explains) {}

    /** How a place that cannot be read may explain what an object is. */
    public enum Explains {
        /** It may have changed the object. */
        CHANGE,
        /** It asks the schema, and creates the object only on some answers. */
        CONDITION,
        /** A later revision creates the object or not, by what this place may have left. */
        LATER_CONDITION
    }

    private static @Nullable String expected(Phase phase, @Nullable Definition found) {
        return phase.kind() == Discrepancy.Kind.UNEXPECTED
                ? null
                : ObjectProperties.words(phase.mark().definition(), found);
    }

    /** What brought it there, or took it away; absent: nothing that is known. */
    private @Nullable Arrival arrival(ObjectName object, Phase phase, List<Integer> revisions) {
        Timeline timeline = timelines.get(object);
        if (timeline == null || revisions.isEmpty()) {
            return revisions.isEmpty() ? null : new Arrival(revisions.getLast(), Origin.MADE);
        }
        if (phase.mark().revision() < 0) {
            return timeline.lastArrival(revisions);
        }
        return phase.kind() == Discrepancy.Kind.UNEXPECTED
                ? new Arrival(revisions.getLast(),
                        timeline.departures().get(revisions.getLast()) ? Origin.RENAMED : Origin.MADE)
                : timeline.arrival(phase.mark(), history);
    }

    /** That made it what it should be, or would make it what it is. */
    private List<Integer> revisions(ObjectName object, ObjectState mark, BitSet set) {
        Timeline timeline = timelines.get(object);
        if (mark.revision() >= 0 || timeline == null) {
            return mark.revision() < 0
                    ? List.of()
                    : List.of(timeline == null ? mark.revision() : timeline.maker(mark, history));
        }
        return timeline.marks().stream()
                .filter(one -> one.presence() != Presence.ABSENT && !set.get(one.revision()))
                .map(ObjectState::revision)
                .toList();
    }

    /** What speaks for each revision that left something, and against it, in this schema. */
    public Map<String, Traces> traces() {
        return RevisionEvidence.of(history, timelines.values(), shown);
    }

    /**
     * What a revision left in the schema.
     *
     * @param found how many of its effects are there as it left them, and are nobody else's
     * @param lacking how many are not
     */
    public record Traces(int found, int lacking) {

        public boolean isPartial() {
            return found > 0 && lacking > 0;
        }
    }
}
