package dev.migrationledger.contracts.identity;

import org.jspecify.annotations.Nullable;

/** What an issuer proved of the program that showed its token. */
public sealed interface PipelineRun {

    /** Who signed the token. */
    String issuer();

    /** What people call it. */
    String name();

    /**
     * A job of GitHub Actions.
     *
     * @param repository its name at that time, such as {@code acme/shop}
     * @param environment of GitHub's deployment environments
     * @param workflow the claim {@code job_workflow_ref}
     * @param run GitHub's number of the workflow's run
     * @param actor who started the run
     */
    record GithubJob(
            String issuer, String repositoryId, @Nullable String repository, @Nullable String environment,
            @Nullable String workflow, @Nullable String ref, @Nullable String run, @Nullable String actor)
            implements
                PipelineRun {
        @Override
        public String name() {
            return repository == null ? repositoryId : repository;
        }
    }

    /**
     * A job of GitLab CI/CD.
     *
     * @param projectPath its name at that time, such as {@code acme/shop}
     * @param environment of GitLab's environments
     * @param protectedRef whether the branch or tag is protected; absent: unknown
     * @param pipeline GitLab's number of the pipeline
     * @param actor who started the job
     */
    record GitlabJob(
            String issuer, String projectId, @Nullable String projectPath, @Nullable String environment,
            @Nullable String ref, @Nullable Boolean protectedRef, @Nullable String pipeline, @Nullable String job,
            @Nullable String actor) implements PipelineRun {
        @Override
        public String name() {
            return projectPath == null ? projectId : projectPath;
        }
    }

    /**
     * A pod on Kubernetes.
     *
     * @param uid of the service account
     */
    record KubernetesPod(
            String issuer, String namespace, String serviceAccount, @Nullable String uid, @Nullable String pod)
            implements
                PipelineRun {
        @Override
        public String name() {
            return namespace + "/" + serviceAccount;
        }
    }
}
