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
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Schemas;
import dev.migrationledger.ledger.divergence.project.SchemaSides.Comparison;
import dev.migrationledger.ledger.divergence.project.SchemaSides.Side;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Environments at the same revisions have another schema. What most of them have is the measure; where there is no most, each side is
 * told about the other. A schema of another name (a tenant's own) does not count as a difference. Schemas of different forms, read by
 * agents of different versions, are not compared; an environment is judged only where they could not change the result.
 */
final class SchemaDiffersRule implements ProjectRule {

    private static final int EXHIBITS = 20;

    private final SchemaSides sides = new SchemaSides();

    @Override
    public DivergenceCode code() {
        return DivergenceCode.SCHEMA_DIFFERS;
    }

    @Override
    public Collection<String> update(ProjectSnapshot project, List<Change> changes) {
        Set<String> affected = new HashSet<>(sides.unread());
        for (List<Side> same : sides.update(project, changes)) {
            int all = count(same);
            same.stream().collect(Collectors.groupingBy(Side::form)).values().forEach(alike -> {
                int others = all - count(alike);
                for (Side side : alike) {
                    Optional<List<Finding>> before = side.found;
                    judge(side, alike, others, project.schemas());
                    if (!side.found.equals(before)) {
                        affected.addAll(side.names());
                    }
                }
            });
        }
        return affected;
    }

    private static int count(List<Side> sides) {
        return sides.stream().mapToInt(Side::size).sum();
    }

    @Override
    public Optional<List<Finding>> findings(EnvironmentSnapshot here, ProjectSnapshot project) {
        Side side = sides.of(here.name());
        return side == null ? Optional.empty() : side.found;
    }

    /**
     * @param alike sides with a schema of the same form, the largest first
     * @param others how many environments have the same rows and a schema in another form
     */
    private static void judge(Side side, List<Side> alike, int others, Schemas schemas) {
        Optional<Side> other = alike.stream().filter(it -> it != side).findFirst();
        Optional<Side> measure = other.filter(it -> it.size() >= side.size());
        Comparison comparison = measure.map(it -> Comparison.of(side, it)).orElse(null);
        boolean isKnown = comparison != null && comparison.equals(side.comparison)
                && side.found.filter(it -> !it.isEmpty()).isPresent();
        side.comparison = comparison;
        if (isKnown) {
            return;
        }
        Optional<Finding> finding = measure.flatMap(it -> finding(schemas, side.first(), it.first(), it.size()));
        // Whether it is the measure whatever the schemas of the others are.
        boolean isMost = others == 0 || side.size() > other.map(Side::size).orElse(0) + others;
        side.found = finding.isPresent() || isMost
                ? Optional.of(finding.map(List::of).orElse(List.of()))
                : Optional.empty();
    }

    private static Optional<Finding> finding(
            Schemas schemas, EnvironmentSnapshot here, EnvironmentSnapshot there, int have) {
        return schemas.difference(there, here)
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
