package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.environment.Standing;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.core.position.SchemaEvidence.Traces;
import dev.migrationledger.core.rules.Observations.ScriptsSeen;
import dev.migrationledger.core.rules.Observations.Watched;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A revision that only was written into the version table, and of which the schema cannot say whether it ran. */
final class StampedNotRun implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.STAMPED_NOT_RUN;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE, Input.SCHEMA, Input.WATCHING);
    }

    @Override
    public List<Finding> judge(Case c) {
        ScriptsSeen scripts = c.seen().scripts();
        List<String> stamped = scripts != null && c.place() instanceof Place.Confirmed confirmed
                ? revisions(c.seen(), c.schema(), confirmed.stamped())
                : List.of();
        if (scripts == null || stamped.isEmpty()) {
            return List.of();
        }
        return List.of(new Finding(DivergenceCode.STAMPED_NOT_RUN, Severity.WARNING, "",
                "%s only stamped, and the schema does not show whether %s ran: %s. Check by hand."
                        .formatted(Words.ids(stamped) + (stamped.size() == 1 ? " was" : " were"),
                                stamped.size() == 1 ? "it" : "they",
                                new Differences(scripts).of(stamped)),
                stamped.stream().limit(Words.MOST_NAMED).map(Exhibit::revision).toList(),
                c.plan(DivergenceCode.STAMPED_NOT_RUN)));
    }

    /** Those of which nobody can say whether they ran; parents first. */
    static List<String> revisions(Observations seen, @Nullable SchemaSays schema, List<String> rows) {
        Watched watch = seen.watch();
        ScriptsSeen scripts = seen.scripts();
        if (watch == null || scripts == null || schema == null) {
            return List.of();
        }
        return scripts.graph().topological(scripts.graph().implied(rows)).stream()
                .filter(revision -> isStamped(watch.standings().get(revision)))
                .filter(revision -> isOutOfSight(
                        scripts.footprints().get(revision), schema.traces().get(revision)))
                .toList();
    }

    private static boolean isStamped(@Nullable Standing standing) {
        return standing != null && standing.kind() == Standing.Kind.STAMPED;
    }

    /** What leaves its traces is the schema's to judge, and what others have since undone does not matter any more. */
    private static boolean isOutOfSight(@Nullable Footprint footprint, @Nullable Traces traces) {
        boolean confirmed = traces != null && traces.found() > 0;
        Effects upgrade = footprint == null ? null : footprint.upgrade();
        return !confirmed && (upgrade == null || !upgrade.isRead()
                || upgrade.changes().stream().anyMatch(effect -> effect.action() == Action.WRITE));
    }
}
