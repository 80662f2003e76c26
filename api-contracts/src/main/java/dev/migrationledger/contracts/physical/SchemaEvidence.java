package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.physical.Charge.Turn;
import dev.migrationledger.contracts.physical.Charge.Weight;
import dev.migrationledger.contracts.revision.RevisionGraph;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says for and against each revision of a history. Immutable.
 *
 * <p>A database can be at any set of revisions that holds with each one all that it needs. Each object of the history says of each
 * such set whether it is as the set leaves it. The sets that no object speaks against are the candidates; if there are none,
 * those are nearest that the fewest speak against.
 */
public final class SchemaEvidence {

    private final History history;
    private final Map<ObjectName, Timeline> timelines;
    private final Shown shown;
    private final List<Charge> charges;
    private final Weighing weighing;
    private final PhysicalState physical;

    private SchemaEvidence(History history, SchemaSnapshot schema, String defaultSchema) {
        this.history = history;
        Fold fold = Fold.of(history, defaultSchema);
        timelines = fold.timelines();
        shown = new Shown(schema, fold);
        charges = Charges.of(history, timelines, shown);
        weighing = new Weighing(history, charges);
        physical = physical(defaultSchema);
    }

    /**
     * Weighs a schema.
     *
     * @param footprints by revision; one that is missing here may have done anything
     * @param defaultSchema where an object is that a footprint names without a schema; absent: {@code public}
     */
    public static SchemaEvidence of(
            RevisionGraph graph, Map<String, Footprint> footprints, SchemaSnapshot schema,
            @Nullable String defaultSchema) {
        return new SchemaEvidence(
                new History(graph, footprints), schema, defaultSchema == null ? "public" : defaultSchema);
    }

    /** The sets of revisions that the schema matches. */
    public PhysicalState physical() {
        return physical;
    }

    private PhysicalState physical(String defaultSchema) {
        Lattice matching = weighing.matching();
        Lattice nearest = weighing.near(matching.sets().isEmpty() ? weighing.nearest() : matching);
        BitSet within = new BitSet();
        nearest.sets().forEach(within::or);
        List<Discrepancy> discrepancies = matching.sets().isEmpty()
                ? discrepancies(nearest.sets().getFirst())
                : List.of();
        List<List<String>> sets = nearest.sets().stream().map(history::rows).toList();
        List<List<String>> candidates = sets.subList(0, matching.sets().size());
        return new PhysicalState(
                candidates, nearest.complete(), sets, discrepancies,
                new Strangers(timelines, shown, defaultSchema).among(within, history),
                new Doubts(history, timelines.values()).about(nearest.sets(), charges));
    }

    /**
     * How the schema differs from what these rows of a version table and all they imply would leave; none if it cannot be told
     * from that. Rows that name no revision are passed over. By revision, parents first, then by object.
     */
    public List<Discrepancy> against(Collection<String> rows) {
        BitSet set = history.implied(rows);
        return weighing.matches(set) ? List.of() : discrepancies(set);
    }

    private List<Discrepancy> discrepancies(BitSet set) {
        boolean assumptionsToo = !weighing.isModest(set);
        record Placed(int revision, Discrepancy discrepancy) {}
        List<Placed> placed = new ArrayList<>();
        for (Charge charge : charges) {
            Turn turn = charge.against(set);
            if (turn.kind() != null
                    && (turn.weight() == Weight.HARD || (assumptionsToo && turn.weight() == Weight.ASSUMED))) {
                List<Integer> revisions = revisions(charge.object(), turn.mark(), set);
                placed.add(new Placed(
                        revisions.isEmpty() ? history.size() : revisions.getFirst(),
                        new Discrepancy(turn.kind(), charge.object(), expected(turn),
                                shown.objects().get(charge.object()),
                                revisions.stream().map(history::id).toList())));
            }
        }
        return placed.stream()
                .sorted(Comparator.comparingInt(Placed::revision).thenComparing(one -> one.discrepancy().object()))
                .map(Placed::discrepancy)
                .toList();
    }

    private static @Nullable String expected(Turn turn) {
        return turn.kind() == Discrepancy.Kind.UNEXPECTED ? null : ObjectProperties.words(turn.mark().definition());
    }

    /** That made it what it should be, or would make it what it is. */
    private List<Integer> revisions(ObjectName object, Mark mark, BitSet set) {
        Timeline timeline = timelines.get(object);
        if (mark.revision() >= 0 || timeline == null) {
            return mark.revision() >= 0 ? List.of(mark.revision()) : List.of();
        }
        return timeline.marks().stream()
                .filter(one -> one.presence() != Presence.ABSENT && !set.get(one.revision()))
                .map(Mark::revision)
                .toList();
    }

    /** What speaks for each revision that left something, and against it, in this schema. */
    public Map<String, Traces> traces() {
        return Witnesses.of(history, timelines.values(), shown);
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
