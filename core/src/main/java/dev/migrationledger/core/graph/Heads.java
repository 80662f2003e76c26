package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.scripts.GraphProblem.EffectiveHead;
import dev.migrationledger.contracts.scripts.GraphProblem.SeveralHeads;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Several heads stop {@code alembic upgrade head}. Where each has a branch label that no other has, they are intended, and that is
 * only worth knowing.
 */
final class Heads {

    /** Nobody names more branches by hand, and each head's labels cost a walk through the history. */
    private static final int MOST_LABELLED = 64;

    /** More are not read. */
    private static final int MOST_EFFECTIVE = 3;

    private Heads() {}

    static Optional<SeveralHeads> problem(Links links) {
        List<Integer> heads = IntStream.range(0, links.revisions.size())
                .filter(i -> links.isFound(i) && links.children.count(i) == 0)
                .boxed()
                .toList();
        if (heads.size() < 2) {
            return Optional.empty();
        }
        boolean labelled = heads.size() <= MOST_LABELLED && eachHasItsLabel(links, heads);
        return Optional.of(new SeveralHeads(Problems.declared(links, heads), labelled, effective(links, heads)));
    }

    /** What Alembic calls an effective head has no row of its own once the revision ran that depends on it. */
    private static List<EffectiveHead> effective(Links links, List<Integer> heads) {
        return heads.stream()
                .filter(head -> links.followers.count(head) > 0)
                .limit(MOST_EFFECTIVE)
                .map(head -> new EffectiveHead(Problems.shortened(links.id(head)),
                        Problems.shortened(links.id(links.followers.target(links.followers.start(head))))))
                .toList();
    }

    private static boolean eachHasItsLabel(Links links, List<Integer> heads) {
        List<Set<String>> labels = heads.stream().map(head -> Labels.of(links, head)).toList();
        return labels.stream().allMatch(own -> own.stream()
                .anyMatch(label -> labels.stream().filter(other -> other.contains(label)).count() == 1));
    }
}
