package dev.migrationledger.ledger.page;

import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.identity.PipelineRun.GithubJob;
import dev.migrationledger.contracts.identity.PipelineRun.GitlabJob;
import dev.migrationledger.contracts.identity.PipelineRun.KubernetesPod;
import dev.migrationledger.contracts.identity.PipelineRun;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who ran or stamped a revision, in words. */
public final class ActorText {

    private ActorText() {}

    /**
     * Such as {@code deploy via psql from 10.0.0.7}; empty where it is not known.
     *
     * @param runs that reported to the ledger
     */
    public static String of(RevisionStatus status, Collection<Run> runs) {
        Actor actor = actor(status);
        return actor == null
                ? ""
                : run(status, runs).map(run -> "%s (%s)".formatted(actor.user(), started(run)))
                        .orElse(actor.inWords());
    }

    /** The run of a migration command whose session did it. */
    public static Optional<Run> run(RevisionStatus status, Collection<Run> runs) {
        Actor actor = actor(status);
        return actor == null
                ? Optional.empty()
                : runs.stream()
                        .filter(run -> RunClaim.runOf(actor.applicationName()).filter(run.run()::equals).isPresent())
                        .findFirst();
    }

    private static @Nullable Actor actor(RevisionStatus status) {
        Evidence evidence = status.evidence();
        Attribution attribution = evidence == null ? null : evidence.attribution();
        return attribution == null ? null : attribution.actor();
    }

    /** What an issuer proved, or else what the run says about itself. */
    public static String started(Run run) {
        PipelineRun proof = run.provedBy();
        return proof == null ? "claimed: " + claimed(run.claim()) : "proved: " + proved(proof);
    }

    private static String proved(PipelineRun proof) {
        return switch (proof) {
            case GithubJob job -> "GitHub job of %s%s%s".formatted(job.name(), part(", run ", job.run()),
                    part(", started by ", job.actor()));
            case GitlabJob job -> "GitLab job of %s%s%s".formatted(job.name(),
                    part(", pipeline ", job.pipeline()), part(", started by ", job.actor()));
            case KubernetesPod pod -> "Kubernetes account %s%s".formatted(pod.name(),
                    part(", pod ", pod.pod()));
        };
    }

    private static String part(String before, @Nullable String text) {
        return text == null ? "" : before + text;
    }

    private static String claimed(RunClaim claim) {
        String user = claim.user() == null ? "someone" : claim.user();
        return claim.host() == null ? user : user + " on " + claim.host();
    }
}
