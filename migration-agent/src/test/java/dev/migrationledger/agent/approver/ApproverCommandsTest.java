package dev.migrationledger.agent.approver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.agent.send.TestLedger.Canned;
import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.event.GateEvent.Deploy;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.gate.DeployRecord.ApproverComment;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApproverCommandsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = Instant.parse("2999-03-01T12:00:00Z");
    private static final UUID DEPLOY = new UUID(0, 7);
    private static final GateOverride OPEN = override(LATER);
    private static final GateOverride CLOSED = OPEN.closed(NOON.plusSeconds(60), "bob",
            "checkout is back");
    private static final GateOverride USED = CLOSED.used(DEPLOY);
    private static final GateOverride REVIEWED = USED.reviewed(NOON.plusSeconds(90), "eve", "one table");

    private final TestLedger ledger = new TestLedger();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void an_override_that_was_opened_says_what_it_does() {
        ledger.answer(answer(201, OPEN));
        assertThat(run("override open --reason outage --until 2h")).isZero();
        assertThat(out).hasToString("""
                Override of navbot/production is open until 2999-03-01T12:00:00Z.
                Deploys run although reasons block them; 'gate' still shows the reasons.
                'override close' ends it early.
                """);
    }

    @Test
    void a_second_override_is_refused_with_the_sentence_of_the_ledger() {
        ledger.answer(problem(409, "review-due", "Review them first."), problem(422, "invalid-field", "Too long."),
                problem(403, "forbidden", "Not for you."));
        assertThat(run("override open --reason outage --until 2h")).isEqualTo(1);
        assertThat(run("override open --reason outage --until 20d")).isEqualTo(2);
        assertThat(run("override open --reason outage --until 2h")).isEqualTo(3);
        assertThat(err).hasToString("""
                migration-agent: Review them first.
                migration-agent: Too long.
                migration-agent: The ledger at %s answers 403: Not for you.
                """.formatted(ledger.url()));
    }

    @Test
    void overrides_are_listed_with_what_became_of_them() {
        ledger.answer(answer(200, List.of(OPEN, USED, REVIEWED, override(NOON.plusSeconds(30)))));
        assertThat(run("override list")).isEqualTo(1);
        assertThat(out).hasToString("""
                navbot/production has 4 overrides

                open        2026-03-01T12:00:00Z to 2999-03-01T12:00:00Z, opened by ann
                            checkout is down\\u001b[2J

                review due  2026-03-01T12:00:00Z to 2026-03-01T12:01:00Z (closed by bob), opened by ann
                            checkout is down\\u001b[2J
                            deploy 00000000-0000-0000-0000-000000000007
                            closed by bob: checkout is back

                reviewed    2026-03-01T12:00:00Z to 2026-03-01T12:01:00Z (closed by bob), opened by ann
                            checkout is down\\u001b[2J
                            deploy 00000000-0000-0000-0000-000000000007
                            closed by bob: checkout is back
                            reviewed by eve: one table

                not used    2026-03-01T12:00:00Z to 2026-03-01T12:00:30Z, opened by ann
                            checkout is down\\u001b[2J
                """);
    }

    @Test
    void settled_overrides_are_healthy() {
        ledger.answer(answer(200, List.of(REVIEWED, CLOSED)), answer(200, List.of()));
        assertThat(run("override list")).isZero();
        assertThat(run("override list")).isZero();
        assertThat(out.toString()).endsWith("navbot/production has no override.\n");
    }

    @Test
    void the_open_override_is_closed() {
        ledger.answer(answer(200, List.of(OPEN, REVIEWED)), answer(200, USED));
        assertThat(run("override close --comment back")).isZero();
        assertThat(ledger.lastBody()).isEqualTo("{\"comment\":\"back\"}");
        assertThat(out).hasToString("""
                Closed the override of navbot/production.
                1 deploy ran under it. Look at it, then run 'override review':
                  00000000-0000-0000-0000-000000000007
                """);
    }

    @Test
    void an_override_that_ended_by_itself_needs_no_closing() {
        GateOverride ended = override(NOON).closed(NOON, null, null);
        ledger.answer(answer(200, List.of(OPEN)), answer(200, ended), answer(200, List.of(ended)));
        assertThat(run("override close")).isZero();
        assertThat(out).hasToString("""
                Override of navbot/production ended by itself at 2026-03-01T12:00:00Z.
                No deploy ran under it.
                """);
        assertThat(run("override list")).isZero();
        assertThat(out.toString()).contains(" to 2026-03-01T12:00:00Z, opened by ann").doesNotContain("closed by");
    }

    @Test
    void without_an_open_override_there_is_nothing_to_close() {
        ledger.answer(answer(200, List.of(CLOSED)), answer(200, List.of()));
        assertThat(run("override close")).isEqualTo(2);
        assertThat(run("override close")).isEqualTo(2);
        assertThat(err).hasToString("""
                migration-agent: No override of navbot/production is open.
                migration-agent: navbot/production has no override.
                """);
    }

    @Test
    void deploys_under_an_override_are_reviewed_after_its_end() {
        ledger.answer(answer(200, List.of(USED)), problem(409, "still-open", "Close it first."),
                answer(200, List.of(USED)), answer(200, REVIEWED), answer(200, List.of(REVIEWED)));
        assertThat(run("override review --remark fine")).isEqualTo(1);
        assertThat(run("override review --remark fine")).isZero();
        assertThat(out).hasToString(
                "Reviewed 1 deploy under the override of navbot/production. The next one can be opened.\n");
        assertThat(run("override review --remark fine")).isEqualTo(2);
        assertThat(err).hasToString("""
                migration-agent: Close it first.
                migration-agent: navbot/production has no deploys to review. 'override list' shows all overrides.
                """);
    }

    @Test
    void an_approval_shows_what_is_approved() {
        ledger.answer(answer(200, deploy()), problem(409, "own-deploy", "Another approver has to approve it."),
                problem(404, "not-found", "No such deploy."));
        assertThat(run("approve --comment seen " + DEPLOY)).isZero();
        assertThat(ledger.lastBody()).isEqualTo("{\"comment\":\"seen\"}");
        assertThat(out).hasToString("""
                Approved deploy 00000000-0000-0000-0000-000000000007 of navbot/production.
                Ask the gate again: approvals count for the same scripts and rows.

                asked by  ci
                to run    b1 and b2
                approved  by ann and bob
                          bob: seen on staging
                """);
        assertThat(run("approve " + DEPLOY)).isEqualTo(1);
        assertThat(run("approve " + DEPLOY)).isEqualTo(2);
        assertThat(err).hasToString("""
                migration-agent: Another approver has to approve it.
                migration-agent: No such deploy.
                """);
    }

    @Test
    void programs_read_what_the_ledger_answered() {
        ledger.answer(answer(200, deploy()), answer(200, List.of(REVIEWED)));
        assertThat(run("approve --output json " + DEPLOY)).isZero();
        assertThat(run("override list --output json")).isZero();
        assertThat(out).hasToString(
                ContractJson.pretty(deploy()) + "\n" + ContractJson.pretty(List.of(REVIEWED)) + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "override | override needs open, list, close or review",
        "override list --project navbot --environment production | --ledger URL is missing; add it.",
        "override close --ledger http://127.0.0.1:1 --environment production | --project NAME is missing; add it.",
        "approve 00000000-0000-0000-0000-000000000007 --ledger http://127.0.0.1:1 --project navbot | --environment NAME is missing",
        "override list --ledger http://127.0.0.1:1 --project navbot --environment a/b | a/b",
        "override open --ledger http://127.0.0.1:1 --project p --environment e --until 2h | --reason",
        "override open --ledger http://127.0.0.1:1 --project p --environment e --reason r --until soon | 'soon' is not a time",
        "approve 7 --ledger http://127.0.0.1:1 --project p --environment e | '7'"})
    void wrong_usage_says_what_to_write(String words, String expected) {
        assertThat(execute(List.of(words.split(" ")))).isEqualTo(2);
        assertThat(err.toString()).contains(expected);
    }

    private int run(String words) {
        List<String> all = new ArrayList<>(List.of(words.split(" ")));
        all.addAll(List.of("--ledger", ledger.url(), "--project", "navbot", "--environment", "production"));
        return execute(all);
    }

    private int execute(List<String> words) {
        return Main.execute(Main.commandLineFor(words.getFirst()).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true)), words.toArray(String[]::new));
    }

    private static GateOverride override(Instant until) {
        return new GateOverride(new UUID(0, 1), "navbot", "production", "ann", "checkout is down\u001b[2J", NOON,
                until, null, null, null, List.of(), null, null, null);
    }

    private static DeployRecord deploy() {
        String digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        return new DeployRecord(DEPLOY, "navbot", "production", Decision.BLOCKED,
                new Deploy("ci", Asker.AGENT, new ObservedScripts("git:4f2a91c", 3, digest, List.of("b2")),
                        List.of("a"), new Fingerprint(2, digest), List.of("b1", "b2"), NOON, null),
                List.of(), 1, null, null, NOON, null, null, List.of("ann", "bob"),
                List.of(new ApproverComment("bob", "seen on staging")), null, null);
    }

    private static Canned answer(int status, Object answer) {
        return new Canned(status, ContractJson.pretty(answer), Map.of());
    }

    private static Canned problem(int status, String code, String detail) {
        return new Canned(status,
                ContractJson.pretty(new Problem("about:blank", "No", status, detail, code, null, null)), Map.of());
    }
}
