package dev.migrationledger.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.cli.EndConverter;
import dev.migrationledger.agent.send.TestLedger.Canned;
import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.PolicyDryRun.Changed;
import dev.migrationledger.contracts.gate.PolicyDryRun.NotJudged;
import dev.migrationledger.contracts.gate.PolicyDryRun.Why;
import dev.migrationledger.contracts.gate.PolicyDryRun;
import dev.migrationledger.contracts.policy.Baseline.Entry;
import dev.migrationledger.contracts.policy.Baseline.Status;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.policy.GateReason.ApprovalsMissing;
import dev.migrationledger.contracts.policy.GateReason.NoPipeline;
import dev.migrationledger.contracts.policy.PolicyMistake;
import dev.migrationledger.contracts.policy.PolicyPlace.Section;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.PolicyRefusal;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCommandTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ProjectPolicy THIRD = new ProjectPolicy("navbot", 3, NOON, "ada",
            "# ours\nunreachable: local\nfreshness:\n  - at-most: 5m\n");

    @TempDir
    Path folder;

    private final TestLedger ledger = new TestLedger();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String file = "";

    @BeforeEach
    void a_file() throws IOException {
        file = Files.writeString(folder.resolve("policy.yaml"), "unreachable: block\n").toString();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void the_file_is_shown_as_it_was_applied_and_its_version_beside_it() {
        ledger.answer(ok(THIRD));
        assertThat(policy("show")).isEqualTo(0);
        assertThat(out).hasToString(THIRD.text());
        assertThat(err).hasToString("Version 3 of navbot, applied 2026-03-01T12:00:00Z by ada.\n");
    }

    @Test
    void a_project_without_a_policy_shows_no_file() {
        ledger.answer(ok(ProjectPolicy.none("navbot")));
        assertThat(policy("show")).isEqualTo(0);
        assertThat(out.toString()).isEmpty();
        assertThat(err).hasToString("navbot has no policy; the defaults count.\n");
    }

    @Test
    void what_is_applied_is_shown_with_the_lines_that_changed() {
        ledger.answer(ok(THIRD), ok(new ProjectPolicy("navbot", 4, NOON, "ada",
                "# ours\nunreachable: block\nfreshness:\n  - at-most: 5m\n")));
        assertThat(policy("apply", file)).isEqualTo(0);
        assertThat(out).hasToString("""
                Applied version 4 of navbot, in place of version 3.
                - unreachable: local
                + unreachable: block
                """);
    }

    @Test
    void a_policy_that_counts_already_is_no_change() {
        ledger.answer(ok(THIRD), ok(THIRD));
        assertThat(policy("apply", file)).isEqualTo(0);
        assertThat(out).hasToString("Version 3 of navbot has this text already.\n");
    }

    @Test
    void all_mistakes_are_shown_with_their_places() {
        ledger.answer(ok(THIRD), new Canned(422, ContractJson.pretty(new PolicyRefusal("about:blank", "No", 422, "Two.",
                PolicyRefusal.CODE, List.of(new PolicyMistake(3, 26, "'nonsense' is not a code"),
                        new PolicyMistake(7, 12, "'many' is not a number")))),
                Map.of()));
        assertThat(policy("apply", file)).isEqualTo(1);
        assertThat(out).hasToString("""
                %1$s:3:26: 'nonsense' is not a code
                %1$s:7:12: 'many' is not a number

                The policy has 2 mistakes; nothing was changed.
                """.formatted(file));
    }

    @Test
    void a_dry_run_shows_what_would_have_changed_and_why() {
        Changed blocked = new Changed(new UUID(0, 1), "production", NOON, "ci", Decision.BLOCKED,
                List.of(new ApprovalsMissing(RuleMode.ENFORCE, new PolicyPlace(Section.APPROVALS, 0), 1, 0),
                        new NoPipeline(RuleMode.WARN, new PolicyPlace(Section.PIPELINE, 0))));
        Changed allowed = new Changed(new UUID(0, 2), "staging", NOON, "ann\u001b[2J", Decision.ALLOWED,
                List.of(new NoPipeline(RuleMode.WARN, new PolicyPlace(Section.PIPELINE, 0))));
        NotJudged unknown = new NotJudged(new UUID(0, 3), "production", NOON, "ci", Why.TOO_MANY_ENVIRONMENTS);
        ledger.answer(
                ok(new PolicyDryRun("navbot", NOON, 12, 9, 1, 1, List.of(blocked, allowed), List.of(unknown))));
        assertThat(policy("dry-run", file)).isEqualTo(1);
        assertThat(out).hasToString("""
                navbot had 12 deploys since 2026-03-01T12:00:00Z. Under %s:

                    9 would have got the same answer
                    1 allowed, would have been blocked
                    1 blocked, would have been allowed
                    1 cannot be judged again

                Would have been blocked
                  2026-03-01T12:00:00Z  production, asked by ci  00000000-0000-0000-0000-000000000001
                    approvals rule 1: 1 approval required, 0 given. Ask an approver.

                Would have been allowed
                  2026-03-01T12:00:00Z  staging, asked by ann\\u001b[2J  00000000-0000-0000-0000-000000000002
                    pipeline rule 1: Only a pipeline deploys here. Deploy with the pipeline.

                Cannot be judged again
                  2026-03-01T12:00:00Z  production, asked by ci  00000000-0000-0000-0000-000000000003
                    A promotion asks for other environments; the project had too many to record.
                """.formatted(file));
    }

    @Test
    void a_dry_run_that_changes_nothing_is_healthy_unless_something_is_unknown() {
        NotJudged unknown = new NotJudged(new UUID(0, 3), "production", NOON, "ci", Why.NO_CIRCUMSTANCES);
        ledger.answer(ok(new PolicyDryRun("navbot", NOON, 2, 2, 0, 0, List.of(), List.of())),
                ok(new PolicyDryRun("navbot", NOON, 2, 1, 0, 0, List.of(), List.of(unknown))),
                new Canned(422, ContractJson.pretty(new PolicyRefusal("about:blank", "No", 422, "One.",
                        PolicyRefusal.CODE, List.of(new PolicyMistake(3, 26, "'nonsense' is not a code")))), Map.of()));
        assertThat(policy("dry-run", file)).isZero();
        assertThat(policy("dry-run", file, "--days", "30")).isEqualTo(3);
        assertThat(out.toString()).endsWith("The ledger did not record its circumstances.\n");
        assertThat(policy("dry-run", file)).isEqualTo(1);
        assertThat(out.toString()).endsWith("The policy has 1 mistake; nothing was changed.\n");
        assertThat(policy("dry-run", file, "--days", "91")).isEqualTo(2);
        assertThat(err.toString()).contains("--days 91 is out of range; write 1 to 90.");
    }

    @Test
    void a_change_in_between_is_reported_and_nothing_overwritten() {
        ledger.answer(ok(THIRD), problem(412, ProjectPolicy.CHANGED, "Version 4 counts, not version 3."));
        assertThat(policy("apply", file)).isEqualTo(1);
        assertThat(err).hasToString("migration-agent: Version 4 counts, not version 3.\n");
    }

    @Test
    void accepted_findings_are_listed_with_what_needs_attention_first() {
        ledger.answer(ok(new Baseline("navbot", List.of(
                entry(DivergenceCode.FORKED, "", Status.GONE), entry(DivergenceCode.SCHEMA_HOLE, "", Status.OPEN),
                entry(DivergenceCode.UNKNOWN_REVISION, "zz\u001b[2J", Status.WORSE),
                entry(DivergenceCode.DUPLICATE_ROW, "b", Status.ENDED)))));
        assertThat(policy("baseline")).isEqualTo(1);
        assertThat(out).hasToString("""
                navbot accepts 4 findings: 1 worse, 1 ended, 1 open, 1 gone

                worse  production  unknown-revision  zz\\u001b[2J
                       until 2026-03-01T12:00:00Z, owner ann
                       known since May
                ended  production  duplicate-row  b
                       until 2026-03-01T12:00:00Z, owner ann
                       known since May
                open   production  schema-hole
                       until 2026-03-01T12:00:00Z, owner ann
                       known since May
                gone   production  forked
                       until 2026-03-01T12:00:00Z, owner ann
                       known since May
                """);
    }

    @Test
    void a_baseline_that_holds_is_healthy() {
        ledger.answer(ok(new Baseline("navbot", List.of())), ok(new Baseline("navbot",
                List.of(entry(DivergenceCode.SCHEMA_HOLE, "", Status.OPEN)))));
        assertThat(policy("baseline")).isEqualTo(0);
        assertThat(out).hasToString("navbot accepts no findings.\n");
        assertThat(policy("baseline")).isEqualTo(0);
    }

    @Test
    void what_is_accepted_is_listed() {
        ledger.answer(ok(new Baseline("navbot", List.of(entry(DivergenceCode.SCHEMA_HOLE, "", Status.OPEN)))),
                ok(new Baseline("navbot", List.of())));
        assertThat(accept("--until", "30d")).isEqualTo(0);
        assertThat(out.toString()).startsWith("Accepted 1 finding of production.\n\nopen   production  schema-hole\n");
        assertThat(accept("--until", "2027-01-31")).isEqualTo(0);
        assertThat(out.toString()).endsWith("production has no open finding to accept.\n");
    }

    @Test
    void what_the_ledger_refuses_is_wrong_usage_and_what_it_forbids_is_no_answer() {
        ledger.answer(problem(422, "invalid-field", "'2020' is over."), problem(403, "forbidden", "Not for you."));
        assertThat(accept("--until", "2020-01-01")).isEqualTo(2);
        assertThat(accept("--until", "30d")).isEqualTo(3);
        assertThat(err.toString()).contains("'2020' is over.", "answers 403: Not for you.");
    }

    @Test
    void findings_are_withdrawn_by_environment_code_and_subject() {
        Baseline baseline = new Baseline("navbot", List.of(entry(DivergenceCode.SCHEMA_HOLE, "", Status.OPEN),
                entry(DivergenceCode.UNKNOWN_REVISION, "zz", Status.OPEN)));
        ledger.answer(ok(baseline), Canned.status(204), ok(baseline));
        assertThat(policy("baseline", "withdraw", "--environment", "production", "--code", "unknown-revision"))
                .isEqualTo(0);
        assertThat(out.toString())
                .startsWith("Withdrew 1 accepted finding of production; from now on they count again.\n")
                .contains("unknown-revision  zz").doesNotContain("schema-hole");
        assertThat(policy("baseline", "withdraw", "--environment", "staging")).isEqualTo(2);
        assertThat(err.toString()).contains("No such finding of 'staging' is accepted");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2027-01-31 | 2027-01-31T00:00:00Z", "2027-01-31T18:00:00+01:00 | 2027-01-31T17:00:00Z"})
    void an_end_is_a_date_or_a_time(String text, Instant end) {
        assertThat(new EndConverter().convert(text)).isEqualTo(end);
    }

    @Test
    void an_end_may_be_a_duration() {
        Map.of("30d", Duration.ofDays(30), "2h", Duration.ofHours(2), "90m", Duration.ofMinutes(90))
                .forEach((text, duration) -> assertThat(new EndConverter().convert(text)).isBetween(
                        Instant.now().plus(duration).minus(1, ChronoUnit.MINUTES), Instant.now().plus(duration)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "policy | policy needs show, apply, dry-run or baseline",
        "policy show --project navbot | --ledger URL is missing",
        "policy show --ledger http://127.0.0.1:1 | --project NAME is missing",
        "policy apply /no/such/file --project navbot --ledger http://127.0.0.1:1 | '/no/such/file' cannot be read",
        "policy baseline accept --project navbot --until x --environment e --reason r --owner o | 'x' is not a time; write 2027-01-31",
        "policy baseline accept --project navbot --until 1d --environment e --owner o | --reason",
        "policy baseline withdraw --project navbot --environment e --code nonsense | write one such as schema-hole"})
    void wrong_usage_says_what_to_write(String words, String expected) {
        assertThat(run(List.of(words.split(" ")))).isEqualTo(2);
        assertThat(err.toString()).contains(expected);
    }

    private int accept(String... more) {
        List<String> words = new ArrayList<>(List.of("baseline", "accept", "--environment", "production", "--reason",
                "known since May", "--owner", "ann"));
        words.addAll(List.of(more));
        return policy(words.toArray(String[]::new));
    }

    private int policy(String... words) {
        List<String> all = new ArrayList<>(List.of("policy"));
        all.addAll(List.of(words));
        all.addAll(List.of("--ledger", ledger.url(), "--project", "navbot"));
        return run(all);
    }

    private int run(List<String> words) {
        return Main.execute(Main.commandLineFor(words.getFirst()).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true)), words.toArray(String[]::new));
    }

    private static Entry entry(DivergenceCode code, String subject, Status status) {
        return new Entry(new UUID(0, 1), "production", code, subject, Severity.ERROR, "known since May",
                "ann", NOON, "ada", NOON, status);
    }

    private static Canned ok(Object answer) {
        return new Canned(200, ContractJson.pretty(answer), Map.of());
    }

    private static Canned problem(int status, String code, String detail) {
        return new Canned(status,
                ContractJson.pretty(new Problem("about:blank", "No", status, detail, code, null, null)), Map.of());
    }
}
