package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions a schema matches. A set of revisions is written as the version table would hold it, sorted: each of its
 * heads, with all ancestors and dependencies implied; base is the empty set.
 *
 * @param candidates every set that the schema cannot be distinguished from, those with fewer revisions first. None: no set matches, so
 *     something
 *     was made, changed or dropped by hand, or a revision ran in part
 * @param complete whether {@code candidates} are all of them; there may be more than anybody wants to read
 * @param nearest without candidates: the sets that the schema differs from least; {@code candidates} otherwise. If something has
 *     to be assumed of places that cannot be read, followed by the sets that are as near without that, by somebody's hand
 * @param discrepancies what keeps the first of {@code nearest} from being a candidate; none where there are candidates
 * @param unexplained objects that no revision is known to make, sorted. A table stands for all that belongs to it
 * @param doubts why more cannot be said, each a sentence: revisions that leave nothing in a schema, places of scripts that cannot
 *     be read
 */
public record PhysicalState(
        List<List<String>> candidates,
        boolean complete,
        List<List<String>> nearest,
        List<Discrepancy> discrepancies,
        List<Unexplained> unexplained,
        List<String> doubts) {
    public PhysicalState {
        candidates = candidates.stream().map(List::copyOf).toList();
        nearest = nearest.stream().map(List::copyOf).toList();
        discrepancies = List.copyOf(discrepancies);
        unexplained = List.copyOf(unexplained);
        doubts = List.copyOf(doubts);
    }

    /** The same with one more doubt, before the others. */
    public PhysicalState doubted(String uncertainty) {
        List<String> all = new ArrayList<>(doubts);
        all.addFirst(uncertainty);
        return new PhysicalState(candidates, complete, nearest, discrepancies, unexplained, all);
    }

    /** Whether there is exactly one set that matches. */
    public boolean exact() {
        return complete && candidates.size() == 1;
    }

    /**
     * An object that no revision is known to make.
     *
     * @param perhaps a revision that may have made it in a place that cannot be read; absent: none can have, it was made outside
     *     of migrations
     */
    public record Unexplained(ObjectName object, @Nullable String perhaps) {}
}
