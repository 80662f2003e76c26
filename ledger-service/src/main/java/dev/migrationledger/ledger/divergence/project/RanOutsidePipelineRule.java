package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Revisions ran where the policy expects a pipeline, and no run of a pipeline that an issuer proved accounts for them. What may have happened
 * before the policy expected that is left out.
 */
final class RanOutsidePipelineRule implements ProjectRule {

    private static final int EXHIBITS = 10;

    @Override
    public DivergenceCode code() {
        return DivergenceCode.RAN_OUTSIDE_PIPELINE;
    }

    @Override
    public Optional<List<Finding>> findings(EnvironmentSnapshot here, ProjectSnapshot project) {
        return Optional.of(project.pipelinesSince(here).map(since -> outside(here, since)).orElse(List.of()));
    }

    private static List<Finding> outside(EnvironmentSnapshot here, Instant since) {
        List<RevisionStatus> outside = here.statuses().values().stream()
                .filter(status -> status.kind() == RevisionStatus.Kind.APPLIED && isAfter(status.since(), since)
                        && !here.proved().contains(status.revision()))
                .sorted(Comparator.comparing(RevisionStatus::revision))
                .toList();
        if (outside.isEmpty()) {
            return List.of();
        }
        List<String> revisions = here.graph().topological(outside.stream().map(RevisionStatus::revision).toList());
        List<Exhibit> evidence = new ArrayList<>();
        outside.stream().flatMap(status -> actor(status).stream()).distinct().limit(EXHIBITS)
                .map("It was done by %s."::formatted).map(Exhibit::detail).forEach(evidence::add);
        revisions.stream().limit(EXHIBITS).map(Exhibit::revision).forEach(evidence::add);
        return List.of(new Finding(DivergenceCode.RAN_OUTSIDE_PIPELINE, Severity.WARNING, "",
                "%s applied outside a pipeline, and the policy expects one since %s.".formatted(
                        MessageValues.few(revisions) + (revisions.size() == 1 ? " was" : " were"),
                        MessageValues.time(since)),
                evidence,
                List.of(new PlanStep(null,
                        "Find out who applied %s and whether that was right. If it was, accept the finding in the baseline."
                                .formatted(revisions.size() == 1 ? "it" : "them"),
                        "The finding is accepted, and the next deploy comes from the pipeline."))));
    }

    /** Without what may have been before. */
    private static boolean isAfter(@Nullable Occurrence when, Instant since) {
        Instant earliest = when == null ? null : when.earliest();
        return earliest != null && !earliest.isBefore(since);
    }

    private static Optional<String> actor(RevisionStatus status) {
        return Optional.ofNullable(status.evidence()).map(Evidence::attribution).map(Attribution::actor)
                .map(Attribution.Actor::inWords);
    }

}
