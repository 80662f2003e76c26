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
     * Whether what it finds in one environment depends on the others by nothing but the project's history, so that it stays as it is while
     * others change.
     */
    boolean isLocal(ProjectSnapshot project);

    /**
     * What was found, by environment: nothing where all is well. An environment that is not there could not be judged, and what was
     * found in it before stands.
     */
    Map<String, List<Finding>> evaluate(ProjectSnapshot project);
}
