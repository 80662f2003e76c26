package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.core.position.SchemaEvidence.Difference;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.Watched;
import dev.migrationledger.core.situation.SchemaPosition.Confirmed;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far the evidence bears out a stamp that the schema does not contradict.
 *
 * @param anything whether anything at all does: something in the schema that an empty database would not have, or an agent that saw the
 *     stamped revisions run. Where the stamped revisions surely do nothing, there is nothing to confirm
 * @param open stamped revisions that the schema cannot show, parents first
 * @param contested rows that imply other rows; the schema neither shows that they ran nor contradicts the other rows
 * @param leftOut of those open ones those whose objects lie in schemas that were not looked at
 * @param excused objects that fit the stamp only because a place that cannot be read may have changed them
 */
public record Confirmation(
        boolean anything, List<String> open, List<String> contested, LeftOut leftOut, List<Difference> excused) {

    public Confirmation {
        open = List.copyOf(open);
        contested = List.copyOf(contested);
        excused = List.copyOf(excused);
    }

    /**
     * Revisions that only change objects of schemas which were not looked at.
     *
     * @param revisions parents first
     * @param schemas of those objects, sorted
     */
    public record LeftOut(List<String> revisions, List<String> schemas) {
        public LeftOut {
            revisions = List.copyOf(revisions);
            schemas = List.copyOf(schemas);
        }

        public boolean isNone() {
            return revisions.isEmpty();
        }

        private static LeftOut of(ScriptsSeen scripts, Set<String> open, @Nullable Watched watch) {
            List<String> revisions = scripts.graph().topological(open).stream()
                    .filter(revision -> scripts.leftOut().containsKey(revision)
                            && (watch == null || !wasSeen(watch.statuses().get(revision))))
                    .toList();
            return new LeftOut(revisions, revisions.stream()
                    .flatMap(revision -> Objects.requireNonNull(scripts.leftOut().get(revision)).stream())
                    .distinct().sorted().toList());
        }
    }

    /** Whether the evidence confirms the stamp. The last revisions may leave nothing in the schema. */
    public boolean isEnough() {
        return anything && leftOut.isNone() && excused.isEmpty();
    }

    /** Absent where nothing is stamped, or the stamp is contradicted or could not be judged. */
    public static @Nullable Confirmation of(
            @Nullable ScriptsSeen scripts, @Nullable SchemaAnalysis schema, @Nullable ResolvedRows rows,
            SchemaPosition place,
            @Nullable Watched watch) {
        if (scripts == null || schema == null || rows == null || !(place instanceof Confirmed(List<String> stamped))
                || stamped.isEmpty()) {
            return null;
        }
        Set<String> applied = scripts.graph().implied(stamped);
        Set<String> open = open(scripts, schema, stamped);
        boolean anything = open.size() < applied.size()
                || applied.stream().map(scripts.footprints()::get).allMatch(Confirmation::doesNothing)
                || (watch != null && stamped.stream().allMatch(row -> wasSeen(watch.statuses().get(row))));
        return new Confirmation(
                anything, scripts.graph().topological(open),
                contested(scripts, schema, rows, open, watch),
                LeftOut.of(scripts, open, watch),
                schema.differences().apply(stamped).stream().filter(one -> one.excuse() != null).toList());
    }

    private static List<String> contested(
            ScriptsSeen scripts, SchemaAnalysis schema, ResolvedRows rows, Set<String> open, @Nullable Watched watch) {
        return !rows.overlapping().isEmpty() && schema.missing(rows.resolved()).isEmpty()
                && schema.missing(rows.others(scripts.graph())).isEmpty()
                        ? doubtful(scripts, open, watch).stream().filter(rows.resolved()::contains).toList()
                        : List.of();
    }

    /** Revisions implied by the rows that may change something, without evidence that they ran; parents first. */
    static List<String> doubtful(
            ScriptsSeen scripts, SchemaAnalysis schema, List<String> rows, @Nullable Watched watch) {
        return doubtful(scripts, open(scripts, schema, rows), watch);
    }

    private static List<String> doubtful(ScriptsSeen scripts, Set<String> open, @Nullable Watched watch) {
        return scripts.graph().topological(open).stream()
                .filter(revision -> !doesNothing(scripts.footprints().get(revision)))
                .filter(revision -> watch == null || !wasSeen(watch.statuses().get(revision)))
                .toList();
    }

    private static Set<String> open(ScriptsSeen scripts, SchemaAnalysis schema, List<String> rows) {
        Set<String> open = new HashSet<>(scripts.graph().implied(rows));
        schema.confirmed().apply(rows).forEach(open::remove);
        return open;
    }

    private static boolean doesNothing(@Nullable Footprint footprint) {
        return footprint != null && footprint.upgrade().isNone();
    }

    public static boolean wasSeen(@Nullable RevisionStatus status) {
        return status != null && status.kind() == RevisionStatus.Kind.APPLIED && !status.inferred();
    }
}
