package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.SameCode;
import dev.migrationledger.contracts.scripts.GraphProblem.EffectiveHead;
import dev.migrationledger.contracts.scripts.GraphProblem.SeveralHeads;
import java.util.ArrayList;
import java.util.BitSet;
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

    /** Of as many heads it is compared what they do. */
    private static final int MOST_COMPARED = 3;

    private static final int MOST_SAME = 3;

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
        return Optional.of(new SeveralHeads(Problems.declared(links, heads), labelled, effective(links, heads),
                labelled ? List.of() : same(links, heads)));
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

    /** What one way does already, the upgrade after a merge would do again on the other. */
    private static List<SameCode> same(Links links, List<Integer> heads) {
        List<BitSet> ways = heads.stream().limit(MOST_COMPARED).map(head -> {
            BitSet start = new BitSet();
            start.set(head);
            return links.requirements.reachable(start);
        }).toList();
        List<SameCode> same = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            for (int j = i + 1; j < ways.size(); j++) {
                same.addAll(CodeComparison.between(lacking(links, ways.get(i), ways.get(j)),
                        lacking(links, ways.get(j), ways.get(i))));
            }
        }
        return same.stream().distinct().limit(MOST_SAME)
                .map(it -> new SameCode(Problems.shortened(it.one()), Problems.shortened(it.other())))
                .toList();
    }

    private static List<Revision> lacking(Links links, BitSet has, BitSet lacks) {
        BitSet more = (BitSet) has.clone();
        more.andNot(lacks);
        return more.stream().mapToObj(links.revisions::get).toList();
    }

    private static boolean eachHasItsLabel(Links links, List<Integer> heads) {
        List<Set<String>> labels = heads.stream().map(head -> Labels.of(links, head)).toList();
        return labels.stream().allMatch(own -> own.stream()
                .anyMatch(label -> labels.stream().filter(other -> other.contains(label)).count() == 1));
    }
}
