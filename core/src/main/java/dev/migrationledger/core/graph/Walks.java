package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.graph.Identified.Reason;
import dev.migrationledger.core.graph.RevisionIdentifiers.Branch;
import dev.migrationledger.core.graph.RevisionIdentifiers.Unresolved;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Steps along {@code down_revision}, each of which has to have one way to go. */
final class Walks {

    /** Where a walk is that stands on no revision. */
    static final int BASE = -1;

    private final Links links;

    Walks(Links links) {
        this.links = links;
    }

    /**
     * So many steps up.
     *
     * @param branch only its revisions are stepped on; absent: any
     * @param exactly whether it is refused to end before the steps do
     */
    List<Integer> up(int start, @Nullable Branch branch, Typed typed, boolean exactly) throws Unresolved {
        int at = start;
        for (int step = 0; step < steps(typed); step++) {
            BitSet above = above(at);
            if (branch != null) {
                above.and(branch.lineage());
            }
            if (above.isEmpty() && exactly) {
                throw tooFar(typed, "%s %s".formatted(only(step, "above"), name(start)));
            }
            if (above.isEmpty()) {
                break;
            }
            if (above.cardinality() > 1) {
                throw ambiguous("Ambiguous walk: above %s there are several revisions".formatted(name(at)), above,
                        "name one of them, or its branch as in '<branchname>@%s'".formatted(typed.relative()));
            }
            at = above.nextSetBit(0);
        }
        return at == BASE ? List.of() : List.of(at);
    }

    /** So many steps down; ending on no revision is the base, and no step further is possible. */
    List<Integer> down(int start, Typed typed, boolean exactly) throws Unresolved {
        int at = start;
        for (int step = 0; step < steps(typed); step++) {
            if (at == BASE && exactly) {
                throw tooFar(typed, "%s %s".formatted(only(step, "from"), name(start)));
            }
            if (at == BASE) {
                break;
            }
            BitSet below = below(at);
            if (below.cardinality() > 1) {
                throw ambiguous("Ambiguous walk: %s has several parents".formatted(name(at)), below,
                        "name one of them");
            }
            if (below.isEmpty() && !links.revisions.get(at).parents().isEmpty()) {
                throw new Unresolved(Reason.UNKNOWN,
                        "Can't locate revision identified by '%s', the parent of %s; bring its file back."
                                .formatted(Problems.shortened(links.revisions.get(at).parents().getFirst()), name(at)),
                        List.of());
            }
            at = below.isEmpty() ? BASE : below.nextSetBit(0);
        }
        return at == BASE ? List.of() : List.of(at);
    }

    /** The same from each of several revisions. */
    List<Integer> downFromEach(BitSet starts, Typed typed, boolean exactly) throws Unresolved {
        List<Integer> ends = new ArrayList<>();
        for (int start = starts.nextSetBit(0); start >= 0; start = starts.nextSetBit(start + 1)) {
            ends.addAll(down(start, typed, exactly));
        }
        return ends;
    }

    /** Where a walk in a branch starts: those of these revisions that are on it, else the last ones before them that are. */
    BitSet onBranch(BitSet current, Branch branch) {
        BitSet sharing = sharing(current, branch);
        if (!sharing.isEmpty()) {
            return sharing;
        }
        BitSet before = sharing(links.requirements.reachable(current), branch);
        return withoutRequired(before, links.requirements);
    }

    /** All that is applied, without what something else applied comes after along {@code down_revision}. */
    BitSet tips(BitSet current) {
        BitSet applied = links.requirements.reachable(current);
        return withoutRequired(applied, links.parents);
    }

    BitSet sharing(BitSet revisions, Branch branch) {
        BitSet sharing = (BitSet) revisions.clone();
        sharing.and(branch.lineage());
        return sharing;
    }

    Unresolved tooFar(Typed typed, String why) {
        return new Unresolved(Reason.TOO_FAR,
                "Relative revision %s didn't produce %d migrations: %s; type another number of steps."
                        .formatted(typed.relative(), steps(typed), why),
                List.of());
    }

    Unresolved ambiguous(String problem, BitSet revisions, String advice) {
        List<String> ids = revisions.stream().mapToObj(links::id).toList();
        return new Unresolved(Reason.AMBIGUOUS_WALK, "%s (%s); %s.".formatted(problem,
                ListText.and(ids.stream().map(id -> "'" + Problems.shortened(id) + "'").toList()), advice),
                ids);
    }

    private static BitSet withoutRequired(BitSet revisions, Arrows arrows) {
        BitSet last = (BitSet) revisions.clone();
        revisions.stream().forEach(i -> {
            for (int at = arrows.start(i); at < arrows.start(i + 1); at++) {
                last.clear(arrows.target(at));
            }
        });
        return last;
    }

    private BitSet above(int at) {
        BitSet above = new BitSet();
        if (at == BASE) {
            IntStream.range(0, links.revisions.size())
                    .filter(i -> links.isFound(i) && links.revisions.get(i).parents().isEmpty())
                    .forEach(above::set);
        } else {
            targets(links.children, at, above);
        }
        return above;
    }

    private BitSet below(int at) {
        BitSet below = new BitSet();
        targets(links.parents, at, below);
        return below;
    }

    private static void targets(Arrows arrows, int node, BitSet targets) {
        for (int at = arrows.start(node); at < arrows.start(node + 1); at++) {
            targets.set(arrows.target(at));
        }
    }

    private static int steps(Typed typed) {
        return typed.steps() == null ? 0 : Math.abs(typed.steps());
    }

    private static String only(int steps, String where) {
        return steps == 0
                ? "there is nothing " + where
                : "there %s only %d %s".formatted(steps == 1 ? "is" : "are", steps, where);
    }

    private String name(int number) {
        return number == BASE ? "the base" : "'" + Problems.shortened(links.id(number)) + "'";
    }
}
