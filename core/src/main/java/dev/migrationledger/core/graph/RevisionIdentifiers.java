package dev.migrationledger.core.graph;

import dev.migrationledger.core.graph.Identified.Found;
import dev.migrationledger.core.graph.Identified.NotFound;
import dev.migrationledger.core.graph.Identified.Reason;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Alembic's ways to name revisions, each with Alembic's meaning:
 *
 * <pre>
 * ae1027a6acf        an id, a branch label, or the beginning of one that has four characters at least
 * head  heads  base  the one revision without a child; all that nothing needs; before any revision
 * label@head         the same, of one branch; label@heads, label@base too. A branch may also be named by a revision
 * label@ae10         a revision of that branch only; rev@head: the head that comes after it
 * ae10+2  ae10-1     steps up or down from a revision; label@ae10+2 goes up in that branch
 * +2  -1  label@+2   steps from where the database is
 * </pre>
 *
 * <p>What a person gets wrong is an answer, not an exception. It says what Alembic's message says, and more: which revisions an
 * ambiguous name fits, and which were probably meant. Where Alembic fails with an assertion or answers with whatever comes
 * first, this refuses with a reason.
 */
public final class RevisionIdentifiers {

    private final Links links;
    private final RevisionLookup lookup;
    private final Walks walks;

    /** The identifiers of one history. */
    public RevisionIdentifiers(RevisionGraph graph) {
        links = graph.links();
        lookup = new RevisionLookup(graph);
        walks = new Walks(links);
    }

    /**
     * What an identifier means where no database is asked: to {@code show}, or as the target of a {@code stamp}. Steps without
     * a revision before them go down from every head; going up from nowhere is refused.
     */
    public Identified named(String text) {
        return answer(() -> {
            Typed typed = lookup.isExact(text) ? Typed.absolute(text) : Typed.of(text);
            if (typed.steps() == null) {
                return found(lookup.all(typed), typed);
            }
            if (!typed.symbol().isEmpty()) {
                return found(fromSymbol(typed, true), typed);
            }
            if (typed.up()) {
                throw new Unresolved(Reason.UNKNOWN, ("'%s' counts from where a database is, and none is asked here; "
                        + "put a revision before it, such as 'base%s'.").formatted(text, text), List.of());
            }
            return found(walks.downFromEach(lookup.realHeads(lookup.branch(typed.branch())), typed, true), typed);
        });
    }

    /**
     * What {@code alembic upgrade} would take it for.
     *
     * @param rows of the version table; none: nothing is applied
     */
    public Identified upgradeTarget(String text, Collection<String> rows) {
        return answer(() -> {
            Typed typed = Typed.of(text);
            return found(upgradeTarget(typed, rows, true), typed);
        });
    }

    /**
     * What {@code alembic downgrade} would take it for. The base is no revision; of which branch, the answer's branch says.
     *
     * @param rows of the version table
     */
    public Identified downgradeTarget(String text, Collection<String> rows) {
        return answer(() -> {
            Typed typed = Typed.of(text);
            if (typed.steps() == null) {
                lookup.branch(typed.branch());
                return found(lookup.one(typed.withoutBranch()), typed);
            }
            if (!typed.symbol().isEmpty()) {
                return found(fromSymbol(typed, true), typed);
            }
            if (typed.up()) {
                throw walks.tooFar(typed, "a downgrade goes down");
            }
            return found(walks.down(currentRow(typed, rows), typed, true), typed);
        });
    }

    /**
     * The revisions of a range as {@code alembic history -r lower:upper} lists them, both ends included, children before their
     * parents. A relative lower end counts down from the upper end, a relative upper end up from the lower; neither can be too far.
     *
     * @param lower empty: the base
     * @param upper empty: all heads, or those of the branch that the lower end names
     */
    public Identified between(String lower, String upper) {
        return answer(() -> {
            Typed from = Typed.of(lower.isEmpty() ? "base" : lower);
            // Of one branch, all heads are that branch's; Alembic leaves nothing of it where another branch depends on it.
            String heads = from.branch() == null ? "heads" : from.branch() + "@heads";
            Typed to = Typed.of(upper.isEmpty() ? heads : upper);
            boolean downwards = from.steps() != null && from.symbol().isEmpty();
            BitSet lowest = new BitSet();
            if (!downwards) {
                (from.steps() == null ? lookup.all(from) : fromSymbol(from, false)).forEach(lowest::set);
            }
            List<String> start = lowest.stream().mapToObj(links::id).toList();
            BitSet targets = new BitSet();
            upgradeTarget(to, start, false).forEach(targets::set);
            if (downwards) {
                walks.downFromEach(targets, from, false).forEach(lowest::set);
            }
            Branch branch = lookup.branch(from.branch());
            if (branch != null) {
                targets.and(branch.lineage());
            }
            BitSet range = links.requirements.reachable(targets);
            BitSet outside = (BitSet) lowest.clone();
            outside.andNot(range);
            if (!outside.isEmpty()) {
                throw notARange(lower, upper, targets, lowest);
            }
            if (!lowest.isEmpty()) {
                range.and(links.children.reachable(lowest));
            }
            return new Found(lookup.graph().topological(range.stream().mapToObj(links::id).toList()).reversed(), null);
        });
    }

    private List<Integer> upgradeTarget(Typed typed, Collection<String> rows, boolean exactly) throws Unresolved {
        if (typed.steps() == null) {
            return lookup.all(typed);
        }
        if (!typed.symbol().isEmpty()) {
            return fromSymbol(typed, exactly);
        }
        if (!typed.up()) {
            throw walks.tooFar(typed, "an upgrade goes up");
        }
        Branch branch = lookup.branch(typed.branch());
        BitSet start = current(rows);
        if (branch != null) {
            start = walks.onBranch(start, branch);
        }
        if (start.cardinality() > 1) {
            throw walks.ambiguous("Ambiguous upgrade from multiple current revisions", start,
                    "put one of them before '%s'".formatted(typed.relative()));
        }
        return walks.up(start.isEmpty() ? Walks.BASE : start.nextSetBit(0), branch, typed, exactly);
    }

    /** Steps up or down from a revision that was named. */
    private List<Integer> fromSymbol(Typed typed, boolean exactly) throws Unresolved {
        if (typed.up()) {
            Branch branch = lookup.branch(typed.branch());
            return walks.up(start(lookup.one(typed.withoutBranch())), branch, typed, exactly);
        }
        return walks.down(start(lookup.one(typed)), typed, exactly);
    }

    private static int start(List<Integer> one) {
        return one.isEmpty() ? Walks.BASE : one.getFirst();
    }

    /** The row that a downgrade by steps starts from. Alembic takes the first of several in no order, which is refused here. */
    private int currentRow(Typed typed, Collection<String> rows) throws Unresolved {
        Branch branch = lookup.branch(typed.branch());
        BitSet current = current(rows);
        if (branch != null) {
            BitSet onBranch = walks.sharing(current, branch);
            current = onBranch.isEmpty() ? walks.sharing(walks.tips(current), branch) : onBranch;
        }
        if (current.isEmpty()) {
            throw walks.tooFar(typed, "nothing is applied");
        }
        if (current.cardinality() > 1) {
            throw walks.ambiguous("Ambiguous walk from multiple current revisions", current,
                    "put one of them before '%s'".formatted(typed.relative()));
        }
        return current.nextSetBit(0);
    }

    private BitSet current(Collection<String> rows) throws Unresolved {
        BitSet current = new BitSet();
        for (String row : Set.copyOf(rows)) {
            lookup.all(Typed.absolute(row)).forEach(current::set);
        }
        return current;
    }

    private Unresolved notARange(String lower, String upper, BitSet targets, BitSet lowest) {
        boolean reversed = links.requirements.reachable(lowest).intersects(targets) && !upper.isEmpty();
        return new Unresolved(Reason.NOT_A_RANGE,
                "Requested range %s:%s does not refer to ancestor/descendant revisions along the same branch; %s."
                        .formatted(lower, upper, reversed
                                ? "the older end comes first: '%s:%s'".formatted(upper, lower)
                                : "name an end that comes after '%s'".formatted(lower)),
                List.of());
    }

    private Found found(List<Integer> numbers, Typed typed) {
        return new Found(new ArrayList<>(numbers.stream().map(links::id).distinct().toList()), typed.branch());
    }

    private interface Question {
        Found ask() throws Unresolved;
    }

    private static Identified answer(Question question) {
        try {
            return question.ask();
        } catch (Unresolved e) {
            return new NotFound(e.reason(), e.text(), e.candidates());
        }
    }

    /** Why an identifier has no answer; never leaves this class. */
    static final class Unresolved extends Exception {
        private static final long serialVersionUID = 1L;

        private final Reason reason;
        private final transient List<String> candidates;

        Unresolved(Reason reason, String message, List<String> candidates) {
            super(message, null, false, false);
            this.reason = reason;
            this.candidates = List.copyOf(candidates);
        }

        Reason reason() {
            return reason;
        }

        String text() {
            return String.valueOf(getMessage());
        }

        List<String> candidates() {
            return candidates;
        }
    }

    /**
     * A branch as somebody named it.
     *
     * @param lineage its revision with everything before and after it along {@code down_revision}
     */
    record Branch(String name, BitSet lineage) {}
}
