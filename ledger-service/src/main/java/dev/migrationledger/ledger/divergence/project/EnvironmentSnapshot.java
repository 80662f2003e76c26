package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.Observations.ToolCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules across environments need to know of one.
 *
 * @param rows of the version table, sorted; absent: nobody could read it yet
 * @param sources of scripts, the one that counts first; none: nobody has seen scripts
 * @param statuses of each revision that counts as applied
 * @param proved of the applied revisions, those that a pipeline ran, as an issuer proved
 * @param schema of the live schema; absent: nobody has read it
 * @param tool how commands for it call the migration tool
 * @param observedAt by the ledger's clock, when it was observed last; absent: never
 * @param observedRuns by the ledger's clock, when revisions had been observed to have run
 */
public record EnvironmentSnapshot(
        String name,
        Map<String, String> labels,
        @Nullable List<String> rows,
        List<SourceSeen> sources,
        Map<String, RevisionStatus> statuses,
        Set<String> proved,
        @Nullable SchemaPrint schema,
        ToolCall tool,
        @Nullable Instant observedAt,
        Map<String, Instant> observedRuns) {
    public EnvironmentSnapshot {
        labels = Map.copyOf(labels);
        rows = rows == null ? null : List.copyOf(rows);
        sources = List.copyOf(sources);
        statuses = Map.copyOf(statuses);
        proved = Set.copyOf(proved);
        observedRuns = Map.copyOf(observedRuns);
    }

    /**
     * Scripts as one source has them.
     *
     * @param source as the operator named it
     * @param agent that reported it
     * @param form in which the scripts were read
     * @param digest the same for the same scripts read in the same form
     * @param firstSeen when the agent read this source first
     */
    public record SourceSeen(
            String source,
            String agent,
            int form,
            String digest,
            RevisionGraph graph,
            Instant firstSeen,
            Instant lastSeen) {}

    /**
     * Names a live schema: equal for equal ones of one form.
     *
     * @param fingerprint of all that is there
     * @param own the schema whose name does not count; absent: each name does
     */
    public record SchemaPrint(Fingerprint fingerprint, @Nullable String own) {}

    /** Who sets it on some environments has them compared with one another and with no other. */
    static final String GROUP = "group";

    private static final RevisionGraph NOTHING = RevisionGraph.of(List.of());

    /** Empty: that of all that have none. */
    String group() {
        return labels.getOrDefault(GROUP, "");
    }

    /** The same with no other scripts than those that count. */
    public EnvironmentSnapshot withCountingSource() {
        return new EnvironmentSnapshot(name, labels, rows, sources.stream().limit(1).toList(), statuses, proved, schema,
                tool, observedAt, observedRuns);
    }

    /** The history that counts. */
    public RevisionGraph graph() {
        return sources.isEmpty() ? NOTHING : sources.getFirst().graph();
    }

    /** Whether what counts as applied can be said: its rows were read, and its scripts know each of them. */
    public boolean isPlaced() {
        return rows != null && (rows.isEmpty() || (!sources.isEmpty() && graph().unknown(rows).isEmpty()));
    }

    /** What counts as applied; only where it {@link #isPlaced}. */
    public Set<String> applied() {
        return rows == null ? Set.of() : graph().implied(rows);
    }
}
