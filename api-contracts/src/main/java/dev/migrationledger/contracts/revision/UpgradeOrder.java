package dev.migrationledger.contracts.revision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The order in which Alembic runs revisions ({@code RevisionMap._topological_sort}, found backwards from the targets): it goes down one
 * branch until another unfinished branch needs what it meets there, so two branches never alternate without a reason. Among unordered
 * branches the order of the files decides.
 */
final class UpgradeOrder {

    private final Links links;
    private final BitSet todo;
    private final List<Integer> current = new ArrayList<>();
    /** For each of {@link #current} itself and all that it needs, less what was emitted on a plain way down. */
    private final List<BitSet> needed = new ArrayList<>();
    private final List<Integer> emitted = new ArrayList<>();

    private UpgradeOrder(Links links, BitSet todo) {
        this.links = links;
        this.todo = (BitSet) todo.clone();
    }

    /**
     * Parents and dependencies first.
     *
     * @param todo without a cycle, and with each revision all that it needs and that has not run
     * @param targets those among them that are asked for
     */
    static List<Integer> of(Links links, BitSet todo, BitSet targets) {
        UpgradeOrder order = new UpgradeOrder(links, todo);
        targets.stream().filter(todo::get).forEach(order::begin);
        order.run();
        return order.emitted.reversed();
    }

    private void begin(int head) {
        current.add(head);
        needed.add(needs(head));
    }

    private BitSet needs(int revision) {
        BitSet itself = new BitSet();
        itself.set(revision);
        return links.requirements.reachable(itself);
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
            if (i != at && needed.get(i).get(candidate)) {
                return i;
            }
        }
        return -1;
    }

    private int descend(int candidate, int at) {
        List<Integer> next = requirements(candidate).stream()
                .filter(revision -> todo.get(revision) && !current.contains(revision))
                .toList();
        if (next.isEmpty()) {
            current.subList(at, at + 1).clear();
            needed.remove(at);
            return Math.max(at - 1, 0);
        }
        current.set(at, next.getFirst());
        if (requirements(candidate).size() == 1) {
            needed.get(at).clear(candidate);
        } else {
            needed.set(at, needs(next.getFirst()));
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
        if (links.revisions.get(revision).dependsOn().isEmpty()) {
            return all;
        }
        BitSet declared = new BitSet();
        BitSet itself = new BitSet();
        itself.set(revision);
        BitSet above = parents.reachable(itself);
        above.clear(revision);
        above.stream().forEach(ancestor -> links.revisions.get(ancestor).dependsOn().forEach(name -> {
            Integer dependency = links.required(name);
            if (dependency != null) {
                declared.set(dependency);
            }
        }));
        for (String name : links.revisions.get(revision).dependsOn()) {
            Integer dependency = links.required(name);
            if (dependency != null && !declared.get(dependency) && !all.contains(dependency)) {
                all.add(dependency);
            }
        }
        return all;
    }
}
