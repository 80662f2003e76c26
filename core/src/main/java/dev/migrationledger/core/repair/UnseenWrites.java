package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.core.position.SchemaEvidence.Traces;
import dev.migrationledger.core.situation.Confirmation;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.Watched;
import dev.migrationledger.core.situation.SchemaAnalysis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows that a revision writes and that the schema cannot prove. Rows are proved if the same transaction also changed the schema, and
 * that change is there.
 */
record UnseenWrites(ScriptsSeen scripts, @Nullable SchemaAnalysis schema, @Nullable Watched watch) {

    /** Such as {@code 'k2' wrote rows of parcel (line 12)}, of revisions that run between two sets of rows, parents first. */
    List<String> between(List<String> from, List<String> to) {
        return scripts.graph().upgradePath(from, to).stream()
                .filter(revision -> watch == null || !Confirmation.wasSeen(watch.statuses().get(revision)))
                .map(this::of).filter(sentence -> !sentence.isEmpty()).toList();
    }

    private String of(String revision) {
        Footprint footprint = scripts.footprints().get(revision);
        if (footprint == null) {
            return "";
        }
        List<Change> changes = footprint.upgrade().changes();
        boolean shown = isShown(revision) && changes.stream().anyMatch(change -> !(change instanceof Write));
        List<Change> unseen = changes.stream()
                .filter(change -> change instanceof Write write && (!shown || Boolean.TRUE.equals(write.apart())))
                .toList();
        return unseen.isEmpty()
                ? ""
                : "%s wrote rows of %s".formatted(MessageText.id(revision), MessageText.rows(unseen));
    }

    private boolean isShown(String revision) {
        Traces traces = schema == null ? null : schema.traces().get(revision);
        return traces != null && traces.found() > 0;
    }
}
