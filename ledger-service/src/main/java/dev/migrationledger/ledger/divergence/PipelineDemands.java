package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.divergence.project.PipelineDemand;
import java.util.List;
import java.util.Map;

/** Where policies expect that pipelines deploy. */
public interface PipelineDemands {

    /** Of a project, in the order of its policy. */
    List<PipelineDemand> pipelines(String project);

    /** By project, of all that have any. */
    Map<String, List<PipelineDemand>> pipelines();
}
