package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.divergence.project.ProjectRule.Change;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The environments of a project by what counts as applied in them, and which of these positions part from one another. */
final class ForkPositions {

    /** A number for each revision that was ever applied anywhere. */
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> revisions = new ArrayList<>();

    private final Map<String, Map<BitSet, Position>> groups = new HashMap<>();

    private final Map<String, Position> byEnvironment = new HashMap<>();

    /**
     * How a position parts from others that at least as many environments share.
     *
     * @param there the first environment of the largest of them
     * @param graph its scripts
     * @param others the further environments of all of them; of very many the first
     * @param count how many further ones they are
     */
    record Fork(
            String there, RevisionGraph graph, List<String> onlyHere, List<String> onlyThere, List<String> others,
            int count) {}

    /** Environments of a group with the same applied revisions. */
    private static final class Position {
        private static final Comparator<Position> LARGEST_FIRST = Comparator.comparingInt((Position it) -> -it.size())
                .thenComparing(it -> it.first().name());

        private final String group;

        /** By number; a bit costs less than a name where hundreds of positions are held against one another. */
        private final BitSet applied;

        private final TreeMap<String, EnvironmentSnapshot> environments = new TreeMap<>();

        /** Absent: it parts from none. */
        private @Nullable Fork fork;

        Position(String group, BitSet applied) {
            this.group = group;
            this.applied = applied;
        }

        int size() {
            return environments.size();
        }

        EnvironmentSnapshot first() {
            return environments.firstEntry().getValue();
        }

        boolean partsFrom(Position other) {
            return group.equals(other.group) && !lacking(other).isEmpty() && !other.lacking(this).isEmpty();
        }

        /** What is applied here and not there. */
        BitSet lacking(Position other) {
            BitSet more = (BitSet) applied.clone();
            more.andNot(other.applied);
            return more;
        }
    }

    /** Whether it is known what counts as applied in an environment. */
    boolean contains(String environment) {
        return byEnvironment.containsKey(environment);
    }

    /** How the position of an environment parts from others; empty if it parts from none. */
    Optional<Fork> fork(String environment) {
        return Optional.ofNullable(byEnvironment.get(environment)).map(position -> position.fork);
    }

    /** As {@link ProjectRule#update}. */
    Collection<String> update(List<Change> changes) {
        Map<Position, Integer> sizesBefore = moved(changes);
        Set<String> affected = new HashSet<>();
        for (String group : sizesBefore.keySet().stream().map(it -> it.group).collect(Collectors.toSet())) {
            List<Position> positions = groups.getOrDefault(group, Map.of()).values().stream()
                    .sorted(Position.LARGEST_FIRST).toList();
            for (Position position : positions) {
                if (sizesBefore.containsKey(position) || seesAny(position, sizesBefore)) {
                    Fork fork = fork(position, positions);
                    if (!Objects.equals(fork, position.fork)) {
                        position.fork = fork;
                        affected.addAll(position.environments.keySet());
                    }
                }
            }
        }
        return affected;
    }

    /** Takes environments from their old positions to their new ones. Returns these positions, and how many environments each had before. */
    private Map<Position, Integer> moved(List<Change> changes) {
        Map<Position, Integer> sizesBefore = new HashMap<>();
        // Environments with the same scripts share a graph: what it implies is worked out once for each of its rows.
        IdentityHashMap<RevisionGraph, Map<List<String>, Optional<BitSet>>> implied = new IdentityHashMap<>();
        for (Change change : changes) {
            Position old = byEnvironment.remove(change.name());
            if (old != null) {
                sizesBefore.putIfAbsent(old, old.size());
                old.environments.remove(change.name());
            }
            EnvironmentSnapshot now = change.now();
            if (now != null && now.rows() != null) {
                implied.computeIfAbsent(now.graph(), _ -> new HashMap<>())
                        .computeIfAbsent(now.rows(), _ -> applied(now))
                        .ifPresent(applied -> {
                            Position position = groups.computeIfAbsent(now.group(), _ -> new HashMap<>())
                                    .computeIfAbsent(applied, _ -> new Position(now.group(), applied));
                            sizesBefore.putIfAbsent(position, position.size());
                            position.environments.put(now.name(), now);
                            byEnvironment.put(now.name(), position);
                        });
            }
        }
        sizesBefore.keySet().stream().filter(it -> it.size() == 0)
                .forEach(it -> groups.getOrDefault(it.group, Map.of()).remove(it.applied));
        return sizesBefore;
    }

    private Optional<BitSet> applied(EnvironmentSnapshot environment) {
        if (!environment.isPlaced()) {
            return Optional.empty();
        }
        BitSet applied = new BitSet();
        for (String id : environment.applied()) {
            applied.set(numbers.computeIfAbsent(id, _ -> {
                revisions.add(id);
                return revisions.size() - 1;
            }));
        }
        return Optional.of(applied);
    }

    /** Whether a position parts from one of those that changed, and that one counts or did. */
    private static boolean seesAny(Position position, Map<Position, Integer> sizesBefore) {
        return sizesBefore.entrySet().stream()
                .anyMatch(it -> Math.max(it.getValue(), it.getKey().size()) >= position.size()
                        && position.partsFrom(it.getKey()));
    }

    /** @param positions of its group, the largest first */
    private @Nullable Fork fork(Position position, List<Position> positions) {
        List<Position> others = positions.stream()
                .takeWhile(other -> other.size() >= position.size())
                .filter(position::partsFrom)
                .toList();
        if (others.isEmpty()) {
            return null;
        }
        Position largest = others.getFirst();
        return new Fork(largest.first().name(), largest.first().graph(), onlyIn(position, largest),
                onlyIn(largest, position),
                others.stream().flatMap(it -> it.environments.keySet().stream()).skip(1).limit(MessageValues.ENOUGH)
                        .toList(),
                others.stream().mapToInt(Position::size).sum() - 1);
    }

    /** Revisions that are applied here and not there, parents first. */
    private List<String> onlyIn(Position here, Position there) {
        return here.first().graph().topological(here.lacking(there).stream().mapToObj(revisions::get).toList());
    }
}
