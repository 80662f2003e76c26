package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.core.position.SchemaEvidence;
import dev.migrationledger.core.repair.Repair;
import dev.migrationledger.core.situation.Confirmation;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaAnalysis;
import dev.migrationledger.core.situation.SchemaLocator;
import dev.migrationledger.core.situation.SchemaPosition;
import dev.migrationledger.core.situation.SchemaPosition.Confirmed;
import dev.migrationledger.core.upgrade.UpgradePreview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every rule is given: the observations, and what follows from them, worked out once.
 *
 * @param schema absent where the schema or the scripts were not seen
 * @param rows absent where the version table was not read
 * @param confirmation how far the stamp is borne out; absent where there is none, or it is contradicted
 * @param upgrade what the next upgrade would do; absent where the schema does not bear out the stamp, and so nobody knows from where it
 *     would begin
 * @param repair the one plan for the whole
 */
record RuleContext(
        Observations seen, @Nullable SchemaAnalysis schema, @Nullable ResolvedRows rows, SchemaPosition place,
        @Nullable Confirmation confirmation, @Nullable UpgradePreview upgrade, Repair repair) {

    static RuleContext of(Observations seen) {
        SchemaEvidence evidence = seen.evidence();
        return of(seen, evidence == null ? null : SchemaAnalysis.of(evidence));
    }

    static RuleContext of(Observations seen, @Nullable SchemaAnalysis schema) {
        ScriptsSeen scripts = seen.scripts();
        VersionTable table = seen.versionTable();
        ResolvedRows rows = table == null ? null : ResolvedRows.of(table, scripts == null ? null : scripts.graph());
        SchemaPosition place = SchemaLocator.of(scripts, rows, schema, seen.watch());
        Confirmation confirmation = Confirmation.of(scripts, schema, rows, place, seen.watch());
        UpgradePreview upgrade = scripts == null || !(place instanceof Confirmed(List<String> stamped))
                ? null
                : UpgradePreview.of(scripts, seen.schema(), schema, table, stamped, scripts.graph().realHeads());
        return new RuleContext(seen, schema, rows, place, confirmation, upgrade,
                Repair.of(seen, schema, rows, place, confirmation));
    }

    /** The steps of the plan that belong to a divergence. */
    List<PlanStep> plan(DivergenceCode code) {
        return repair.steps(code);
    }
}
