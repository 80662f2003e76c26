package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.GraphProblem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The graph that revisions form, with Alembic's meaning of each word. Any content makes a graph: what is wrong with it is
 * among its {@link #problems()}, and every question is still answered as far as the rest allows.
 *
 * <p>Ids are exact; an id that is not in the graph is passed over, except where a method says otherwise. Lists are in the
 * order of the input unless they say "parents before children". A graph never changes and may be shared between threads.
 */
public final class RevisionGraph {

    private final Links links;

    // Found when first asked for. Two threads may both find them: they find the same.
    private @Nullable Order order;
    private @Nullable List<GraphProblem> problems;

    private RevisionGraph(Links links) {
        this.links = links;
    }

    /** The graph of these revisions, in the order in which the migration tool would load them. Never refuses any. */
    public static RevisionGraph of(Collection<Revision> revisions) {
        return new RevisionGraph(new Links(revisions));
    }

    /** All that were given, in that order, those with the same id included. */
    public List<Revision> revisions() {
        return links.revisions;
    }

    /** The revision with exactly this id; the last one where several have it. */
    public Optional<Revision> find(String id) {
        return Optional.ofNullable(links.number(id)).map(links.revisions::get);
    }

    public boolean contains(String id) {
        return links.number(id) != null;
    }

    /** Ids without a child. A revision whose id a later one took has none, so its id may stand here again. */
    public List<String> heads() {
        return ids(i -> links.children.count(i) == 0);
    }

    /** Whether a revision names a parent or dependency that is not there: then a head may be none, once the name is right. */
    public boolean lacksParents() {
        return problems().stream().anyMatch(problem -> problem.code() == DivergenceCode.MISSING_PARENT);
    }

    /** Heads that no other revision depends on either. */
    public List<String> realHeads() {
        return ids(i -> links.followers.count(i) == 0);
    }

    /** Ids without a parent, declared twice if two files declare them. */
    public List<String> bases() {
        return ids(i -> links.revisions.get(i).parents().isEmpty());
    }

    /** Ids with several parents. */
    public List<String> mergePoints() {
        return ids(i -> links.isFound(i) && links.revisions.get(i).parents().size() > 1);
    }

    /** Ids with several children. */
    public List<String> branchPoints() {
        return ids(i -> links.children.count(i) > 1);
    }

    /** The revisions that name this one as a parent. */
    public List<String> children(String id) {
        Integer number = links.number(id);
        return number == null
                ? List.of()
                : IntStream.range(links.children.start(number), links.children.start(number + 1))
                        .mapToObj(at -> links.id(links.children.target(at)))
                        .toList();
    }

    /** What this revision needs at once: its parents and what it depends on, labels resolved. None for an unknown one. */
    public List<String> requirements(String id) {
        Integer number = links.number(id);
        return number == null
                ? List.of()
                : IntStream.range(links.requirements.start(number), links.requirements.start(number + 1))
                        .mapToObj(at -> links.id(links.requirements.target(at)))
                        .toList();
    }

    /** These and everything they need, along parents and dependencies. */
    public Set<String> ancestors(Collection<String> ids) {
        return new Numbered(links, above(ids));
    }

    /** These and everything that needs them, along parents and dependencies. */
    public Set<String> descendants(Collection<String> ids) {
        return new Numbered(links, links.followers.reachable(links.numbers(ids)));
    }

    /** What a version table with these rows says is applied: the rows and all their ancestors, dependencies included. */
    public Set<String> implied(Collection<String> rows) {
        return ancestors(rows);
    }

    /** Those that name no revision, each once. */
    public List<String> unknown(Collection<String> rows) {
        return new LinkedHashSet<>(rows)
                .stream().filter(row -> !contains(row)).toList();
    }

    /**
     * Rows that another row implies already, which the migration tool never leaves behind and Alembic refuses to go on from.
     * The same row twice does not imply itself.
     */
    public List<String> overlapping(Collection<String> rows) {
        BitSet named = links.numbers(rows);
        BitSet last = last(links.requirements.reachable(named));
        int[] component = order().component;
        BitSet once = new BitSet();
        BitSet again = new BitSet();
        named.stream().map(row -> component[row]).forEach(cycle -> (once.get(cycle) ? again : once).set(cycle));
        return ids(i -> named.get(i) && (again.get(component[i]) || !last.get(i)));
    }

    /** Those of these ids that are known, each once, parents and dependencies first. Revisions on a cycle stay together. */
    public List<String> topological(Collection<String> ids) {
        return inOrder(links.numbers(ids));
    }

    /**
     * The last revisions that both sets of rows imply: where two databases part. Several if the common history has several
     * ends; none if there is no common history. Parents before children.
     */
    public List<String> mergeBase(Collection<String> left, Collection<String> right) {
        BitSet common = above(left);
        common.and(above(right));
        return inOrder(last(common));
    }

    /**
     * What has to run to come from one set of rows to another, in the order in which Alembic runs it. The way back is the path
     * with both swapped, reversed.
     */
    public List<String> upgradePath(Collection<String> fromRows, Collection<String> toRows) {
        BitSet missing = above(toRows);
        missing.andNot(above(fromRows));
        return hasCycle(missing)
                ? inOrder(missing)
                : UpgradeOrder.of(links, order(), missing, links.numbers(toRows)).stream().map(links::id).toList();
    }

    /** How many revisions have to run to come from one set of rows to another. Their order is not worked out. */
    public int distance(Collection<String> fromRows, Collection<String> toRows) {
        BitSet missing = above(toRows);
        missing.andNot(above(fromRows));
        return missing.cardinality();
    }

    private boolean hasCycle(BitSet numbers) {
        int[] component = order().component;
        BitSet met = new BitSet();
        for (int number = numbers.nextSetBit(0); number >= 0; number = numbers.nextSetBit(number + 1)) {
            if (met.get(component[number])) {
                return true;
            }
            met.set(component[number]);
            for (int at = links.requirements.start(number); at < links.requirements.start(number + 1); at++) {
                if (links.requirements.target(at) == number) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The branch labels that a revision carries: its own, those of its ancestors along {@code down_revision}, and those that
     * a descendant passes down, which ends before the first branch or merge point. Sorted.
     */
    public Set<String> labelsOf(String id) {
        Integer number = links.number(id);
        return number == null ? Set.of() : Labels.of(links, number);
    }

    /** {@link #labelsOf} of every revision that carries any, found in one go. */
    public Map<String, Set<String>> labels() {
        return Labels.all(links);
    }

    /** Everything wrong with this history, in the order of the divergence codes. */
    public List<GraphProblem> problems() {
        List<GraphProblem> found = problems;
        if (found == null) {
            found = Problems.of(links, order());
            problems = found;
        }
        return found;
    }

    Links links() {
        return links;
    }

    private Order order() {
        Order found = order;
        if (found == null) {
            found = Order.of(links.requirements);
            order = found;
        }
        return found;
    }

    private BitSet above(Collection<String> ids) {
        return links.requirements.reachable(links.numbers(ids));
    }

    /**
     * The members of a set with all its ancestors that nothing else in it comes after. On a cycle each comes after each, so
     * what is on the same cycle does not count.
     */
    private BitSet last(BitSet set) {
        int[] component = order().component;
        BitSet followed = new BitSet();
        set.stream().forEach(follower -> {
            for (int at = links.requirements.start(follower); at < links.requirements.start(follower + 1); at++) {
                int required = component[links.requirements.target(at)];
                if (required != component[follower]) {
                    followed.set(required);
                }
            }
        });
        BitSet last = new BitSet();
        set.stream().filter(i -> !followed.get(component[i])).forEach(last::set);
        return last;
    }

    private List<String> inOrder(BitSet numbers) {
        List<String> ids = new ArrayList<>(numbers.cardinality());
        for (int number : order().nodes) {
            if (numbers.get(number)) {
                ids.add(links.id(number));
            }
        }
        return List.copyOf(ids);
    }

    private List<String> ids(IntPredicate which) {
        return IntStream.range(0, links.revisions.size())
                .filter(which)
                .mapToObj(links::id)
                .toList();
    }
}
