package dev.migrationledger.contracts.identity;

import org.jspecify.annotations.Nullable;

/** Which tokens of an issuer are those of a pipeline. Every value is compared as a whole; an absent one is not compared. */
public sealed interface PipelineMatch {

    /**
     * A repository on GitHub.
     *
     * @param repositoryId GitHub's number of it: another repository never gets it, not even under the same name
     * @param environment of GitHub's deployment environments
     * @param workflow the claim {@code job_workflow_ref}, such as {@code acme/shop/.github/workflows/deploy.yml@refs/heads/main}
     * @param ref such as {@code refs/heads/main}
     */
    record GithubRepository(
            String repositoryId, @Nullable String environment, @Nullable String workflow, @Nullable String ref)
            implements
                PipelineMatch {}

    /**
     * A project on GitLab.
     *
     * @param projectId GitLab's number of it
     * @param environment of GitLab's environments
     * @param protectedRef whether only jobs of protected branches and tags match; absent: all
     */
    record GitlabProject(String projectId, @Nullable String environment, @Nullable Boolean protectedRef)
            implements
                PipelineMatch {}

    /**
     * A service account of a Kubernetes cluster.
     *
     * @param uid of the service account: one that is made again under the same name has another
     */
    record KubernetesAccount(String namespace, String serviceAccount, @Nullable String uid) implements PipelineMatch {}
}
