package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.position.Contradiction.Phase;
import dev.migrationledger.core.position.Contradiction.Weight;
import dev.migrationledger.core.scripts.ReasonText;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Says why a schema cannot tell more. */
final class Uncertainties {

    /** Sentences of one sort; more are counted only. */
    private static final int MOST = 5;

    /** Objects of one sentence. */
    private static final int MOST_NAMED = 5;

    private final IndexedHistory history;
    private final Collection<Timeline> timelines;
    private final Map<String, Set<String>> leftOut;

    /** @param leftOut by revision that changes objects of schemas which were not looked at, and no others: these schemas */
    Uncertainties(IndexedHistory history, Collection<Timeline> timelines, Map<String, Set<String>> leftOut) {
        this.history = history;
        this.timelines = timelines;
        this.leftOut = leftOut;
    }

    /** @param sets that the schema cannot be distinguished from, or the nearest */
    List<String> about(List<BitSet> sets, List<Contradiction> contradictions) {
        List<String> doubts = new ArrayList<>();
        if (sets.isEmpty()) {
            return doubts;
        }
        BitSet some = new BitSet();
        BitSet all = (BitSet) sets.getFirst().clone();
        for (BitSet set : sets) {
            some.or(set);
            all.and(set);
        }
        BitSet open = (BitSet) some.clone();
        open.andNot(all);
        if (!open.isEmpty()) {
            BitSet traced = traced();
            List<String> silent = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            open.stream().forEach(revision -> {
                String reason = reason(revision);
                if (!reason.isEmpty()) {
                    unknown.add(reason);
                } else if (!traced.get(revision)) {
                    silent.add(history.id(revision));
                }
            });
            if (!silent.isEmpty()) {
                doubts.add("The schema does not show whether %s ran: %s nothing there.".formatted(named(silent),
                        silent.size() == 1 ? "it leaves" : "they leave"));
            }
            doubts.addAll(shortened(unknown));
        }
        doubts.addAll(shortened(assumed(sets.getFirst(), contradictions)));
        return doubts;
    }

    private BitSet traced() {
        BitSet traced = new BitSet();
        for (Timeline timeline : timelines) {
            timeline.marks().forEach(mark -> traced.set(mark.revision()));
        }
        return traced;
    }

    /** Why it is not known whether a revision ran; empty if it can be read and was looked at. */
    private String reason(int revision) {
        Set<String> schemas = leftOut.get(history.id(revision));
        if (schemas != null) {
            return "%s changes only objects of schema %s, which was not checked.".formatted(history.id(revision),
                    ListText.and(schemas.stream().sorted().toList(), MOST_NAMED));
        }
        if (history.opaque().get(revision)) {
            return "What %s does cannot be read%s.".formatted(history.id(revision), place(revision));
        }
        return "";
    }

    private String place(int revision) {
        Footprint footprint = history.footprint(revision);
        if (footprint == null) {
            return "";
        }
        Unread first = footprint.upgrade().unknowns().getFirst();
        return " (line %d: %s)".formatted(first.line(), ReasonText.of(first.reason()));
    }

    private List<String> assumed(BitSet set, List<Contradiction> contradictions) {
        TreeMap<Integer, List<String>> byRevision = new TreeMap<>();
        for (Contradiction contradiction : contradictions) {
            Phase phase = contradiction.against(set);
            if (phase.excuse() != Contradiction.NO_REVISION && phase.weight() != Weight.NONE) {
                byRevision.computeIfAbsent(phase.excuse(), any -> new ArrayList<>())
                        .add(contradiction.object().dotted());
            }
        }
        List<String> doubts = new ArrayList<>();
        byRevision.forEach((revision, objects) -> doubts.add(
                "%s %s not match any known revision; assuming '%s' changed %s%s.".formatted(named(objects),
                        objects.size() == 1 ? "does" : "do", history.id(revision), objects.size() == 1 ? "it" : "them",
                        place(revision))));
        return doubts;
    }

    private static String named(List<String> objects) {
        return ListText.and(objects, MOST_NAMED);
    }

    private static List<String> shortened(List<String> doubts) {
        if (doubts.size() <= MOST + 1) {
            return doubts;
        }
        List<String> shortened = new ArrayList<>(doubts.subList(0, MOST));
        shortened.add("The same holds for %d more.".formatted(doubts.size() - MOST));
        return shortened;
    }
}
