package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaDifference;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot.SchemaPrint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Environments at the same revisions have another schema. What most of them have is the measure; where there is no most, each side is
 * told about the other. A schema of another name (a tenant's own) does not count as a difference. Schemas of different forms, read by
 * agents of different versions, are not compared; an environment is judged only where they could not change the result.
 */
final class SchemaDiffersRule implements ProjectRule {

    private static final int EXHIBITS = 20;

    @Override
    public DivergenceCode code() {
        return DivergenceCode.SCHEMA_DIFFERS;
    }

    @Override
    public boolean isLocal(ProjectSnapshot project) {
        return false;
    }

    @Override
    public Map<String, List<Finding>> evaluate(ProjectSnapshot project) {
        Map<String, List<Finding>> found = new HashMap<>();
        for (List<EnvironmentSnapshot> group : project.groups()) {
            group.stream()
                    .filter(it -> it.isPlaced() && it.schema() != null)
                    .collect(Collectors.groupingBy(it -> Objects.requireNonNull(it.rows())))
                    .values()
                    .forEach(same -> same.stream()
                            .collect(Collectors.groupingBy(SchemaDiffersRule::form))
                            .values()
                            .forEach(alike -> compare(project, alike, same.size() - alike.size(), found)));
        }
        return found;
    }

    private static int form(EnvironmentSnapshot environment) {
        return Objects.requireNonNull(environment.schema()).fingerprint().form();
    }

    /** @param others how many have the same rows and a schema in another form */
    private static void compare(
            ProjectSnapshot project, List<EnvironmentSnapshot> same, int others, Map<String, List<Finding>> found) {
        Map<String, List<EnvironmentSnapshot>> sides = sides(project, same);
        for (var side : sides.entrySet()) {
            Optional<List<EnvironmentSnapshot>> measure = sides.entrySet().stream()
                    .filter(other -> !other.getKey().equals(side.getKey()))
                    .map(Map.Entry::getValue)
                    .filter(other -> other.size() >= side.getValue().size())
                    .max(Comparator.comparingInt((List<EnvironmentSnapshot> it) -> it.size())
                            .thenComparing(it -> it.getFirst().name(), Comparator.reverseOrder()));
            Optional<Finding> finding = measure.flatMap(
                    it -> finding(project, side.getValue().getFirst(), it.getFirst(), it.size()));
            if (finding.isPresent() || isMost(side.getKey(), sides, others)) {
                side.getValue().forEach(it -> found.put(it.name(), finding.map(List::of).orElse(List.of())));
            }
        }
    }

    /** Whether a side is the measure whatever the schemas of the others are. */
    private static boolean isMost(String side, Map<String, List<EnvironmentSnapshot>> sides, int others) {
        int most = sides.entrySet().stream()
                .filter(other -> !other.getKey().equals(side))
                .mapToInt(other -> other.getValue().size())
                .max()
                .orElse(0);
        return others == 0 || Objects.requireNonNull(sides.get(side)).size() > most + others;
    }

    /** By what their schemas are, whatever the name of the schema that is each one's own. */
    private static Map<String, List<EnvironmentSnapshot>> sides(ProjectSnapshot project,
            List<EnvironmentSnapshot> same) {
        Map<SchemaPrint, List<EnvironmentSnapshot>> byPrint = same.stream()
                .collect(Collectors.groupingBy(
                        it -> Objects.requireNonNull(it.schema()), LinkedHashMap::new, Collectors.toList()));
        if (byPrint.size() == 1) {
            return Map.of("", same);
        }
        Map<String, List<EnvironmentSnapshot>> sides = new TreeMap<>();
        byPrint.values().forEach(all -> sides
                .computeIfAbsent(project.schemas().nameless(all.getFirst()), _ -> new ArrayList<>())
                .addAll(all));
        sides.values().forEach(all -> all.sort(Comparator.comparing(EnvironmentSnapshot::name)));
        return sides;
    }

    private static Optional<Finding> finding(
            ProjectSnapshot project, EnvironmentSnapshot here, EnvironmentSnapshot there, int have) {
        return project.schemas().difference(there, here)
                .filter(difference -> !difference.isEmpty())
                .map(difference -> finding(here, there, have, difference));
    }

    private static Finding finding(
            EnvironmentSnapshot here, EnvironmentSnapshot there, int have, SchemaDifference difference) {
        List<String> words = new ArrayList<>();
        List<Exhibit> evidence = new ArrayList<>();
        difference.dropped().forEach(it -> add(it.object(), "is missing", What.MISSING_OBJECT, words, evidence));
        difference.created().forEach(it -> add(it.object(), "exists only here", What.OBJECT, words, evidence));
        difference.changed().forEach(it -> add(it.object(), "is different", What.DIFFERENT_OBJECT, words, evidence));
        List<Exhibit> details = new ArrayList<>();
        details.add(Exhibit.detail("Here %s.".formatted(MessageValues.list(words))));
        if (have > 1) {
            details.add(Exhibit.detail((have == 2
                    ? "%d other environment has the same schema as %s."
                    : "%d other environments have the same schema as %s.").formatted(have - 1,
                            MessageValues.id(there.name()))));
        }
        return new Finding(
                DivergenceCode.SCHEMA_DIFFERS,
                Severity.WARNING,
                "",
                "The schema differs from that of %s in %s, although both are at %s.".formatted(
                        MessageValues.id(there.name()),
                        Count.of(words.size(), "object"),
                        MessageValues.rows(Objects.requireNonNullElse(here.rows(), List.of()))),
                Stream.of(details, evidence).flatMap(all -> all.stream().limit(EXHIBITS)).toList(),
                List.of(new PlanStep(
                        null,
                        "Decide which schema is correct, then write an idempotent revision that converts the other one.",
                        "'migration-agent schema --database … --compare …' finds no difference.",
                        List.of("Find out which of them was changed outside of migrations."))));
    }

    private static void add(
            ObjectName object, String how, What what, List<String> words, List<Exhibit> evidence) {
        Exhibit exhibit = Exhibit.object(what, object);
        words.add(exhibit.value() + " " + how);
        evidence.add(exhibit);
    }
}
