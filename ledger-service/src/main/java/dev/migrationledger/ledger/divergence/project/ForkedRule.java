package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.SameCode;
import dev.migrationledger.core.graph.CodeComparison;
import dev.migrationledger.ledger.divergence.project.ForkPositions.Fork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two environments have gone different ways: each has a revision applied that the other lacks. The smaller group has the finding:
 * where one of a thousand databases went astray, one finding says so, not a thousand.
 */
final class ForkedRule implements ProjectRule {

    private static final int EXHIBITS = 10;

    private final ForkPositions positions = new ForkPositions();

    @Override
    public DivergenceCode code() {
        return DivergenceCode.FORKED;
    }

    @Override
    public Collection<String> update(ProjectSnapshot project, List<Change> changes) {
        return positions.update(changes);
    }

    @Override
    public Optional<List<Finding>> findings(EnvironmentSnapshot here, ProjectSnapshot project) {
        return positions.contains(here.name())
                ? Optional.of(positions.fork(here.name()).map(fork -> List.of(finding(here, fork))).orElse(List.of()))
                : Optional.empty();
    }

    private static Finding finding(EnvironmentSnapshot here, Fork fork) {
        List<String> onlyHere = fork.onlyHere();
        List<String> onlyThere = fork.onlyThere();
        List<Exhibit> evidence = new ArrayList<>();
        if (fork.count() > 0) {
            evidence.add(Exhibit.detail("The same is true of %s.".formatted(
                    MessageValues.ids(fork.others(), fork.count()))));
        }
        List<SameCode> same = CodeComparison.between(here.graph(), onlyHere, fork.graph(), onlyThere);
        same.stream().limit(EXHIBITS).map(it -> Exhibit.detail("%s has the same code as %s of %s.".formatted(
                MessageValues.id(it.one()), MessageValues.id(it.other()), MessageValues.id(fork.there()))))
                .forEach(evidence::add);
        onlyHere.stream().limit(EXHIBITS).map(Exhibit::revision).forEach(evidence::add);
        onlyThere.stream().limit(EXHIBITS)
                .map(id -> new Exhibit(Exhibit.What.REVISION_ELSEWHERE, id, null, null, fork.there(), null))
                .forEach(evidence::add);
        return new Finding(
                DivergenceCode.FORKED,
                Severity.WARNING,
                "",
                "%s applied here but not in %s, and %s applied there but not here."
                        .formatted(are(onlyHere), MessageValues.id(fork.there()), are(onlyThere)),
                evidence,
                List.of(new PlanStep(
                        null,
                        "Write one merge revision that joins %s and %s, then upgrade both databases to it.".formatted(
                                MessageValues.id(onlyHere.getLast()), MessageValues.id(onlyThere.getLast())),
                        "The ledger's comparison of %s and %s finds no difference.".formatted(
                                MessageValues.id(here.name()), MessageValues.id(fork.there())),
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
}
