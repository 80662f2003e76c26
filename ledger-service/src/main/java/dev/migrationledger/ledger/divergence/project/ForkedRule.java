package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.SameCode;
import dev.migrationledger.core.graph.CodeComparison;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Two environments have gone different ways: each has a revision applied that the other lacks. The smaller group has the finding:
 * where one of a thousand databases went astray, one finding says so, not a thousand.
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
    public boolean isLocal(ProjectSnapshot project) {
        return false;
    }

    @Override
    public Map<String, List<Finding>> evaluate(ProjectSnapshot project) {
        Map<String, List<Finding>> found = new HashMap<>();
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
        IdentityHashMap<RevisionGraph, Map<List<String>, Optional<BitSet>>> implied = new IdentityHashMap<>();
        for (EnvironmentSnapshot it : group) {
            List<String> rows = it.rows();
            if (rows != null) {
                implied.computeIfAbsent(it.graph(), _ -> new HashMap<>())
                        .computeIfAbsent(rows,
                                _ -> it.isPlaced() ? Optional.of(numbers.of(it.applied())) : Optional.empty())
                        .ifPresent(applied -> byApplied.computeIfAbsent(applied,
                                _ -> new Position(numbers, applied, new ArrayList<>())).environments.add(it));
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
        if (names.size() > 1) {
            evidence.add(Exhibit.detail("The same is true of %s.".formatted(
                    MessageValues.ids(names.subList(1, names.size())))));
        }
        List<SameCode> same = CodeComparison.between(here.graph(), onlyHere, other.first().graph(), onlyThere);
        same.stream().limit(EXHIBITS).map(it -> Exhibit.detail("%s has the same code as %s of %s.".formatted(
                MessageValues.id(it.one()), MessageValues.id(it.other()), MessageValues.id(other.first().name()))))
                .forEach(evidence::add);
        onlyHere.stream().limit(EXHIBITS).map(Exhibit::revision).forEach(evidence::add);
        onlyThere.stream().limit(EXHIBITS)
                .map(id -> new Exhibit(Exhibit.What.REVISION_ELSEWHERE, id, null, null, other.first().name(), null))
                .forEach(evidence::add);
        return new Finding(
                DivergenceCode.FORKED,
                Severity.WARNING,
                "",
                "%s applied here but not in %s, and %s applied there but not here."
                        .formatted(are(onlyHere), MessageValues.id(other.first().name()), are(onlyThere)),
                evidence,
                List.of(new PlanStep(
                        null,
                        "Write one merge revision that joins %s and %s, then upgrade both databases to it.".formatted(
                                MessageValues.id(onlyHere.getLast()), MessageValues.id(onlyThere.getLast())),
                        "The ledger's comparison of %s and %s finds no difference.".formatted(
                                MessageValues.id(here.name()), MessageValues.id(other.first().name())),
                        notes(same))));
    }

    /** What one revision did already, an upgrade after the merge would do again under the other's id. */
    private static List<String> notes(List<SameCode> same) {
        return same.isEmpty()
                ? List.of("Nothing has to be undone on either side.")
                : List.of("Nothing has to be undone on either side.",
                        "The upgrade runs the same code again for %s. Change these revisions first to skip what exists."
                                .formatted(MessageValues.few(same.stream()
                                        .flatMap(it -> Stream.of(it.one(), it.other())).toList())));
    }

    private static String are(List<String> revisions) {
        return MessageValues.few(revisions) + (revisions.size() == 1 ? " is" : " are");
    }

    private static final int EXHIBITS = 10;
}
