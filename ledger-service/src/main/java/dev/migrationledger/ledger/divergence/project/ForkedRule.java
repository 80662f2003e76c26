package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Two environments have gone different ways: each has a revision applied that the other lacks. It is told of those of which there are
 * fewer: where one of a thousand databases went astray, one finding says so, not a thousand.
 */
final class ForkedRule implements ProjectRule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.FORKED;
    }

    /**
     * Environments with the same applied revisions.
     *
     * @param applied by number; a bit costs less than a name where hundreds of environments are held against one another
     */
    private record Position(Numbers numbers, BitSet applied, List<EnvironmentSnapshot> environments) {
        EnvironmentSnapshot first() {
            return environments.getFirst();
        }

        boolean partsFrom(Position other) {
            return !lacking(other).isEmpty() && !other.lacking(this).isEmpty();
        }

        /** What is applied here and not there. */
        BitSet lacking(Position other) {
            BitSet more = (BitSet) applied.clone();
            more.andNot(other.applied);
            return more;
        }

        /** Likewise by name, parents first. */
        List<String> onlyHere(Position other) {
            return first().graph().topological(lacking(other).stream().mapToObj(numbers.ids::get).toList());
        }
    }

    /** A number for each revision that is applied anywhere. */
    private static final class Numbers {
        private final List<String> ids = new ArrayList<>();
        private final Map<String, Integer> byId = new HashMap<>();

        BitSet of(Set<String> revisions) {
            BitSet numbers = new BitSet();
            for (String id : revisions) {
                numbers.set(byId.computeIfAbsent(id, _ -> {
                    ids.add(id);
                    return ids.size() - 1;
                }));
            }
            return numbers;
        }
    }

    @Override
    public Map<String, List<Finding>> evaluate(ProjectSnapshot project) {
        Map<String, List<Finding>> found = new TreeMap<>();
        for (List<EnvironmentSnapshot> group : project.groups()) {
            List<Position> positions = positions(group);
            for (Position position : positions) {
                List<Position> others = positions.stream()
                        .filter(other -> other.environments.size() >= position.environments.size())
                        .filter(position::partsFrom)
                        .toList();
                position.environments.forEach(it -> found.put(it.name(), finding(it, position, others)));
            }
        }
        return found;
    }

    /** Those with the most environments first. */
    private static List<Position> positions(List<EnvironmentSnapshot> group) {
        // The scripts that count differ between environments only where somebody has others: what a graph implies is worked
        // out once for each of its rows.
        Numbers numbers = new Numbers();
        Map<BitSet, Position> byApplied = new HashMap<>();
        IdentityHashMap<RevisionGraph, Map<List<String>, BitSet>> implied = new IdentityHashMap<>();
        for (EnvironmentSnapshot it : group) {
            if (it.isPlaced()) {
                BitSet applied = implied.computeIfAbsent(it.graph(), _ -> new HashMap<>())
                        .computeIfAbsent(Objects.requireNonNullElse(it.rows(), List.of()),
                                _ -> numbers.of(it.applied()));
                byApplied.computeIfAbsent(applied, _ -> new Position(numbers, applied, new ArrayList<>())).environments
                        .add(it);
            }
        }
        return byApplied.values().stream()
                .sorted(Comparator.comparingInt((Position it) -> -it.environments.size())
                        .thenComparing(it -> it.first().name()))
                .toList();
    }

    private static List<Finding> finding(EnvironmentSnapshot here, Position position, List<Position> others) {
        Optional<Position> nearest = others.stream().findFirst();
        return nearest.map(other -> List.of(finding(here, position, other, others))).orElse(List.of());
    }

    private static Finding finding(
            EnvironmentSnapshot here, Position position, Position other, List<Position> others) {
        List<String> onlyHere = position.onlyHere(other);
        List<String> onlyThere = other.onlyHere(position);
        List<String> names = others.stream()
                .flatMap(it -> it.environments.stream())
                .map(EnvironmentSnapshot::name)
                .toList();
        List<Exhibit> evidence = new ArrayList<>();
        onlyHere.stream().limit(EXHIBITS).map(Exhibit::revision).forEach(evidence::add);
        onlyThere.stream().limit(EXHIBITS)
                .map(id -> new Exhibit("revision of " + other.first().name(), id, null))
                .forEach(evidence::add);
        return new Finding(
                DivergenceCode.FORKED,
                Severity.WARNING,
                "",
                "Here %s is applied that %s has not, and there %s is applied that is not here: neither contains the other%s. Merge the heads, then upgrade both."
                        .formatted(MessageValues.ids(onlyHere), MessageValues.id(other.first().name()),
                                MessageValues.ids(onlyThere),
                                names.size() > 1
                                        ? " (likewise for " + MessageValues.ids(names.subList(1, names.size())) + ")"
                                        : ""),
                evidence,
                List.of(new PlanStep(
                        null,
                        "Which scripts both are to follow is decided where the scripts are: the history that holds %s and %s needs one merge revision, and both databases upgrade to it. Nothing has to be undone on either side."
                                .formatted(MessageValues.id(onlyHere.getLast()), MessageValues.id(onlyThere.getLast())),
                        "The ledger's compare of %s and %s says equal.".formatted(
                                MessageValues.id(here.name()), MessageValues.id(other.first().name())))));
    }

    private static final int EXHIBITS = 10;
}
