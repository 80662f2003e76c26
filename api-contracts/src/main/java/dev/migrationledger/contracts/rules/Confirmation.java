package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.environment.Standing;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.physical.SchemaEvidence.Difference;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.rules.Observations.Watched;
import dev.migrationledger.contracts.rules.Place.Confirmed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far the evidence bears out a stamp that the schema does not contradict.
 *
 * @param anything whether anything at all does: something in the schema that an empty database would not have, or an agent that saw the
 *     stamped revisions run. Where the stamped revisions surely do nothing, there is nothing to confirm
 * @param open stamped revisions that the schema cannot show, parents first
 * @param excused objects that fit the stamp only because a place that cannot be read may have changed them
 */
public record Confirmation(boolean anything, List<String> open, List<Difference> excused) {

    public Confirmation {
        open = List.copyOf(open);
        excused = List.copyOf(excused);
    }

    /** Whether the stamp may be called right. That only the last steps cannot be seen is no reason against it. */
    public boolean isEnough() {
        return anything && excused.isEmpty();
    }

    /** Absent where nothing is stamped, or the stamp is contradicted or could not be judged. */
    static @Nullable Confirmation of(
            @Nullable ScriptsSeen scripts, @Nullable SchemaSays schema, Place place, @Nullable Watched watch) {
        if (scripts == null || schema == null || !(place instanceof Confirmed(List<String> stamped))
                || stamped.isEmpty()) {
            return null;
        }
        Set<String> applied = scripts.graph().implied(stamped);
        List<String> confirmed = schema.confirmed().apply(stamped);
        Set<String> open = new HashSet<>(applied);
        confirmed.forEach(open::remove);
        boolean anything = !confirmed.isEmpty()
                || applied.stream().map(scripts.footprints()::get).allMatch(Confirmation::doesNothing)
                || (watch != null && stamped.stream().allMatch(row -> wasSeen(watch.standings().get(row))));
        return new Confirmation(
                anything, scripts.graph().topological(open),
                schema.differences().apply(stamped).stream().filter(one -> one.excuse() != null).toList());
    }

    private static boolean doesNothing(@Nullable Footprint footprint) {
        return footprint != null && footprint.upgrade().isNone();
    }

    private static boolean wasSeen(@Nullable Standing standing) {
        return standing != null && standing.kind() == Standing.Kind.APPLIED && !standing.inferred();
    }
}
