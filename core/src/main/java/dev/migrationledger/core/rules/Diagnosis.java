package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.situation.Confirmation;
import dev.migrationledger.core.situation.Observations;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an environment's observations amount to.
 *
 * @param stamped rows of the version table; absent where it was not read
 * @param physical absent where the schema or the scripts were not read, or the scripts cannot be relied on
 * @param confirmation how far the schema bears out the stamp; absent where nothing is stamped, the stamp is contradicted, or the schema was
 *     not read
 * @param findings errors first, then in the order of the codes
 * @param evaluated codes that could be judged from what was observed: of another one, that nothing was found says nothing
 * @param plan the smallest that ends healthy; its last step has no command where it has to stop before that. None where there is nothing
 *     to do
 */
public record Diagnosis(
        @Nullable List<String> stamped,
        @Nullable PhysicalState physical,
        @Nullable Confirmation confirmation,
        List<Finding> findings,
        Set<DivergenceCode> evaluated,
        List<PlanStep> plan) {
    public Diagnosis {
        stamped = stamped == null ? null : List.copyOf(stamped);
        findings = List.copyOf(findings);
        evaluated = Set.copyOf(evaluated);
        plan = List.copyOf(plan);
    }

    /** Judges an environment by every rule. Pure: the same observations are the same diagnosis. */
    public static Diagnosis of(Observations observations) {
        return Rules.check(observations);
    }
}
