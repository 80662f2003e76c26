package dev.migrationledger.contracts.environment;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.identity.PipelineRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One environment at one moment.
 *
 * @param versionTable as last seen; absent where no agent could read it yet
 * @param heads of its scripts
 * @param realHeads of its scripts
 * @param revisions every revision that counts as applied, parents before children
 * @param unknownRows rows of the version table that name no revision of the scripts
 * @param problems of the scripts
 * @param sources where its scripts were read, by agent and source; the one whose history counts comes first
 * @param runs what runs of migration commands said of themselves, of those that an actor in {@code revisions} was part of by the
 *     name of its session
 * @param observedAt by the agents' clocks, the last time anything was observed; absent before the first event
 * @param recordedAt by the ledger's clock, when the last event was recorded; absent before the first event
 * @param events how many events its state was rebuilt from
 * @param forgottenAgents how many more agents have reported something, before those in {@code agents}
 * @param retired absent while it is used
 */
public record EnvironmentReport(
        String project,
        String environment,
        Map<String, String> labels,
        @Nullable VersionTable versionTable,
        List<String> heads,
        List<String> realHeads,
        List<RevisionStatus> revisions,
        List<String> unknownRows,
        List<Finding> problems,
        List<ScriptsSource> sources,
        List<WatchingAgent> agents,
        List<Run> runs,
        @Nullable Instant observedAt,
        @Nullable Instant recordedAt,
        long events,
        int forgottenAgents,
        @Nullable Retirement retired) {

    public EnvironmentReport {
        labels = Map.copyOf(labels);
        heads = List.copyOf(heads);
        realHeads = List.copyOf(realHeads);
        revisions = List.copyOf(revisions);
        unknownRows = List.copyOf(unknownRows);
        problems = List.copyOf(problems);
        sources = List.copyOf(sources);
        agents = List.copyOf(agents);
        runs = List.copyOf(runs);
    }

    /**
     * Scripts as one source has them.
     *
     * @param source as whoever read it named it: a folder, a configuration file, {@code git:4f2a91c}, {@code image:navbot:1.4}
     * @param agent that read it
     * @param digest the same for the same scripts, wherever they lie
     * @param heads of these scripts
     * @param revisions how many there are
     * @param counts whether these are the environment's scripts
     * @param firstSeen when it first had scripts, by the agent's clock
     * @param lastSeen when it was last seen to have these
     */
    public record ScriptsSource(
            String source,
            String agent,
            String digest,
            List<String> heads,
            int revisions,
            boolean counts,
            Instant firstSeen,
            Instant lastSeen) {
        public ScriptsSource {
            heads = List.copyOf(heads);
        }
    }

    /**
     * An agent that has reported something about the environment.
     *
     * @param watching false after it said that it stopped, and while the ledger has heard nothing of it for {@code ledger.stale-after}; of a
     *     moment in the past, false only after it said that it stopped
     * @param version its own, as it reported when it started; absent where the ledger has not kept its start
     * @param mode {@code watch} (a daemon) or {@code observe} (one round); absent likewise
     * @param lastSequence of its current epoch
     * @param clockAhead seconds that its clock was ahead of the ledger's when it sent its last events; negative: behind; absent where it
     *     does not say
     * @param heardAt by the ledger's clock, its last event or heartbeat; of a moment in the past, its last event
     */
    public record WatchingAgent(
            String agent,
            UUID epoch,
            long lastSequence,
            boolean watching,
            @Nullable Instant observedAt,
            @Nullable Long clockAhead,
            @Nullable Instant heardAt,
            @Nullable String version,
            @Nullable String mode) {}

    /**
     * A run of a migration command: a claim, or proved to be a pipeline's, beside what was observed.
     *
     * @param provedBy what an issuer proved of the pipeline that reported it; absent: everything about it is a claim
     * @param startedAt by the clock of the machine that it ran on
     * @param endedAt by the same clock; absent while it has not said how it ended
     * @param exitCode absent while it has not said how it ended
     */
    public record Run(
            UUID run,
            RunClaim claim,
            @Nullable PipelineRun provedBy,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Integer exitCode) {}
}
