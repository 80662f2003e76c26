package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.physical.Discrepancy;
import dev.migrationledger.contracts.physical.PhysicalState;
import dev.migrationledger.contracts.revision.RevisionGraph;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.rules.Place.Confirmed;
import dev.migrationledger.contracts.rules.Place.Direction;
import dev.migrationledger.contracts.rules.Place.Elsewhere;
import dev.migrationledger.contracts.rules.Place.Hole;
import dev.migrationledger.contracts.rules.Place.Unknown;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Place} of a schema. */
final class Placing {

    /** What makes a history another one than Alembic's, so that nothing can be concluded from it. */
    private static final Set<DivergenceCode> DAMAGE = Set.of(DivergenceCode.SCRIPTS_UNREADABLE,
            DivergenceCode.DUPLICATE_REVISION, DivergenceCode.MISSING_PARENT, DivergenceCode.REVISION_CYCLE);

    private final RevisionGraph graph;
    private final Map<String, Footprint> footprints;
    private final Rows rows;

    private Placing(ScriptsSeen scripts, Rows rows) {
        this.graph = scripts.graph();
        this.footprints = scripts.footprints();
        this.rows = rows;
    }

    static Place of(@Nullable ScriptsSeen scripts, @Nullable Rows rows, @Nullable SchemaSays schema) {
        return scripts == null || rows == null || schema == null || !rows.areUnderstood() || isDamaged(scripts)
                ? new Unknown()
                : new Placing(scripts, rows).place(schema);
    }

    static boolean isDamaged(ScriptsSeen scripts) {
        return scripts.problems().stream()
                .anyMatch(problem -> problem.severity() == Severity.ERROR && DAMAGE.contains(problem.code()));
    }

    private Place place(SchemaSays schema) {
        List<String> stamped = rows.meant();
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
        List<String> kept = physical.candidates().stream()
                .filter(candidate -> !rows.overlapping().isEmpty() && !candidate.isEmpty()
                        && rows.exact().containsAll(candidate))
                .max(Comparator.comparingInt(candidate -> graph.implied(candidate).size()))
                .orElse(null);
        if (kept != null) {
            return kept;
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
        Footprint footprint = footprints.get(revision);
        return footprint != null && footprint.upgrade().isNone();
    }
}
