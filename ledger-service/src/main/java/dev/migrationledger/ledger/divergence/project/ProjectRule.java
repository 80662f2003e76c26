package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.List;
import java.util.Map;

/** Looks for one divergence in all environments of a project at once. */
interface ProjectRule {

    /** The code of all its findings. */
    DivergenceCode code();

    /**
     * What was found, by environment: nothing where all is well. An environment that is not there could not be judged, and what was
     * found in it before stands.
     */
    Map<String, List<Finding>> evaluate(ProjectSnapshot project);
}
