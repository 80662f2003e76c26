package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.identity.PipelineRun;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a revision came into an environment.
 *
 * @param status applied: it ran; stamped: it was only written into the version table; implied: it is an ancestor, and was never observed
 * @param inferred concluded from the graph between two polls
 * @param who the session that did it, as the database server saw it; absent where nothing captured it
 * @param statement that it sent; absent where nothing captured it
 * @param run the command that claims to have done it; absent: none does
 */
record BriefRevision(
        String revision, RevisionStatus.Kind status, boolean inferred, @Nullable Occurrence since,
        @Nullable String who, @Nullable String statement, Evidence.@Nullable Method evidence,
        Evidence.@Nullable Certainty certainty, @Nullable Command run) {

    /**
     * A migration command.
     *
     * @param user of the operating system
     * @param pipeline what its issuer proved of the pipeline that ran it; absent: everything here is a claim
     */
    record Command(
            UUID run, List<String> command, @Nullable String user, @Nullable String host, @Nullable String commit,
            @Nullable PipelineRun pipeline, @Nullable Integer exitCode) {
        static Command of(Run run) {
            RunClaim claim = run.claim();
            return new Command(run.run(), claim.command(), claim.user(), claim.host(), claim.commit(), run.provedBy(),
                    run.exitCode());
        }
    }

    static BriefRevision of(RevisionStatus status, List<Run> runs) {
        Evidence evidence = status.evidence();
        Attribution attribution = evidence == null ? null : evidence.attribution();
        Attribution.Actor actor = attribution == null ? null : attribution.actor();
        Optional<UUID> run = RunClaim.runOf(actor == null ? null : actor.applicationName());
        return new BriefRevision(status.revision(), status.kind(), status.inferred(), status.since(),
                actor == null ? null : actor.inWords(), attribution == null ? null : attribution.statement(),
                evidence == null ? null : evidence.method(), evidence == null ? null : evidence.certainty(),
                run.flatMap(id -> runs.stream().filter(it -> it.run().equals(id)).findFirst()).map(Command::of)
                        .orElse(null));
    }
}
