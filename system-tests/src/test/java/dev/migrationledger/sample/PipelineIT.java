package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.PipelineMatch.GithubRepository;
import dev.migrationledger.contracts.identity.PipelineMatch.GitlabProject;
import dev.migrationledger.contracts.identity.PipelineMatch.KubernetesAccount;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.issuer.TestIssuer;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.FileSystemUtils;

/** Jobs of CI systems and containers use a ledger that asks for sign-in, without any secret: both executable jars. */
@Order(9)
@Execution(ExecutionMode.SAME_THREAD)
class PipelineIT {

    private static final String AUDIENCE = "https://ledger.example";

    private static final TestIssuer ISSUER = TestIssuer.start();

    @TempDir
    private static Path work;

    @TempDir
    private Path home;

    private static SampleLedger ledger;
    private static SampleRun run;

    @BeforeAll
    static void a_ledger_that_trusts_three_pipelines_and_then_asks_for_sign_in() throws Exception {
        SampleLayout layout = SampleLayout.here().workingIn(work);
        List<String> settings = List.of("--ledger.identity.audience=" + AUDIENCE);
        ledger = SampleLedger.start(layout, 0, settings);
        run = new SampleRun(ledger, layout);
        FileSystemUtils.copyRecursively(layout.project(), work.resolve("project"));
        try (Stream<Path> revisions = Files.list(work.resolve("project/migrations/versions"))) {
            for (Path later : revisions.filter(file -> !file.endsWith("001_initial.py")).toList()) {
                FileSystemUtils.deleteRecursively(later);
            }
        }
        for (String environment : List.of("staging", "production")) {
            run.databases().create(environment);
            run.databases().database(environment, layout.steps()).upgrade("001_initial");
        }
        twoHeadsInStaging(layout);
        trust(new GithubRepository("4711", "production", null, null));
        trust(new GitlabProject("815", null, true));
        trust(new KubernetesAccount("shop", "migrate", null));
        List<String> closed = new ArrayList<>(settings);
        closed.add("--ledger.identity.required=true");
        ledger.restart(closed);
    }

    /** The ledger proposes a merge of them. Their history had one head when the ledger saw it first. */
    private static void twoHeadsInStaging(SampleLayout layout) throws Exception {
        Path forked = work.resolve("forked");
        FileSystemUtils.copyRecursively(work.resolve("project"), forked);
        for (String head : List.of("", "left", "right")) {
            if (!head.isEmpty()) {
                revision(forked, head, "'001_initial'");
            }
            List<String> words = new ArrayList<>(SampleProcess.command(layout.agentJar()));
            words.addAll(List.of("observe", "--ledger", run.url(), "--project", run.project(), "--environment",
                    "staging", "--config", forked.resolve("alembic.ini").toString(), "--database",
                    run.databases().watchUrl("staging"), "--spool", work.resolve("spool-of-staging").toString()));
            ProcessOutput observed = ProcessOutput.of(words);
            assertThat(observed.exitCode()).as(observed.text()).isZero();
        }
        revision(forked, "merged", "('left', 'right')");
    }

    private static void revision(Path project, String id, String parents) throws IOException {
        Files.writeString(project.resolve("migrations/versions/" + id + ".py"),
                "revision = '%s'\ndown_revision = %s\n\n\ndef upgrade():\n    pass\n".formatted(id, parents));
    }

    private static void trust(PipelineMatch match) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(HttpRequest.newBuilder(URI.create(ledger.url() + "/api/v1/pipelines"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(ContractJson.write(
                            new TrustedPipeline.Wanted(ISSUER.address(), match, run.project(), "production"))))
                    .build(), BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        }
    }

    @AfterAll
    static void close() {
        ledger.close();
        ISSUER.close();
    }

    @BeforeEach
    void the_environment_is_known() throws Exception {
        ProcessOutput observed = agent("observe", "production", ISSUER.githubJob(
                Map.of("repository_id", "4711", "environment", "production")));
        assertThat(observed.exitCode()).as(observed.text()).isZero();
    }

    @Test
    void a_job_of_github_asks_the_gate_and_deploys() throws Exception {
        Map<String, String> job = ISSUER.githubJob(Map.of("repository_id", "4711", "environment", "production"));
        ProcessOutput asked = agent("gate", "production", job);
        assertThat(asked.exitCode()).as(asked.text()).isZero();
        ProcessOutput deployed = agent("run", "production", job, "--gate", "--", "echo", "it ran");
        assertThat(deployed.exitCode()).as(deployed.text()).isZero();
        assertThat(deployed.text()).contains("it ran").doesNotContain("wait in", TestIssuer.JOB_SECRET, "mlp_", "eyJ");
    }

    @Test
    void a_job_of_another_repository_or_without_permission_is_refused() throws Exception {
        ProcessOutput another = agent("gate", "production", ISSUER.githubJob(
                Map.of("repository_id", "4712", "environment", "production")));
        assertThat(another.exitCode()).as(another.text()).isEqualTo(3);
        assertThat(another.text()).contains("does not accept the id token of GitHub Actions: No trusted pipeline")
                .doesNotContain(TestIssuer.JOB_SECRET, "eyJ");
        ProcessOutput elsewhere = agent("observe", "staging", ISSUER.githubJob(
                Map.of("repository_id", "4711", "environment", "production")));
        assertThat(elsewhere.exitCode()).as(elsewhere.text()).isEqualTo(3);
        assertThat(elsewhere.text()).contains("is trusted for navbot/production, not for navbot/staging");
        ProcessOutput without = agent("gate", "production", Map.of("GITHUB_ACTIONS", "true"));
        assertThat(without.exitCode()).as(without.text()).isEqualTo(3);
        assertThat(without.text()).contains("let 'permissions' of the job have 'id-token' with the value 'write'");
    }

    @Test
    void all_commands_of_a_job_of_gitlab_use_its_one_token() throws Exception {
        String token = ISSUER
                .token(Map.of("aud", AUDIENCE, "project_id", "815", "ref_protected", "true", "job_id", "7"));
        Map<String, String> job = Map.of("GITLAB_CI", "true", "MIGRATION_LEDGER_ID_TOKEN", token);
        for (List<String> command : List.of(List.of("gate"), List.of("run", "--gate", "--", "true"),
                List.of("observe"))) {
            ProcessOutput output = agent(command.getFirst(), "production", job,
                    command.subList(1, command.size()).toArray(String[]::new));
            assertThat(output.exitCode()).as(output.text()).isZero();
            assertThat(output.text()).doesNotContain("wait in", token, "mlp_");
        }
    }

    @Test
    void a_job_publishes_its_scripts_and_that_of_another_repository_does_not() throws Exception {
        List<String> scan = List.of("scan", "--ledger", run.url(), "--project", run.project(), "--environment",
                "production", "--config", work.resolve("project/alembic.ini").toString(), "--source", "image:7");
        ProcessOutput published = program(ISSUER.githubJob(
                Map.of("repository_id", "4711", "environment", "production")), scan);
        assertThat(published.exitCode()).as(published.text()).isZero();
        assertThat(published.text()).doesNotContain("wait in", TestIssuer.JOB_SECRET, "mlp_", "eyJ");

        ProcessOutput another = program(ISSUER.githubJob(
                Map.of("repository_id", "4712", "environment", "production")), scan);
        assertThat(another.exitCode()).as(another.text()).isEqualTo(3);
        assertThat(another.text()).contains("does not accept the id token of GitHub Actions: No trusted pipeline")
                .doesNotContain(TestIssuer.JOB_SECRET, "eyJ");
    }

    @Test
    void a_container_signs_in_with_the_file_that_kubernetes_gives_it() throws Exception {
        Map<String, Object> claims = Map.of("aud", AUDIENCE, "kubernetes.io",
                Map.of("namespace", "shop", "serviceaccount", Map.of("name", "migrate", "uid", "u1")));
        Path file = home.resolve("token");
        Map<String, String> pod = Map.of("MIGRATION_LEDGER_ID_TOKEN_FILE", file.toString());
        for (int i = 0; i < 2; i++) {
            Files.writeString(file, ISSUER.token(claims));
            ProcessOutput observed = agent("observe", "production", pod);
            assertThat(observed.exitCode()).as(observed.text()).isZero();
        }
        Files.writeString(file, ISSUER.forged(claims));
        ProcessOutput forged = agent("observe", "production", pod);
        assertThat(forged.exitCode()).as(forged.text()).isEqualTo(3);
        assertThat(forged.text()).contains("does not accept the id token of the file", "signature");
    }

    @Test
    void a_job_checks_whether_a_merge_in_its_scripts_is_approved() throws Exception {
        Path report = home.resolve("issues.json");
        Map<String, String> job = ISSUER.githubJob(Map.of("repository_id", "4711", "environment", "production"));
        ProcessOutput blocked = Eventually.becomes("the merge is proposed",
                () -> checkMerge(job, "--code-quality", report.toString()), it -> it.exitCode() != 0);
        assertThat(blocked.exitCode()).as(blocked.text()).isEqualTo(1);
        assertThat(blocked.text()).contains("merged brings left and right together, and that is not approved.")
                .contains("::error title=Heads::merged brings")
                .doesNotContain(TestIssuer.JOB_SECRET, "mlp_", "eyJ");
        assertThat(report).content().contains("\"check_name\" : \"unapproved-merge\"", "versions/merged.py");

        String token = ISSUER
                .token(Map.of("aud", AUDIENCE, "project_id", "815", "ref_protected", "true", "job_id", "8"));
        ProcessOutput gitlab = checkMerge(Map.of("GITLAB_CI", "true", "MIGRATION_LEDGER_ID_TOKEN", token));
        assertThat(gitlab.exitCode()).as(gitlab.text()).isEqualTo(1);
        assertThat(gitlab.text()).contains("that is not approved.").doesNotContain(token, "mlp_");

        ProcessOutput another = checkMerge(ISSUER.githubJob(
                Map.of("repository_id", "4712", "environment", "production")));
        assertThat(another.exitCode()).as(another.text()).isEqualTo(3);
        assertThat(another.text()).contains("does not accept the id token of GitHub Actions: No trusted pipeline");
    }

    private ProcessOutput checkMerge(Map<String, String> job, String... more) throws Exception {
        return program(job, List.of("merge", "check", "--ledger", run.url(), "--project", run.project(), "--config",
                work.resolve("forked/alembic.ini").toString()), more);
    }

    private ProcessOutput agent(String command, String environment, Map<String, String> job, String... more)
            throws Exception {
        return program(job, List.of(command, "--ledger", run.url(), "--project", run.project(), "--environment",
                environment, "--config", work.resolve("project/alembic.ini").toString(), "--database",
                run.databases().watchUrl(environment)), more);
    }

    private ProcessOutput program(Map<String, String> job, List<String> command, String... more) throws Exception {
        List<String> words = new ArrayList<>(SampleProcess.command(SampleLayout.here().agentJar()));
        words.addAll(command);
        words.addAll(List.of(more));
        ProcessBuilder program = new ProcessBuilder(words);
        program.environment().put("HOME", home.toString());
        program.environment().put("MIGRATION_LEDGER_AUDIENCE", AUDIENCE);
        program.environment().putAll(job);
        return ProcessOutput.of(program);
    }
}
