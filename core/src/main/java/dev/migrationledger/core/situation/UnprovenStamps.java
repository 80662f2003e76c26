package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.core.position.SchemaEvidence.Traces;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.Watched;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Revisions that were only written into the version table, and of which the schema does not show whether they ran. */
public final class UnprovenStamps {

    private UnprovenStamps() {}

    /** Parents first. */
    public static List<String> of(Observations seen, @Nullable SchemaAnalysis schema, List<String> rows) {
        Watched watch = seen.watch();
        ScriptsSeen scripts = seen.scripts();
        if (watch == null || scripts == null || schema == null) {
            return List.of();
        }
        return scripts.graph().topological(scripts.graph().implied(rows)).stream()
                .filter(revision -> isStamped(watch.statuses().get(revision)))
                .filter(revision -> isInvisible(
                        scripts.footprints().get(revision), schema.traces().get(revision)))
                .toList();
    }

    private static boolean isStamped(@Nullable RevisionStatus status) {
        return status != null && status.kind() == RevisionStatus.Kind.STAMPED;
    }

    /** What leaves its traces is the schema's to judge, and what others have since undone does not matter any more. */
    private static boolean isInvisible(@Nullable Footprint footprint, @Nullable Traces traces) {
        boolean confirmed = traces != null && traces.found() > 0;
        Effects upgrade = footprint == null ? null : footprint.upgrade();
        return !confirmed && (upgrade == null || !upgrade.isRead()
                || upgrade.changes().stream().anyMatch(effect -> effect.action() == Action.WRITE));
    }
}
