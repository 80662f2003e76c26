package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.Watched;
import dev.migrationledger.core.situation.SchemaPosition.Confirmed;
import dev.migrationledger.core.situation.SchemaPosition.Direction;
import dev.migrationledger.core.situation.SchemaPosition.Elsewhere;
import dev.migrationledger.core.situation.SchemaPosition.Hole;
import dev.migrationledger.core.situation.SchemaPosition.Unknown;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the {@link SchemaPosition} of a schema. */
public final class SchemaLocator {

    /** What makes a history another one than Alembic's, so that nothing can be concluded from it. */
    private static final Set<DivergenceCode> DAMAGE = Set.of(DivergenceCode.SCRIPTS_UNREADABLE,
            DivergenceCode.DUPLICATE_REVISION, DivergenceCode.MISSING_PARENT, DivergenceCode.REVISION_CYCLE);

    private final ScriptsSeen scripts;
    private final RevisionGraph graph;
    private final ResolvedRows rows;
    private final SchemaAnalysis schema;
    private final @Nullable Watched watch;

    private SchemaLocator(ScriptsSeen scripts, ResolvedRows rows, SchemaAnalysis schema, @Nullable Watched watch) {
        this.scripts = scripts;
        this.graph = scripts.graph();
        this.rows = rows;
        this.schema = schema;
        this.watch = watch;
    }

    public static SchemaPosition of(
            @Nullable ScriptsSeen scripts, @Nullable ResolvedRows rows, @Nullable SchemaAnalysis schema,
            @Nullable Watched watch) {
        return scripts == null || rows == null || schema == null || !rows.areUnderstood() || isDamaged(scripts)
                ? new Unknown()
                : new SchemaLocator(scripts, rows, schema, watch).place();
    }

    public static boolean isDamaged(ScriptsSeen scripts) {
        return scripts.problems().stream()
                .anyMatch(problem -> problem.severity() == Severity.ERROR && DAMAGE.contains(problem.code()));
    }

    private SchemaPosition place() {
        List<String> stamped = rows.resolved();
        List<Discrepancy> against = schema.against().apply(stamped);
        PhysicalState physical = schema.physical();
        if (against.isEmpty() || physical.candidates().contains(stamped)) {
            return new Confirmed(stamped);
        }
        if (physical.candidates().isEmpty()) {
            List<List<String>> ties = physical.nearest();
            return ties.isEmpty() || ties.contains(stamped)
                    ? new Hole(stamped, against, stamped, ties, against)
                    : new Hole(stamped, against, ties.getFirst(), ties, schema.against().apply(ties.getFirst()));
        }
        Set<String> implied = graph.implied(stamped);
        boolean ahead = physical.candidates().stream()
                .allMatch(candidate -> graph.implied(candidate).containsAll(implied));
        return new Elsewhere(stamped, ahead ? Direction.AHEAD : Direction.BEHIND, physical.candidates(),
                physical.complete(), chosen(physical), against);
    }

    private @Nullable List<String> chosen(PhysicalState physical) {
        // Of rows that contradict one another those are right that the schema does not contradict.
        List<List<String>> consistent = physical.candidates().stream()
                .filter(candidate -> !rows.overlapping().isEmpty() && !candidate.isEmpty()
                        && rows.exact().containsAll(candidate))
                .sorted(Comparator.comparingInt(candidate -> -graph.implied(candidate).size()))
                .toList();
        if (!consistent.isEmpty()) {
            List<String> last = consistent.getFirst();
            return consistent.size() == 1
                    || Collections.disjoint(last, Confirmation.doubtful(scripts, schema, last, watch)) ? last : null;
        }
        if (!physical.complete()) {
            return null;
        }
        List<String> smallest = physical.candidates().getFirst();
        return physical.candidates().stream().allMatch(candidate -> isAsGood(smallest, candidate)) ? smallest : null;
    }

    /** Whether nothing that is known to do anything lies between, so that it may as well run now. */
    private boolean isAsGood(List<String> smallest, List<String> candidate) {
        return graph.implied(candidate).containsAll(graph.implied(smallest))
                && graph.upgradePath(smallest, candidate).stream().allMatch(this::doesNothing);
    }

    private boolean doesNothing(String revision) {
        Footprint footprint = scripts.footprints().get(revision);
        return footprint != null && footprint.upgrade().isNone();
    }
}
