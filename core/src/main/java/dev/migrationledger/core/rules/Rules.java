package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.situation.ComputedSchemas;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.SchemaLocator;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every rule over one environment, in the order of the codes. */
final class Rules {

    static final List<Rule> ALL = List.of(
            new ScriptProblem(DivergenceCode.CONFIG_INVALID),
            new ScriptProblem(DivergenceCode.SCRIPTS_UNREADABLE),
            new RevisionIdInvalid(),
            new DuplicateRevision(),
            new ScriptProblem(DivergenceCode.MISSING_PARENT),
            new ScriptProblem(DivergenceCode.REVISION_CYCLE),
            new ScriptProblem(DivergenceCode.BRANCH_LABEL_CLASH),
            new MultipleHeads(),
            new VersionTableMissing(),
            new VersionTableEmpty(),
            new UnknownRevision(),
            new InexactRevision(),
            new OverlappingRevisions(),
            new DuplicateRow(),
            new BehindHead(),
            new UpgradeFails(),
            new MergeSiblingSkipped(),
            new SeveralVersionTables(),
            new SchemaAheadOfStamp(),
            new StampedAheadOfSchema(),
            new SchemaHole(),
            new StampUnconfirmed(),
            new UntrackedObjectsRule(),
            new StampedNotRun(),
            new UnattributedChanges(),
            new ObservationGapRule(),
            new ObservationStale());

    private Rules() {}

    static Diagnosis judge(Observations observations) {
        return judge(RuleContext.of(observations));
    }

    static Diagnosis judge(RuleContext c) {
        List<Finding> findings = ALL.stream()
                .flatMap(rule -> rule.judge(c).stream())
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
        return new Diagnosis(
                c.seen().versionTable() == null ? null : c.seen().versionTable().rows(),
                physical(c),
                c.confirmation(),
                findings,
                c.repair().plan());
    }

    private static @Nullable PhysicalState physical(RuleContext c) {
        String assumed = ComputedSchemas.sentence(c.seen().scripts(), c.seen().schema());
        return c.schema() == null || c.seen().scripts() == null || SchemaLocator.isDamaged(c.seen().scripts())
                ? null
                : assumed == null ? c.schema().physical() : c.schema().physical().doubted(assumed);
    }
}
