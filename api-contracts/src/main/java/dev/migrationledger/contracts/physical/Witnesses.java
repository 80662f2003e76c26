package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.physical.SchemaEvidence.Traces;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what speaks for each revision and against it, each revision for itself. */
final class Witnesses {

    private final int[] found;
    private final int[] lacking;

    private Witnesses(int revisions) {
        found = new int[revisions];
        lacking = new int[revisions];
    }

    static Map<String, Traces> of(History history, Collection<Timeline> timelines, Shown shown) {
        Witnesses witnesses = new Witnesses(history.size());
        timelines.forEach(timeline -> witnesses.hear(timeline, shown));
        Map<String, Traces> traces = new LinkedHashMap<>();
        for (int i = 0; i < history.size(); i++) {
            if (witnesses.found[i] > 0 || witnesses.lacking[i] > 0) {
                traces.put(history.id(i), new Traces(witnesses.found[i], witnesses.lacking[i]));
            }
        }
        return traces;
    }

    /** Revisions that must have run for what is there to be there: those that left a trace and all that they need. */
    static BitSet supported(History history, Collection<Timeline> timelines, Shown shown) {
        Witnesses witnesses = new Witnesses(history.size());
        timelines.forEach(timeline -> witnesses.hear(timeline, shown));
        List<String> found = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            if (witnesses.found[i] > 0) {
                found.add(history.id(i));
            }
        }
        return history.implied(found);
    }

    /** A state counts for a revision if it fits after it and not before it, and against it the other way round; if only one fits. */
    private void hear(Timeline timeline, Shown shown) {
        List<Mark> states = new ArrayList<>(List.of(timeline.initial()));
        states.addAll(timeline.marks());
        boolean[] fits = new boolean[states.size()];
        for (int i = 0; i < fits.length; i++) {
            fits[i] = shown.contradiction(timeline.object(), states.get(i)) == null;
        }
        int first = 0;
        while (first < fits.length && !fits[first]) {
            first++;
        }
        int last = fits.length - 1;
        while (last >= 0 && !fits[last]) {
            last--;
        }
        if (first == last && first > 0) {
            found[states.get(first).revision()]++;
        }
        if (last >= 0 && last + 1 < fits.length) {
            lacking[states.get(last + 1).revision()]++;
        }
    }
}
