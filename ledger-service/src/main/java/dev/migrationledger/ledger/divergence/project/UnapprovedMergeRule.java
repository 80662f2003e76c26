package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.merge.MergeOutcome.Joined;
import dev.migrationledger.core.merge.MergeOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An environment's scripts bring several heads together, and not enough people approved that. */
final class UnapprovedMergeRule implements ProjectRule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.UNAPPROVED_MERGE;
    }

    @Override
    public Optional<List<Finding>> findings(EnvironmentSnapshot here, ProjectSnapshot project) {
        return Optional.of(project.merges().stream()
                .flatMap(merge -> MergeOutcome.unapproved(here.graph(), merge.content(), merge.approved())
                        .map(joined -> finding(here, joined, merge)).stream())
                .toList());
    }

    private static Finding finding(EnvironmentSnapshot here, Joined joined, ProposedMerge merge) {
        List<String> heads = merge.content().heads();
        boolean applied = here.isPlaced() && here.applied().contains(joined.revision());
        List<Exhibit> evidence = new ArrayList<>();
        if (merge.approved()) {
            evidence.add(Exhibit.detail("Another merge of these heads was approved."));
        }
        evidence.add(Exhibit.detail(applied ? "It counts as applied here." : "It was not applied here yet."));
        heads.forEach(head -> evidence.add(Exhibit.revision(head)));
        String head = heads.getFirst();
        return new Finding(DivergenceCode.UNAPPROVED_MERGE, Severity.WARNING, joined.revision(),
                "%s brings %s together, and that is not approved.".formatted(
                        MessageValues.few(List.of(joined.revision())), MessageValues.few(heads)),
                evidence,
                List.of(new PlanStep(null,
                        "Look at it with 'migration-agent merge show %s'. If it is right, an approver runs 'merge approve %s'."
                                .formatted(head, head),
                        "The merge is approved.")));
    }
}
