package dev.migrationledger.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.RunClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    @Test
    void only_what_is_on_the_list_is_taken_from_the_environment() {
        Map<String, String> taken = CiVariables.of(Map.of(
                "GITHUB_ACTIONS", "true", "GITHUB_RUN_ID", "42", "GITHUB_TOKEN", "s3cret", "BUILD_NUMBER", "7",
                "GITHUB_SERVER_URL", "https://bot:s3cret@github.example.org", "HOME", "/root"));

        assertThat(taken).containsOnly(
                Map.entry("GITHUB_ACTIONS", "true"), Map.entry("GITHUB_RUN_ID", "42"),
                Map.entry("GITHUB_SERVER_URL", "https://bot:***@github.example.org"));
        assertThat(CiVariables.of(Map.of("JENKINS_URL", "http://ci", "BUILD_NUMBER", "7")))
                .containsEntry("BUILD_NUMBER", "7");
    }

    @Test
    void the_commit_is_read_from_a_branch_a_packed_branch_a_detached_head_and_a_worktree() throws IOException {
        Path git = folder.resolve("repository/.git");
        Files.createDirectories(git.resolve("refs/heads"));
        Path inside = Files.createDirectories(folder.resolve("repository/src/deep"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        assertThat(GitCommit.at(inside)).as("a branch without a commit").isEmpty();

        Files.writeString(git.resolve("packed-refs"), "# pack-refs with: peeled\n" + COMMIT + " refs/heads/main\n");
        assertThat(GitCommit.at(inside)).contains(COMMIT);

        String newer = COMMIT.replace('0', 'f');
        Files.writeString(git.resolve("refs/heads/main"), newer + "\n");
        assertThat(GitCommit.at(inside)).contains(newer);

        Path worktree = Files.createDirectories(git.resolve("worktrees/other"));
        Files.writeString(worktree.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(worktree.resolve("commondir"), "../..\n");
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve(".git"), "gitdir: " + worktree + "\n");
        assertThat(GitCommit.at(other)).contains(newer);

        Files.writeString(git.resolve("HEAD"), COMMIT);
        assertThat(GitCommit.at(inside)).contains(COMMIT);
        Files.writeString(git.resolve("HEAD"), "ref: HEAD");
        assertThat(GitCommit.at(inside)).isEmpty();
    }

    @Test
    void a_claim_holds_the_command_without_secrets_and_no_more_of_it_than_a_reader_needs() {
        List<String> command = new ArrayList<>(List.of("alembic", "--password", "s3cret"));
        command.addAll(Collections.nCopies(200, "x".repeat(1_000)));

        RunClaim claim = Claims.of(command, " navbot:7 ", null, Map.of());

        assertThat(claim.command()).hasSize(100).startsWith("alembic", "--password", "***")
                .allMatch(word -> word.length() <= 501);
        assertThat(claim.image()).isEqualTo("navbot:7");
    }

    @Test
    void an_ai_agent_is_claimed_by_what_it_exports_or_by_name() {
        assertThat(ai(null, Map.of("CLAUDECODE", "1"))).isEqualTo("claude-code");
        assertThat(ai(null, Map.of("GEMINI_CLI", "1", "AI_AGENT", " house-bot "))).isEqualTo("house-bot");
        assertThat(ai("other", Map.of("CURSOR_AGENT", "1"))).isEqualTo("other");
        assertThat(ai(null, Map.of("CURSOR_AGENT", "0", "OPENCODE", "false"))).isNull();
    }

    private static @Nullable String ai(@Nullable String named, Map<String, String> variables) {
        return Claims.of(List.of("alembic"), null, named, variables).ai();
    }

    @Test
    void the_name_of_a_runs_sessions_leads_back_to_the_run() {
        UUID run = UUID.fromString("0198f2c4-0000-7000-8000-000000000001");

        assertThat(RunClaim.applicationName(run)).hasSizeLessThan(64);
        assertThat(RunClaim.runOf(RunClaim.applicationName(run))).contains(run);
        assertThat(RunClaim.runOf("psql")).isEmpty();
        assertThat(RunClaim.runOf("migration-ledger:run:x")).isEmpty();
        assertThat(RunClaim.runOf(null)).isEmpty();
    }
}
