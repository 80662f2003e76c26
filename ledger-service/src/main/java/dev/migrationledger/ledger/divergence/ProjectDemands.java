package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.divergence.project.PipelineDemand;
import dev.migrationledger.ledger.divergence.project.ProposedMerge;
import java.util.List;

/** What people say of a project, and findings depend on. */
record ProjectDemands(List<PipelineDemand> pipelines, List<ProposedMerge> merges) {

    static final ProjectDemands NONE = new ProjectDemands(List.of(), List.of());

    ProjectDemands {
        pipelines = List.copyOf(pipelines);
        merges = List.copyOf(merges);
    }
}
