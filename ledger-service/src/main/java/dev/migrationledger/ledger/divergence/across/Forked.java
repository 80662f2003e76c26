package dev.migrationledger.ledger.divergence.across;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two environments have gone different ways: each has a revision applied that the other lacks. It is told of those of which there are
 * fewer: where one of a thousand databases went astray, one finding says so, not a thousand.
 */
final class Forked implements AcrossRule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.FORKED;
    }

    /** Environments with the same applied revisions. */
    private record Position(Set<String> applied, List<EnvironmentSeen> environments) {
        EnvironmentSeen first() {
            return environments.getFirst();
        }

        boolean partsFrom(Position other) {
            return !applied.containsAll(other.applied) && !other.applied.containsAll(applied);
        }
    }

    @Override
    public Map<String, List<Finding>> judge(ProjectSeen project) {
        Map<String, List<Finding>> found = new TreeMap<>();
        for (List<EnvironmentSeen> group : project.groups()) {
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
    private static List<Position> positions(List<EnvironmentSeen> group) {
        // The scripts that count differ between environments only where somebody has others: what a graph implies is worked
        // out once for each of its rows.
        Map<String, Position> byKey = new TreeMap<>();
        Map<Object, Set<String>> implied = new java.util.HashMap<>();
        for (EnvironmentSeen it : group) {
            if (it.isPlaced()) {
                Set<String> applied = implied.computeIfAbsent(
                        List.of(System.identityHashCode(it.graph()), it.rows() == null ? List.of() : it.rows()),
                        _ -> new TreeSet<>(it.applied()));
                byKey.computeIfAbsent(String.join("\n", applied),
                        _ -> new Position(applied, new ArrayList<>())).environments.add(it);
            }
        }
        return byKey.values().stream()
                .sorted(java.util.Comparator.comparingInt((Position it) -> -it.environments.size())
                        .thenComparing(it -> it.first().name()))
                .toList();
    }

    private static List<Finding> finding(EnvironmentSeen here, Position position, List<Position> others) {
        Optional<Position> nearest = others.stream().findFirst();
        return nearest.map(other -> List.of(finding(here, position, other, others))).orElse(List.of());
    }

    private static Finding finding(
            EnvironmentSeen here, Position position, Position other, List<Position> others) {
        List<String> onlyHere = missing(here, position.applied, other.applied);
        List<String> onlyThere = missing(other.first(), other.applied, position.applied);
        List<String> names = others.stream()
                .flatMap(it -> it.environments.stream())
                .map(EnvironmentSeen::name)
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
                        .formatted(Naming.ids(onlyHere), Naming.id(other.first().name()), Naming.ids(onlyThere),
                                names.size() > 1
                                        ? " (likewise for " + Naming.ids(names.subList(1, names.size())) + ")"
                                        : ""),
                evidence,
                List.of(new PlanStep(
                        null,
                        "Which scripts both are to follow is decided where the scripts are: the history that holds %s and %s needs one merge revision, and both databases upgrade to it. Nothing has to be undone on either side."
                                .formatted(Naming.id(onlyHere.getLast()), Naming.id(onlyThere.getLast())),
                        "The ledger's compare of %s and %s says equal.".formatted(
                                Naming.id(here.name()), Naming.id(other.first().name())))));
    }

    private static final int EXHIBITS = 10;

    private static List<String> missing(EnvironmentSeen of, Set<String> has, Set<String> lacks) {
        List<String> more = has.stream().filter(id -> !lacks.contains(id)).toList();
        return of.graph().topological(more);
    }
}
