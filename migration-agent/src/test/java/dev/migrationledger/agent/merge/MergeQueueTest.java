package dev.migrationledger.agent.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.testsupport.golden.GoldenFile;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Branches of a Git repository that wait to be merged, checked one after the other. */
class MergeQueueTest {

    @TempDir
    Path repository;

    private Path project = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void a_repository() throws Exception {
        assumeTrue(hasGit() || "true".equals(System.getenv("CI")), "git is not installed");
        project = Files.createDirectories(repository.resolve("backend"));
        Files.createDirectories(project.resolve("migrations/versions"));
        Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = migrations\n");
        Files.writeString(project.resolve("migrations/env.py"), "");
        Files.writeString(repository.resolve("picture.png"), "no script");
        git("init", "--quiet", "--initial-branch=main");
        revision("r0", null);
        commit();
    }

    @Test
    void two_of_ten_candidates_fork_and_the_others_pass() throws Exception {
        String head = "r0";
        String older = "";
        for (int i = 1; i <= 10; i++) {
            boolean stale = i == 4 || i == 8;
            git("checkout", "--quiet", "-b", "branch" + i, stale ? "before" : "main");
            revision("r" + i, stale ? older : head);
            commit();
            out.getBuffer().setLength(0);
            assertThat(check("--base", "main")).as("candidate %d: %s", i, out).isEqualTo(stale ? 1 : 0);
            if (stale) {
                assertThat(out.toString()).startsWith("BLOCKED: alembic.ini merged with main, 2 heads")
                        .contains("'" + head + "'", "'r" + i + "'");
                continue;
            }
            git("branch", "--force", "before", "main");
            older = head;
            git("checkout", "--quiet", "main");
            git("merge", "--quiet", "--no-edit", "branch" + i);
            head = "r" + i;
        }
        assertThat(git("status", "--porcelain").text()).isEmpty();
    }

    @Test
    void an_action_of_github_shows_what_is_wrong_beside_the_run() throws Exception {
        revision("r1", "r0");
        revision("r2", "r0");
        commit();
        assertThat(check(Map.of("GITHUB_ACTIONS", "true"), "--base", "main", "--output", "json")).isEqualTo(1);
        assertThat(err.toString()).startsWith("::error title=Heads::");
        assertThat(out.toString()).startsWith("{").contains("\"passed\" : false", "\"base\" : \"main\"");
    }

    @Test
    void gitlab_gets_a_report_that_is_the_same_in_every_run_and_empty_if_nothing_is_wrong() throws Exception {
        revision("r1", "r0");
        revision("r2", "r0");
        commit();
        Path file = repository.resolve("issues.json");
        Map<String, String> job = Map.of("GITLAB_CI", "true", "CI_PROJECT_DIR", repository.toString());
        assertThat(check(job, "--base", "main", "--code-quality", "../issues.json")).isEqualTo(1);
        String first = Files.readString(file);
        GoldenFile.compare(Path.of("src/test/resources/code-quality/two-heads.json"), first);
        assertThat(check(job, "--code-quality", file.toString())).isEqualTo(1);
        assertThat(file).as("of the scripts as they lie").hasContent(first);

        revision("r2", "r1");
        assertThat(check(job, "--code-quality", file.toString())).isZero();
        assertThat(file).hasContent("[ ]");
    }

    @Test
    void a_report_that_cannot_be_written_is_wrong_usage_before_anything_is_checked() throws Exception {
        assertThat(check("--base", "no-such", "--code-quality", "none/issues.json")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--code-quality cannot write 'none/issues.json': its folder does not exist. Name another file.")
                .doesNotContain("no-such");
        assertThat(check("--code-quality", repository.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Is a directory");
        assertThat(check("--code-quality", "alembic.ini/issues.json")).isEqualTo(2);
        assertThat(check("--code-quality", "/dev/full")).isEqualTo(2);
    }

    @Test
    void a_report_of_an_earlier_run_does_not_outlive_a_run_that_fails() throws Exception {
        Path file = Files.writeString(repository.resolve("issues.json"), "[ ]");
        assertThat(check("--base", "no-such", "--code-quality", file.toString())).isEqualTo(2);
        assertThat(file).isEmptyFile();
    }

    @Test
    void what_git_cannot_merge_is_not_judged() throws Exception {
        git("checkout", "--quiet", "-b", "one");
        Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = one\n");
        commit();
        git("checkout", "--quiet", "-b", "other", "main");
        Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = other\n");
        commit();
        assertThat(check("--base", "one")).isEqualTo(3);
        assertThat(err.toString()).contains(
                "Git cannot merge HEAD and 'one': they conflict in alembic.ini. Resolve that first.");
        assertThat(check("--base", "no-such")).isEqualTo(2);
        assertThat(err.toString()).contains("Git does not know 'no-such'");
        assertThat(check("--base", "main", "--config", project.resolve("alembic.ini").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is an absolute path");
    }

    private void revision(String id, @Nullable String parent) throws IOException {
        Files.writeString(project.resolve("migrations/versions/" + id + ".py"),
                "revision = '%s'\ndown_revision = %s\ndef upgrade():\n    pass\n".formatted(id,
                        parent == null ? "None" : "'" + parent + "'"));
    }

    private void commit() throws Exception {
        git("add", "--all");
        git("-c", "user.name=test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "test");
    }

    private ProcessOutput git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=test", "-c",
                "user.email=test@example.org"));
        command.addAll(List.of(arguments));
        ProcessOutput output = ProcessOutput.of(new ProcessBuilder(command).directory(repository.toFile()));
        assertThat(output.exitCode()).as(output.text()).isZero();
        return output;
    }

    private static boolean hasGit() throws InterruptedException {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private int check(String... words) {
        return check(Map.of(), words);
    }

    private int check(Map<String, String> environment, String... words) {
        CommandLine command = new CommandLine(
                new CheckMergeCommand(new ScriptsOptions(project, Map.of()), environment))
                .setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((e, line, _) -> {
                    line.getErr().println(e.getMessage());
                    return e instanceof CommandFailure failure ? failure.exitCode() : 9;
                });
        return command.execute(words);
    }
}
