package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Revisions by number (their place in the input) and what they point to. Where an id is declared twice, both revisions are
 * there, but only the last one is found by the id and has arrows: so Alembic loads them.
 */
final class Links {

    final List<Revision> revisions;

    /** Along {@code down_revision}. */
    final Arrows parents;

    /** Along {@code down_revision} and {@code depends_on}. */
    final Arrows requirements;

    /** Against {@code down_revision}. */
    final Arrows children;

    /** Against {@code down_revision} and {@code depends_on}. */
    final Arrows followers;

    private final Map<String, Integer> byId;
    private final Map<String, Integer> byLabel;

    Links(Collection<Revision> given) {
        revisions = List.copyOf(given);
        byId = HashMap.newHashMap(revisions.size());
        byLabel = new HashMap<>();
        boolean dependencies = false;
        for (int i = 0; i < revisions.size(); i++) {
            Revision revision = revisions.get(i);
            byId.put(revision.revision(), i);
            dependencies |= !revision.dependsOn().isEmpty();
            for (String label : revision.labels()) {
                byLabel.putIfAbsent(label, i);
            }
        }
        parents = arrows(false);
        children = parents.reversed();
        requirements = dependencies ? arrows(true) : parents;
        followers = dependencies ? requirements.reversed() : children;
    }

    private Arrows arrows(boolean withDependencies) {
        Arrows.Builder arrows = new Arrows.Builder(revisions.size());
        for (int i = 0; i < revisions.size(); i++) {
            Revision revision = revisions.get(i);
            if (isFound(i)) {
                for (String parent : revision.parents()) {
                    point(arrows, byId.get(parent));
                }
                if (withDependencies) {
                    for (String dependency : revision.dependsOn()) {
                        point(arrows, required(dependency));
                    }
                }
            }
            arrows.nextNode();
        }
        return arrows.build();
    }

    private static void point(Arrows.Builder arrows, @Nullable Integer target) {
        if (target != null) {
            arrows.add(target);
        }
    }

    /** The number of the revision with exactly this id. */
    @Nullable
    Integer number(String id) {
        return byId.get(id);
    }

    /** The number of the first revision that declares this branch label. */
    @Nullable
    Integer labelled(String label) {
        return byLabel.get(label);
    }

    /** What a {@code depends_on} means: an id, or a branch label for the revision that declares it (not its head). */
    @Nullable
    Integer required(String dependency) {
        Integer exact = byId.get(dependency);
        Integer labelled = exact == null ? byLabel.get(dependency) : exact;
        return labelled == null ? null : byId.get(id(labelled));
    }

    /** False for a revision whose id a later one took. */
    boolean isFound(int number) {
        Integer found = byId.get(id(number));
        return found != null && found == number;
    }

    String id(int number) {
        return revisions.get(number).revision();
    }

    /** The numbers of those ids that are known. */
    BitSet numbers(Collection<String> ids) {
        BitSet numbers = new BitSet(revisions.size());
        for (String id : ids) {
            Integer number = byId.get(id);
            if (number != null) {
                numbers.set(number);
            }
        }
        return numbers;
    }
}
