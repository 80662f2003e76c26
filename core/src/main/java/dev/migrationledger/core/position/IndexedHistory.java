package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.SchemaEvidence.Excuse;
import dev.migrationledger.core.position.SchemaEvidence.Explains;
import dev.migrationledger.core.scripts.ReasonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Revisions by number, each after all that it needs. A broken graph makes a history too: what it needs and is not there is
 * passed over, and so is whatever would close a cycle.
 */
final class IndexedHistory {

    /** What changes an object of a schema. */
    private static final Set<Action> CHANGES = EnumSet.of(Action.CREATE, Action.ALTER, Action.RENAME, Action.DROP);

    static final int NO_UNCERTAINTY = -1;

    private final List<String> ids;
    private final Map<String, Integer> numbers;
    private final List<int[]> needs = new ArrayList<>();
    private final List<BitSet> above = new ArrayList<>();
    private final List<@Nullable Footprint> footprints = new ArrayList<>();
    private final List<List<Reach>> reaches = new ArrayList<>();
    private final BitSet opaque = new BitSet();

    /** For each revision itself and all that it needs, one bit each: three megabytes for 5,000 revisions, fifty for 20,000. */
    IndexedHistory(RevisionGraph graph, Map<String, Footprint> known) {
        ids = inOrder(graph);
        numbers = HashMap.newHashMap(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            numbers.put(ids.get(i), i);
            int[] direct = direct(graph.requirements(ids.get(i)), i);
            BitSet all = new BitSet(i + 1);
            all.set(i);
            for (int need : direct) {
                all.or(above.get(need));
            }
            needs.add(direct);
            above.add(all);
            Footprint footprint = known.get(ids.get(i));
            footprints.add(footprint);
            reaches.add(reach(footprint));
            opaque.set(i, !reach(i).isEmpty() && !reach(i).equals(List.of(Reach.ROWS)));
        }
    }

    private int[] direct(List<String> required, int revision) {
        int[] direct = new int[required.size()];
        int count = 0;
        for (String id : required) {
            Integer number = numbers.get(id);
            if (number != null && number < revision) {
                direct[count++] = number;
            }
        }
        return Arrays.copyOf(direct, count);
    }

    /** As Alembic would run them all from nothing; of a broken graph as far as it says an order. */
    private static List<String> inOrder(RevisionGraph graph) {
        List<String> run = graph.upgradePath(List.of(), graph.realHeads());
        return run.size() == graph.revisions().size()
                ? run
                : graph.topological(graph.revisions().stream().map(Revision::revision).toList());
    }

    int size() {
        return ids.size();
    }

    String id(int revision) {
        return ids.get(revision);
    }

    int[] needs(int revision) {
        return needs.get(revision);
    }

    /** Absent: it may do anything. */
    @Nullable
    Footprint footprint(int revision) {
        return footprints.get(revision);
    }

    /** Those that do something which cannot be known. Not to be changed. */
    BitSet opaque() {
        return opaque;
    }

    /** What each place of a revision that cannot be read may have changed, each once. */
    List<Reach> reach(int revision) {
        return reaches.get(revision);
    }

    private static List<Reach> reach(@Nullable Footprint footprint) {
        if (footprint == null) {
            return List.of(Reach.ANYTHING);
        }
        return footprint.upgrade().isRead()
                ? List.of()
                : footprint.upgrade().unknowns().stream().map(Unread::reach).distinct().toList();
    }

    /** The place where a revision makes an object, or not: that depends on what there was, and cannot be read. */
    private @Nullable Unread unreadCondition(int revision, ObjectName object, @Nullable ObjectName table) {
        Footprint footprint = footprint(revision);
        return footprint == null || !opaque.get(revision)
                ? null
                : footprint.upgrade().unknowns().stream()
                        .filter(unread -> unread.isConditionOf(object, table))
                        .findFirst().orElse(null);
    }

    /** Whether a revision makes an object on a condition that only asks what there was, and cannot be read. */
    boolean asksBeforeMaking(int revision, ObjectName object, @Nullable ObjectName table) {
        return unreadCondition(revision, object, table) != null;
    }

    /** The place of a revision that cannot be read and may explain what an object is: the first if none speaks of it alone. */
    Excuse excuse(int revision, ObjectName object, @Nullable ObjectName table) {
        Unread condition = unreadCondition(revision, object, table);
        return condition == null
                ? excuse(revision, Explains.CHANGE)
                : new Excuse(id(revision), condition.location(), ReasonText.of(condition.reason()), Explains.CONDITION);
    }

    /** The first of a revision's places that cannot be read. */
    Excuse excuse(int revision, Explains explains) {
        Footprint footprint = footprints.get(revision);
        if (footprint == null) {
            return new Excuse(id(revision), null, "its file was not read", explains);
        }
        Unread first = footprint.upgrade().unknowns().getFirst();
        return new Excuse(id(revision), first.location(), ReasonText.of(first.reason()), explains);
    }

    /**
     * Whether something that cannot be known may happen to an object after one revision, and not after the other.
     *
     * @param table the table of an index or sequence
     */
    boolean isDoubtful(ObjectName object, @Nullable ObjectName table, int after, int until) {
        return uncertainty(object, table, after, until) != NO_UNCERTAINTY;
    }

    /** The first revision in which that may happen; {@link #NO_UNCERTAINTY}: none. */
    int uncertainty(ObjectName object, @Nullable ObjectName table, int after, int until) {
        BitSet all = above.get(until);
        for (int one = opaque.nextSetBit(after + 1); one >= 0 && one <= until; one = opaque.nextSetBit(one + 1)) {
            if (all.get(one) && (after < 0 || needs(one, after)) && reach(one).stream()
                    .anyMatch(reach -> reach.covers(CHANGES, object, table == null ? null : table.name()))) {
                return one;
            }
        }
        return NO_UNCERTAINTY;
    }

    /** A revision and all that it needs. Not to be changed. */
    BitSet above(int revision) {
        return above.get(revision);
    }

    /** Whether one revision cannot be applied without the other; each needs itself. */
    boolean needs(int revision, int other) {
        return above.get(revision).get(other);
    }

    /** The revisions that rows of a version table imply; rows that name none are passed over. */
    BitSet implied(Collection<String> rows) {
        BitSet some = new BitSet();
        rows.stream().map(numbers::get).filter(Objects::nonNull).forEach(some::set);
        return implied(some);
    }

    /** These and all that they need. */
    BitSet implied(BitSet some) {
        BitSet implied = new BitSet();
        for (int one = some.length() - 1; one >= 0; one = some.previousSetBit(one - 1)) {
            if (!implied.get(one)) {
                implied.or(above.get(one));
            }
        }
        return implied;
    }

    /** A set that is closed under what it needs, as the version table would hold it: what nothing in it needs, sorted. */
    List<String> rows(BitSet set) {
        BitSet last = (BitSet) set.clone();
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
            for (int need : needs.get(i)) {
                last.clear(need);
            }
        }
        return last.stream().mapToObj(ids::get).sorted().toList();
    }
}
