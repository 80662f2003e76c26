package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * The order in which Alembic runs revisions ({@code RevisionMap._topological_sort}, found backwards from the targets): it goes down one
 * branch until another unfinished branch needs what it meets there, so two branches never alternate without a reason. Among unordered
 * branches the order of the files decides.
 */
final class UpgradeOrder {

    private final Links links;
    /** What a revision needs has a smaller number here than the revision. */
    private final int[] position;
    private final Order order;
    private final BitSet todo;
    /** Revisions that more than one other depends on. */
    private final BitSet declaredTwice = new BitSet();
    private final List<Integer> current = new ArrayList<>();
    /** For each of {@link #current} itself and all that it needs, less what was emitted on a plain way down. */
    private final List<Needed> needed = new ArrayList<>();
    private final List<Integer> emitted = new ArrayList<>();

    private UpgradeOrder(Links links, Order order, BitSet todo) {
        this.links = links;
        this.order = order;
        position = new int[order.nodes.length];
        for (int i = 0; i < position.length; i++) {
            position[order.nodes[i]] = i;
        }
        this.todo = (BitSet) todo.clone();
        BitSet declared = new BitSet();
        links.revisions.forEach(revision -> dependencies(revision).forEach(dependency -> {
            declaredTwice.set(dependency, declaredTwice.get(dependency) || declared.get(dependency));
            declared.set(dependency);
        }));
    }

    private List<Integer> dependencies(Revision revision) {
        return revision.dependsOn().isEmpty()
                ? List.of()
                : revision.dependsOn().stream().map(links::required).filter(Objects::nonNull).distinct().toList();
    }

    /**
     * Parents and dependencies first.
     *
     * @param todo without a cycle, and with each revision all that it needs and that has not run
     * @param targets those among them that are asked for
     */
    static List<Integer> of(Links links, Order order, BitSet todo, BitSet targets) {
        UpgradeOrder upgrade = new UpgradeOrder(links, order, todo);
        targets.stream().filter(todo::get).forEach(upgrade::begin);
        upgrade.run();
        return upgrade.emitted.reversed();
    }

    /** What a revision needs, itself included, followed down only as far as is asked for. */
    private final class Needed {
        private final int first;
        private final BitSet found = new BitSet();
        private final BitSet removed = new BitSet();
        /** From here on up all that was found was followed. */
        private int followed;

        Needed(int revision) {
            first = position[revision];
            found.set(first);
            followed = first + 1;
        }

        boolean has(int revision) {
            int at = position[revision];
            if (at > first) {
                return false;
            }
            for (int next = found.previousSetBit(followed - 1); next > at; next = found.previousSetBit(next - 1)) {
                follow(next);
                followed = next;
            }
            return found.get(at) && !removed.get(at);
        }

        void remove(int revision) {
            removed.set(position[revision]);
        }

        private void follow(int at) {
            int node = order.nodes[at];
            Arrows requirements = links.requirements;
            for (int arrow = requirements.start(node); arrow < requirements.start(node + 1); arrow++) {
                found.set(position[requirements.target(arrow)]);
            }
        }
    }

    private void begin(int head) {
        current.add(head);
        needed.add(new Needed(head));
    }

    private void run() {
        int at = 0;
        while (!current.isEmpty()) {
            int candidate = current.get(at);
            int other = neededBy(candidate, at);
            if (other >= 0) {
                at = other;
                continue;
            }
            if (todo.get(candidate)) {
                emitted.add(candidate);
                todo.clear(candidate);
            }
            at = descend(candidate, at);
        }
    }

    private int neededBy(int candidate, int at) {
        for (int i = 0; i < needed.size(); i++) {
            if (i != at && needed.get(i).has(candidate)) {
                return i;
            }
        }
        return -1;
    }

    private int descend(int candidate, int at) {
        List<Integer> requirements = requirements(candidate);
        List<Integer> next = new ArrayList<>(requirements);
        next.removeIf(revision -> !todo.get(revision) || current.contains(revision));
        if (next.isEmpty()) {
            current.subList(at, at + 1).clear();
            needed.remove(at);
            return Math.max(at - 1, 0);
        }
        current.set(at, next.getFirst());
        if (requirements.size() == 1) {
            needed.get(at).remove(candidate);
        } else {
            needed.set(at, new Needed(next.getFirst()));
            next.stream().skip(1).forEach(this::begin);
        }
        return at;
    }

    /** Parents, then dependencies less those that an ancestor along {@code down_revision} declares already. */
    private List<Integer> requirements(int revision) {
        List<Integer> all = new ArrayList<>();
        Arrows parents = links.parents;
        for (int at = parents.start(revision); at < parents.start(revision + 1); at++) {
            all.add(parents.target(at));
        }
        List<Integer> dependencies = dependencies(links.revisions.get(revision));
        if (!dependencies.isEmpty()) {
            BitSet declared = dependencies.stream().anyMatch(declaredTwice::get)
                    ? declaredAbove(revision)
                    : new BitSet();
            dependencies.stream().filter(dependency -> !declared.get(dependency) && !all.contains(dependency))
                    .forEach(all::add);
        }
        return all;
    }

    private BitSet declaredAbove(int revision) {
        BitSet declared = new BitSet();
        BitSet itself = new BitSet();
        itself.set(revision);
        BitSet above = links.parents.reachable(itself);
        above.clear(revision);
        above.stream().forEach(ancestor -> dependencies(links.revisions.get(ancestor)).forEach(declared::set));
        return declared;
    }
}
