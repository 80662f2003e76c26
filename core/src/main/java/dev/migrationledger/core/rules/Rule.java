package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.List;
import java.util.Set;

/** Finds one divergence. Pure. */
interface Rule {

    /** The code of all its findings. */
    DivergenceCode code();

    /** What it must be given: without one of them it finds nothing, and that does not mean that all is well. */
    Set<Input> needs();

    List<Finding> check(RuleContext c);
}
