package dev.migrationledger.core.graph;

import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Alembic's rule for branch labels, asked of one revision. A label spreads to all descendants along {@code down_revision}.
 * It also goes down, as long as no branch point (by children or dependents) and no merge point is met; Alembic starts that walk
 * at the youngest descendant, so a label goes down only where its whole line up to the head is plain.
 */
final class Labels {

    private Labels() {}

    static Set<String> of(Links links, int number) {
        Set<String> labels = new TreeSet<>();
        BitSet self = new BitSet();
        self.set(number);
        links.parents.reachable(self).stream()
                .forEach(i -> labels.addAll(links.revisions.get(i).labels()));
        labels.addAll(passedDown(links, number));
        return Collections.unmodifiableSet(labels);
    }

    /** The same of all revisions that carry any: one walk for each label instead of one for each revision. */
    static Map<String, Set<String>> all(Links links) {
        Map<String, Set<String>> all = new TreeMap<>();
        for (int i = 0; i < links.revisions.size(); i++) {
            for (String label : links.revisions.get(i).labels()) {
                BitSet carriers = new BitSet();
                if (links.isFound(i)) {
                    carriers.set(i);
                    carriers = links.children.reachable(carriers);
                    passDown(links, i, carriers);
                }
                carriers.stream().forEach(
                        carrier -> all.computeIfAbsent(links.id(carrier), id -> new TreeSet<>()).add(label));
            }
        }
        return Collections.unmodifiableMap(all);
    }

    /** Adds those that the revision's labels go down to. */
    private static void passDown(Links links, int number, BitSet carriers) {
        BitSet seen = new BitSet();
        int at = number;
        while (isPlain(links, at) && !seen.get(at) && links.children.count(at) > 0) {
            seen.set(at);
            at = links.children.target(links.children.start(at));
        }
        if (!isPlain(links, at) || seen.get(at)) {
            return;
        }
        at = number;
        while (links.parents.count(at) == 1) {
            at = links.parents.target(links.parents.start(at));
            if (!isPlain(links, at) || carriers.get(at)) {
                return;
            }
            carriers.set(at);
        }
    }

    private static Set<String> passedDown(Links links, int number) {
        Set<String> labels = new TreeSet<>();
        BitSet seen = new BitSet();
        int at = number;
        while (isPlain(links, at) && !seen.get(at)) {
            seen.set(at);
            labels.addAll(links.revisions.get(at).labels());
            if (links.children.count(at) == 0) {
                return labels;
            }
            at = links.children.target(links.children.start(at));
        }
        return Set.of();
    }

    private static boolean isPlain(Links links, int number) {
        return links.followers.count(number) <= 1
                && links.revisions.get(number).parents().size() <= 1;
    }
}
