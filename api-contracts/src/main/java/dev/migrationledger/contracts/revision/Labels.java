package dev.migrationledger.contracts.revision;

import java.util.BitSet;
import java.util.Collections;
import java.util.Set;
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
