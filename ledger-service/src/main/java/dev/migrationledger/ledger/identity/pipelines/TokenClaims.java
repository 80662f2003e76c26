package dev.migrationledger.ledger.identity.pipelines;

import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.PipelineMatch.GithubRepository;
import dev.migrationledger.contracts.identity.PipelineMatch.GitlabProject;
import dev.migrationledger.contracts.identity.PipelineMatch.KubernetesAccount;
import dev.migrationledger.contracts.identity.PipelineRun;
import dev.migrationledger.contracts.identity.PipelineRun.GithubJob;
import dev.migrationledger.contracts.identity.PipelineRun.GitlabJob;
import dev.migrationledger.contracts.identity.PipelineRun.KubernetesPod;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a checked token says, in the words of its kind of issuer. Ids and environments are compared, never a part of {@code sub}: names in it
 * may be taken by others, and its form changes with settings of the issuer.
 *
 * @param issuer who signed it
 * @param claims by name
 */
record TokenClaims(String issuer, Map<String, Object> claims) {

    /** The run whose token it is, if it matches. */
    Optional<PipelineRun> run(PipelineMatch match) {
        return (switch (match) {
            case GithubRepository _ -> github();
            case GitlabProject _ -> gitlab();
            case KubernetesAccount _ -> kubernetes();
        }).filter(run -> matches(match, run));
    }

    static boolean matches(PipelineMatch match, PipelineRun run) {
        return switch (match) {
            case GithubRepository it -> run instanceof GithubJob job
                    && it.repositoryId().equals(job.repositoryId())
                    && isOrAny(it.environment(), job.environment())
                    && isOrAny(it.workflow(), job.workflow())
                    && isOrAny(it.ref(), job.ref());
            case GitlabProject it -> run instanceof GitlabJob job
                    && it.projectId().equals(job.projectId())
                    && isOrAny(it.environment(), job.environment())
                    && isOrAny(it.protectedRef(), job.protectedRef());
            case KubernetesAccount it -> run instanceof KubernetesPod pod
                    && it.namespace().equals(pod.namespace())
                    && it.serviceAccount().equals(pod.serviceAccount())
                    && isOrAny(it.uid(), pod.uid());
        };
    }

    private static boolean isOrAny(@Nullable Object wanted, @Nullable Object had) {
        return wanted == null || wanted.equals(had);
    }

    private Optional<PipelineRun> github() {
        String repositoryId = text("repository_id");
        return repositoryId == null
                ? Optional.empty()
                : Optional.of(new GithubJob(issuer, repositoryId, text("repository"), text("environment"),
                        text("job_workflow_ref"), text("ref"), text("run_id"), text("actor")));
    }

    private Optional<PipelineRun> gitlab() {
        String projectId = text("project_id");
        String protectedRef = text("ref_protected");
        return projectId == null
                ? Optional.empty()
                : Optional.of(new GitlabJob(issuer, projectId, text("project_path"), text("environment"), text("ref"),
                        protectedRef == null ? null : protectedRef.equals("true"), text("pipeline_id"),
                        text("job_id"), text("user_login")));
    }

    private Optional<PipelineRun> kubernetes() {
        TokenClaims cluster = within("kubernetes.io");
        String namespace = cluster.text("namespace");
        String account = cluster.within("serviceaccount").text("name");
        return namespace == null || account == null
                ? Optional.empty()
                : Optional.of(new KubernetesPod(issuer, namespace, account,
                        cluster.within("serviceaccount").text("uid"), cluster.within("pod").text("name")));
    }

    private TokenClaims within(String name) {
        return new TokenClaims(issuer, claims.get(name) instanceof Map<?, ?> inner ? typed(inner) : Map.of());
    }

    @SuppressWarnings("unchecked") // The keys of a JSON object are texts.
    private static Map<String, Object> typed(Map<?, ?> object) {
        return (Map<String, Object>) object;
    }

    /** A text, a number or a truth value as text; GitLab has sent numbers as both. */
    private @Nullable String text(String name) {
        return switch (claims.get(name)) {
            case String it -> it;
            case Number it -> it.toString();
            case Boolean it -> it.toString();
            case null, default -> null;
        };
    }
}
