package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.situation.ComputedSchemas;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.SchemaLocator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every rule over one environment, in the order of the codes. */
final class Rules {

    static final List<Rule> ALL = List.of(
            new ScriptProblemRule(DivergenceCode.CONFIG_INVALID),
            new ScriptProblemRule(DivergenceCode.SCRIPTS_UNREADABLE),
            new RevisionIdInvalid(),
            new DuplicateRevision(),
            new ScriptProblemRule(DivergenceCode.MISSING_PARENT),
            new ScriptProblemRule(DivergenceCode.REVISION_CYCLE),
            new ScriptProblemRule(DivergenceCode.BRANCH_LABEL_CLASH),
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

    static Diagnosis check(Observations observations) {
        return check(RuleContext.of(observations));
    }

    static Diagnosis check(RuleContext c) {
        return check(c, ALL);
    }

    /** A rule is asked only where it has what it needs; the other codes are not judged. */
    static Diagnosis check(RuleContext c, List<Rule> rules) {
        Set<Input> given = Input.of(c.seen());
        Set<DivergenceCode> evaluated = EnumSet.noneOf(DivergenceCode.class);
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : rules) {
            if (given.containsAll(rule.needs())) {
                evaluated.add(rule.code());
                findings.addAll(found(rule, c));
            }
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return new Diagnosis(
                c.seen().versionTable() == null ? null : c.seen().versionTable().rows(),
                physical(c),
                c.confirmation(),
                findings,
                evaluated,
                c.repair().plan());
    }

    /** A finding of another code would be recorded or not, depending on what other rules need. */
    private static List<Finding> found(Rule rule, RuleContext c) {
        List<Finding> found = rule.check(c);
        for (Finding finding : found) {
            if (finding.code() != rule.code()) {
                throw new IllegalStateException("The rule of %s found %s, which it does not declare."
                        .formatted(rule.code().code(), finding.code().code()));
            }
        }
        return found;
    }

    private static @Nullable PhysicalState physical(RuleContext c) {
        String assumed = ComputedSchemas.sentence(c.seen().scripts(), c.seen().schema());
        return c.schema() == null || c.seen().scripts() == null || SchemaLocator.isDamaged(c.seen().scripts())
                ? null
                : assumed == null ? c.schema().physical() : c.schema().physical().doubted(assumed);
    }
}
