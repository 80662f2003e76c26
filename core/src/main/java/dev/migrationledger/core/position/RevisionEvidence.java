package dev.migrationledger.core.position;

import dev.migrationledger.core.position.Discrepancy.Kind;
import dev.migrationledger.core.position.SchemaEvidence.Traces;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what speaks for each revision and against it, each revision for itself. */
final class RevisionEvidence {

    private final int[] found;
    private final int[] lacking;

    private RevisionEvidence(int revisions) {
        found = new int[revisions];
        lacking = new int[revisions];
    }

    static Map<String, Traces> of(IndexedHistory history, Collection<Timeline> timelines, SnapshotMatcher shown) {
        RevisionEvidence evidence = new RevisionEvidence(history.size());
        timelines.forEach(timeline -> evidence.count(timeline, shown));
        Map<String, Traces> traces = new LinkedHashMap<>();
        for (int i = 0; i < history.size(); i++) {
            if (evidence.found[i] > 0 || evidence.lacking[i] > 0) {
                traces.put(history.id(i), new Traces(evidence.found[i], evidence.lacking[i]));
            }
        }
        return traces;
    }

    /**
     * Revisions that must have run for what is there to be there: those that left a trace and all that they need.
     *
     * @param stamped of these one with a trace is enough
     */
    static BitSet supported(IndexedHistory history, Collection<Timeline> timelines, SnapshotMatcher shown,
            BitSet stamped) {
        RevisionEvidence evidence = new RevisionEvidence(history.size());
        BitSet found = new BitSet();
        for (Timeline timeline : timelines) {
            // An object that is missing now was missing before every revision, too: it proves none of them.
            int one = shown.has(timeline.object()) && (found.isEmpty() || isOfOthers(timeline, stamped))
                    ? evidence.count(timeline, shown)
                    : -1;
            if (one >= 0) {
                found.set(one);
            }
        }
        return history.implied(found);
    }

    private static boolean isOfOthers(Timeline timeline, BitSet revisions) {
        for (ObjectState mark : timeline.marks()) {
            if (!revisions.get(mark.revision())) {
                return true;
            }
        }
        return false;
    }

    /**
     * A state counts for a revision if it fits after it and not before it, and against it the other way round; if only one fits.
     *
     * @return the revision for which it counts; -1: none
     */
    private int count(Timeline timeline, SnapshotMatcher shown) {
        List<ObjectState> marks = timeline.marks();
        @Nullable
        Kind[] contradictions = shown.contradictions(timeline);
        boolean before = contradictions[0] == null;
        int first = -1;
        int last = -1;
        for (int i = 0; i < marks.size(); i++) {
            if (contradictions[i + 1] == null) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        if (first >= 0 && first == last && !before) {
            found[marks.get(first).revision()]++;
        }
        if ((last >= 0 || before) && last + 1 < marks.size()) {
            lacking[marks.get(last + 1).revision()]++;
        }
        return first >= 0 && first == last && !before ? marks.get(first).revision() : -1;
    }
}
