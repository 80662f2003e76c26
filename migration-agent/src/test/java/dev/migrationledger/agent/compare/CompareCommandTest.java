package dev.migrationledger.agent.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.agent.send.TestLedger.Canned;
import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.environment.Comparison.Relation;
import dev.migrationledger.contracts.environment.Comparison.Shared;
import dev.migrationledger.contracts.environment.Comparison.Side;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.environment.RevisionStatus.Kind;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class CompareCommandTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final TestLedger ledger = new TestLedger();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_fork_is_shown_with_what_each_side_has_alone() {
        Comparison forked = new Comparison(
                "navbot",
                side("staging", List.of("004_chunks"), List.of()),
                side("production", List.of("003_other"), List.of()),
                Relation.FORKED,
                List.of(
                        new RevisionStatus("003_chunks", Kind.APPLIED, true,
                                Occurrence.between(NOON.minusSeconds(5), NOON),
                                null),
                        new RevisionStatus("004_chunks", Kind.STAMPED, false, Occurrence.exactly(NOON), null)),
                List.of(RevisionStatus.implied("003_other")),
                List.of(new Shared(RevisionStatus.implied("002_rename"), RevisionStatus.implied("002_rename"))),
                List.of("002_rename"), null, List.of());

        assertThat(new ComparisonText(forked, new Paint(false)).lines()).containsExactly(
                "staging and production are forked at 002_rename: 2 revisions only on staging, 1 revision only on production",
                "",
                "staging     at     004_chunks  seen 2026-03-01T12:00:00Z",
                "            heads  003_other, 004_chunks",
                "production  at     003_other  seen 2026-03-01T12:00:00Z",
                "            heads  003_other, 004_chunks",
                "",
                "only on staging",
                "  ✓ 003_chunks  applied (inferred)  between 2026-03-01T11:59:55Z and 2026-03-01T12:00:00Z",
                "  ! 004_chunks  stamped (no run)    2026-03-01T12:00:00Z",
                "",
                "only on production",
                "  · 003_other  implied",
                "",
                "both have 1 revision");
    }

    @Test
    void a_revision_that_a_side_has_only_by_a_stamp_is_named() {
        Comparison equal = new Comparison(
                "navbot",
                side("staging", List.of("004_chunks"), List.of()),
                side("production", List.of("004_chunks"), List.of()),
                Relation.EQUAL,
                List.of(),
                List.of(),
                List.of(
                        new Shared(RevisionStatus.implied("003_chunks"), RevisionStatus.implied("003_chunks")),
                        new Shared(
                                new RevisionStatus("004_chunks", Kind.APPLIED, false, Occurrence.exactly(NOON), null),
                                new RevisionStatus("004_chunks", Kind.STAMPED, false, Occurrence.exactly(NOON), null))),
                List.of("004_chunks"), null, List.of());

        assertThat(new ComparisonText(equal, new Paint(false)).lines()).startsWith(
                "staging and production have the same revisions, but 004_chunks was only stamped on production")
                .endsWith(
                        "both have 2 revisions, 1 of them only stamped on one side",
                        "  ! 004_chunks  staging: applied; production: stamped (no run)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EQUAL        | 0 | staging and production have the same revisions
            LEFT_BEHIND  | 1 | staging is behind production by 0 revisions
            RIGHT_BEHIND | 1 | staging is ahead of production by 0 revisions
            FORKED       | 1 | staging and production are forked, with nothing in common
            UNKNOWN      | 3 | staging and production cannot be compared: staging is at zzz, which none of its scripts has; the version table of production was never read
            """)
    void the_exit_code_is_the_verdict(Relation relation, int exitCode, String verdict) {
        ledger.answer(new Canned(200, ContractJson.pretty(new Comparison(
                "navbot", side("staging", List.of("zzz"), List.of("zzz")), side("production", List.of(), List.of()),
                relation, List.of(), List.of(), List.of(), List.of(), null, List.of())), Map.of()));

        assertThat(compare("staging", "production")).isEqualTo(exitCode);
        assertThat(out.toString()).startsWith(verdict);
    }

    @Test
    void equal_revisions_with_a_known_divergence_are_a_difference() {
        ledger.answer(new Canned(200, ContractJson.pretty(new Comparison(
                "navbot", side("staging", List.of("004_chunks"), List.of()),
                side("production", List.of("004_chunks"), List.of()), Relation.EQUAL, List.of(), List.of(), List.of(),
                List.of("004_chunks"), null,
                List.of(new Divergence(new UUID(0, 1), "navbot", "production", DivergenceCode.STAMPED_AHEAD_OF_SCHEMA,
                        "", Severity.ERROR, "The stamp is ahead of the schema.",
                        List.of(Exhibit.detail("table public.boat is missing (created by 'z2')")), List.of(), NOON,
                        NOON,
                        null, Divergence.State.OPEN, null)))),
                Map.of()));

        assertThat(compare("staging", "production")).isEqualTo(1);
        assertThat(out.toString().lines()).startsWith(
                "staging and production have the same revisions, but 1 divergence is open",
                "production  stamped-ahead-of-schema: The stamp is ahead of the schema.",
                "  table public.boat is missing (created by 'z2')");
    }

    @Test
    void schemas_in_two_forms_are_not_comparable_and_equal_revisions_are_then_no_answer() {
        ledger.answer(new Canned(200, ContractJson.pretty(new Comparison(
                "navbot", side("staging", List.of("004_chunks"), List.of()),
                side("production", List.of("004_chunks"), List.of()), Relation.EQUAL, List.of(), List.of(), List.of(),
                List.of("004_chunks"), new Comparison.SchemaForms(3, 2), List.of())), Map.of()));

        assertThat(compare("staging", "production")).isEqualTo(3);
        assertThat(out.toString().lines()).contains(
                "The schemas are not comparable: staging was read in form 3, production in form 2. Upgrade the agent of production.");
    }

    @ParameterizedTest
    @EnumSource
    void what_steers_a_terminal_is_shown_escaped(Relation relation) {
        String evil = "x\u001b[2J\u202e\n\u2066y";
        Side side = new Side(evil, List.of(evil), List.of(evil), List.of(evil), NOON);
        RevisionStatus stamped = new RevisionStatus(evil, Kind.STAMPED, false, Occurrence.exactly(NOON), null);
        ledger.answer(new Canned(200, ContractJson.pretty(new Comparison("navbot", side, side, relation,
                List.of(stamped), List.of(RevisionStatus.implied(evil)),
                List.of(new Shared(new RevisionStatus(evil, Kind.APPLIED, false, Occurrence.exactly(NOON), null),
                        stamped)),
                List.of(evil), null,
                List.of(new Divergence(new UUID(0, 1), "navbot", evil, DivergenceCode.STAMPED_AHEAD_OF_SCHEMA,
                        evil, Severity.ERROR, evil, List.of(Exhibit.detail(evil)), List.of(), NOON, NOON,
                        null, Divergence.State.OPEN, null)))),
                Map.of()));

        compare("staging", "production");

        String shown = "x\\u001b[2J\\u202e\\u000a\\u2066y";
        assertThat(out.toString()).doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n]]").startsWith(shown)
                .contains("  " + shown + "\n", "only on " + shown + "\n", "  ! " + shown, "heads  " + shown);
        assertThat(out.toString().lines()).as("each text stays on its line").noneMatch(line -> line.startsWith("y"));
    }

    @Test
    void an_unknown_project_is_reported_in_the_ledgers_own_words() {
        assertThat(compare("staging", "production")).isEqualTo(2);
        assertThat(err).hasToString("migration-agent: There is no such thing here.\n");
    }

    @Test
    void a_ledger_that_is_not_there_is_no_difference() {
        ledger.close();

        assertThat(compare("staging", "production")).isEqualTo(3);
        assertThat(err.toString()).contains("No ledger answers at " + ledger.url());
    }

    @Test
    void what_is_no_ledger_is_no_difference() {
        ledger.answer(new Canned(200, "<html>", Map.of()), Canned.status(302));

        assertThat(compare("staging", "production")).isEqualTo(3);
        assertThat(compare("staging", "production")).isEqualTo(3);
        assertThat(err.toString()).contains("is not a ledger");
    }

    @Test
    void names_and_times_that_cannot_be_are_wrong_usage() {
        assertThat(compare("sta ging", "production")).isEqualTo(2);
        assertThat(compare("staging", "production", "--at", "yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("'sta ging' is not a valid name of the environment",
                "'yesterday' is not a time");
    }

    @Test
    void two_times_of_one_environment_are_called_by_their_times() {
        ledger.answer(new Canned(200, ContractJson.pretty(new Comparison(
                "navbot", side("production", List.of("a"), List.of()), side("production", List.of("b"), List.of()),
                Relation.LEFT_BEHIND, List.of(), List.of(RevisionStatus.implied("b")), List.of(), List.of(), null,
                List.of())), Map.of()));

        assertThat(compare("production", "production", "--left-at", "2026-03-01T13:00:00+01:00", "--known-at",
                "2026-03-02T12:00:00Z")).isEqualTo(1);
        assertThat(out.toString()).startsWith(
                "production at 2026-03-01T13:00:00+01:00 is behind production now by 1 revision");
        assertThat(ledger.lastAddress()).endsWith("left=production&right=production&leftAt=2026-03-01T12%3A00%3A00Z"
                + "&knownAt=2026-03-02T12%3A00%3A00Z");
        assertThat(compare("a", "b", "--right-at", "noon")).isEqualTo(2);
        assertThat(err.toString()).contains("--right-at 'noon' is not a time");
    }

    private int compare(String left, String right, String... more) {
        CommandLine command = Main.commandLineFor("compare")
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        List<String> arguments = new java.util.ArrayList<>(
                List.of("compare", "--ledger", ledger.url(), "--project", "navbot", left, right));
        arguments.addAll(List.of(more));
        return command.execute(arguments.toArray(String[]::new));
    }

    private static Side side(String environment, List<String> rows, List<String> unknown) {
        return new Side(environment, rows, List.of("003_other", "004_chunks"), unknown, NOON);
    }
}
