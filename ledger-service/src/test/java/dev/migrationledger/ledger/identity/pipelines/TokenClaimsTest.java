package dev.migrationledger.ledger.identity.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.PipelineMatch.GithubRepository;
import dev.migrationledger.contracts.identity.PipelineMatch.GitlabProject;
import dev.migrationledger.contracts.identity.PipelineMatch.KubernetesAccount;
import dev.migrationledger.contracts.identity.PipelineRun.GithubJob;
import dev.migrationledger.contracts.identity.PipelineRun.GitlabJob;
import dev.migrationledger.contracts.identity.PipelineRun.KubernetesPod;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Claims as the issuers' documentation shows them. */
class TokenClaimsTest {

    private static final String MAIN = "acme/shop/.github/workflows/deploy.yml@refs/heads/main";

    private static final TokenClaims GITHUB = new TokenClaims("https://token.actions.githubusercontent.com", Map.of(
            "sub", "repo:acme/shop:environment:production", "repository_id", "74120581", "repository", "acme/shop",
            "environment", "production", "job_workflow_ref", MAIN, "ref", "refs/heads/main", "run_id", "4711",
            "actor", "ada"));

    private static final TokenClaims GITLAB = new TokenClaims("https://gitlab.com", Map.of(
            "sub", "project_path:acme/shop:ref_type:branch:ref:main", "project_id", "20", "project_path", "acme/shop",
            "environment", "production", "ref", "main", "ref_protected", "true", "pipeline_id", "574", "job_id", "302",
            "user_login", "ada"));

    private static final TokenClaims KUBERNETES = new TokenClaims("https://cluster.example", Map.of(
            "sub", "system:serviceaccount:shop:agent", "kubernetes.io", Map.of(
                    "namespace", "shop", "pod", Map.of("name", "agent-7d4", "uid", "u-pod"),
                    "serviceaccount", Map.of("name", "agent", "uid", "u-account"))));

    private static boolean matches(TokenClaims claims, PipelineMatch match) {
        return claims.run(match).isPresent();
    }

    @Test
    void a_job_of_github_matches_by_the_id_of_its_repository() {
        assertThat(GITHUB.run(new GithubRepository("74120581", null, null, null))).contains(
                new GithubJob("https://token.actions.githubusercontent.com", "74120581", "acme/shop", "production",
                        MAIN, "refs/heads/main", "4711", "ada"));
        assertThat(matches(GITHUB, new GithubRepository("74120581", "production", MAIN, "refs/heads/main"))).isTrue();
        assertThat(matches(GITHUB, new GithubRepository("7412058", null, null, null))).isFalse();
        assertThat(matches(GITHUB, new GithubRepository("acme/shop", null, null, null))).isFalse();
        assertThat(matches(GITHUB, new GithubRepository("74120581", "prod", null, null))).isFalse();
        assertThat(matches(GITHUB, new GithubRepository("74120581", null, MAIN + "2", null))).isFalse();
        assertThat(matches(GITHUB, new GithubRepository("74120581", null, null, "refs/heads/"))).isFalse();
    }

    @Test
    void what_a_token_does_not_say_matches_nothing() {
        TokenClaims without = new TokenClaims("https://token.actions.githubusercontent.com",
                Map.of("repository_id", "74120581", "sub", "repo:acme/shop:environment:production"));
        assertThat(matches(without, new GithubRepository("74120581", null, null, null))).isTrue();
        assertThat(matches(without, new GithubRepository("74120581", "production", null, null))).isFalse();
        assertThat(matches(without, new GitlabProject("74120581", null, null))).isFalse();
        assertThat(matches(without, new KubernetesAccount("a", "b", null))).isFalse();
    }

    @Test
    void a_job_of_gitlab_matches_by_the_id_of_its_project() {
        assertThat(GITLAB.run(new GitlabProject("20", "production", true))).contains(new GitlabJob(
                "https://gitlab.com", "20", "acme/shop", "production", "main", true, "574", "302", "ada"));
        assertThat(matches(GITLAB, new GitlabProject("2", null, null))).isFalse();
        assertThat(matches(GITLAB, new GitlabProject("20", "staging", null))).isFalse();
        assertThat(matches(new TokenClaims("https://gitlab.com", Map.of("project_id", 20, "ref_protected", "false")),
                new GitlabProject("20", null, true))).isFalse();
        assertThat(matches(new TokenClaims("https://gitlab.com", Map.of("project_id", 20)),
                new GitlabProject("20", null, null))).as("a number").isTrue();
    }

    @Test
    void a_pod_matches_by_its_service_account() {
        assertThat(KUBERNETES.run(new KubernetesAccount("shop", "agent", null))).contains(
                new KubernetesPod("https://cluster.example", "shop", "agent", "u-account", "agent-7d4"));
        assertThat(matches(KUBERNETES, new KubernetesAccount("shop", "agent", "u-account"))).isTrue();
        assertThat(matches(KUBERNETES, new KubernetesAccount("shop", "agent", "u-another"))).isFalse();
        assertThat(matches(KUBERNETES, new KubernetesAccount("shop", "default", null))).isFalse();
        assertThat(matches(KUBERNETES, new KubernetesAccount("shop2", "agent", null))).isFalse();
    }
}
