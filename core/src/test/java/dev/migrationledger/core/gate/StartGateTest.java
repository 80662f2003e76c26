package dev.migrationledger.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.event.VersionTable.State;
import dev.migrationledger.contracts.scripts.FileProblem;
import dev.migrationledger.contracts.scripts.FileProblem.Declared;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** May code with these scripts start on a database with these rows? */
class StartGateTest {

    private static final String LINE = "a <- b <- c <- d";
    private static final String FORK = """
            a <- b1 <- b2
            a <- c1 <- c2
            """;
    private static final String DEPENDENT = """
            a1 <- a2
            b1 <- b2
            b2 ~> a2
            """;

    private String history = LINE;
    private List<String> needs = List.of();
    private Set<String> ahead = Set.of();

    @Test
    void code_starts_at_its_head() {
        StartAnswer answer = given(LINE).at("d");

        assertThat(answer).isEqualTo(new StartAnswer(StartOutcome.ALLOWED, List.of("d"), List.of(), List.of(),
                List.of(), List.of()));
    }

    @Test
    void a_database_behind_the_code_blocks_and_the_upgrade_is_named() {
        StartAnswer answer = given(LINE).at("b");

        assertThat(answer.outcome()).isEqualTo(StartOutcome.BEHIND);
        assertThat(answer.pending()).containsExactly("c", "d");
        assertThat(codes(answer)).containsExactly(DivergenceCode.BEHIND_HEAD);
        assertThat(commands(answer)).containsExactly("tool upgrade head");
        assertThat(answer.outcome().passes()).isTrue();
    }

    @Test
    void a_row_that_no_script_has_blocks_and_waiting_cannot_help() {
        StartAnswer answer = given("a <- b").at("x");

        assertThat(answer.outcome()).isEqualTo(StartOutcome.AHEAD);
        assertThat(answer.ahead()).containsExactly("x");
        // Nothing is said to be pending: what 'x' implies is not known.
        assertThat(answer.pending()).isEmpty();
        assertThat(codes(answer)).containsExactly(DivergenceCode.UNKNOWN_REVISION);
        assertThat(commands(answer)).isEmpty();
        assertThat(answer.outcome().passes()).isFalse();
    }

    @Test
    void a_missing_or_an_empty_version_table_was_never_migrated() {
        for (State state : List.of(State.MISSING, State.EMPTY)) {
            StartAnswer answer = given(LINE).judged(new VersionTable("public.versions", state, List.of()));

            assertThat(answer.outcome()).isEqualTo(StartOutcome.NOT_MIGRATED);
            assertThat(answer.pending()).containsExactly("a", "b", "c", "d");
            assertThat(codes(answer)).containsExactly(state == State.MISSING
                    ? DivergenceCode.VERSION_TABLE_MISSING
                    : DivergenceCode.VERSION_TABLE_EMPTY);
            assertThat(commands(answer)).containsExactly("tool upgrade head");
        }
    }

    @Test
    void all_of_several_heads_are_needed() {
        assertThat(given(FORK).at("b2", "c2").isAllowed()).isTrue();

        StartAnswer answer = given(FORK).at("b2", "c1");
        assertThat(answer.outcome()).isEqualTo(StartOutcome.BEHIND);
        assertThat(answer.pending()).containsExactly("c2");
        assertThat(commands(answer)).containsExactly("tool upgrade heads");

        assertThat(given(FORK).at("b2").pending()).containsExactly("c1", "c2");
    }

    @Test
    void a_dependency_needs_no_row_and_is_needed_all_the_same() {
        assertThat(given(DEPENDENT).at("b2").isAllowed()).isTrue();

        StartAnswer answer = given(DEPENDENT).at("a1", "b1");
        assertThat(answer.needed()).containsExactly("b2");
        assertThat(answer.pending()).containsExactly("a2", "b2");
    }

    @Test
    void only_what_is_named_is_needed() {
        needs = List.of("b");

        assertThat(given(LINE).at("b").isAllowed()).isTrue();
        assertThat(given(LINE).at("d").isAllowed()).as("the code knows what comes later").isTrue();
        assertThat(commands(given(LINE).at("a"))).containsExactly("tool upgrade b");
    }

    @Test
    void each_revision_that_is_named_and_lacking_has_its_own_command() {
        needs = List.of("b2", "c2", "c1");

        assertThat(commands(given(FORK).at("a"))).containsExactly("tool upgrade b2", "tool upgrade c2");
    }

    @Test
    void duplicate_overlapping_and_shortened_rows_block() {
        assertThat(given(LINE).at("d", "d").outcome()).isEqualTo(StartOutcome.ROWS_INVALID);
        assertThat(codes(given(LINE).at("d", "d"))).containsExactly(DivergenceCode.DUPLICATE_ROW);
        assertThat(codes(given(LINE).at("c", "d"))).containsExactly(DivergenceCode.OVERLAPPING_REVISIONS);
        assertThat(codes(given("first <- second").at("seco"))).containsExactly(DivergenceCode.INEXACT_REVISION);
        assertThat(given(LINE).at("d", "d").outcome().passes()).isFalse();
    }

    @Test
    void every_reason_is_named_and_the_worst_comes_first() {
        StartAnswer answer = given(FORK).at("b1", "b1", "x");

        assertThat(answer.outcome()).isEqualTo(StartOutcome.ROWS_INVALID);
        assertThat(codes(answer)).containsExactly(DivergenceCode.DUPLICATE_ROW, DivergenceCode.UNKNOWN_REVISION,
                DivergenceCode.BEHIND_HEAD);
        assertThat(commands(answer)).as("no upgrade runs from rows that are wrong").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(m) <- a", "a <- b <- a"})
    void broken_scripts_block_whatever_is_stamped(String broken) {
        StartAnswer answer = given(broken).at("a");

        assertThat(answer.outcome()).isEqualTo(StartOutcome.SCRIPTS_INVALID);
        assertThat(answer.needed()).isEmpty();
        assertThat(answer.findings()).isNotEmpty();
    }

    @Test
    void a_declaration_that_is_not_known_hides_a_part_of_the_history_unless_it_is_a_label() {
        Place place = new Place("c.py", 3);
        UnreadReason computed = new ValueReason.UnknownValue(ValueReason.Value.COMPUTED);
        List<FileProblem> hiding = new ArrayList<>(List.of(new FileProblem.CompiledOnly(place)));
        for (Declared declared : List.of(Declared.REVISION, Declared.DOWN_REVISION, Declared.DEPENDS_ON)) {
            hiding.add(new FileProblem.DeclarationUnknown(place, declared, "make()", computed));
            hiding.add(new FileProblem.PartUnknown(place, declared, computed));
        }
        assertThat(hiding).allSatisfy(problem -> assertThat(StartGate.errors(List.of(problem))).hasSize(1));

        assertThat(StartGate.errors(List.of(
                new FileProblem.DeclarationUnknown(place, Declared.BRANCH_LABELS, "make()", computed),
                new FileProblem.PartUnknown(place, Declared.BRANCH_LABELS, computed),
                new FileProblem.ParentEmpty(place)))).isEmpty();
    }

    @Test
    void a_row_ahead_is_allowed_by_its_whole_name_only() {
        ahead = Set.of("x");

        StartAnswer answer = given("a <- b").at("x");
        assertThat(answer.isAllowed()).isTrue();
        assertThat(answer.ahead()).containsExactly("x");
        assertThat(answer.assumed()).as("only a person knows that 'x' comes after it").containsExactly("b");

        assertThat(given("a <- b").at("xy").outcome()).isEqualTo(StartOutcome.AHEAD);
        assertThat(given("a <- b").at("x", "y").outcome()).isEqualTo(StartOutcome.AHEAD);
    }

    @Test
    void a_row_ahead_on_one_branch_excuses_no_other_branch() {
        ahead = Set.of("x");

        // 'x' cannot come after c2: then the row of its ancestor c1 would be gone.
        StartAnswer answer = given(FORK).at("c1", "x");
        assertThat(answer.outcome()).isEqualTo(StartOutcome.BEHIND);
        assertThat(answer.pending()).containsExactly("c2");
    }

    @Test
    void a_row_that_is_allowed_ahead_and_is_not_there_changes_nothing() {
        ahead = Set.of("x");

        assertThat(given(LINE).at("d").isAllowed()).isTrue();
        assertThat(given(LINE).at("c").outcome()).isEqualTo(StartOutcome.BEHIND);
        assertThat(given(LINE).judged(new VersionTable("public.versions", State.MISSING, List.of())).outcome())
                .isEqualTo(StartOutcome.NOT_MIGRATED);
    }

    private StartGateTest given(String drawing) {
        history = drawing;
        return this;
    }

    private StartAnswer at(String... rows) {
        return judged(new VersionTable("public.versions", State.PRESENT, Arrays.asList(rows)));
    }

    private StartAnswer judged(VersionTable table) {
        RevisionGraph graph = RevisionGraph.of(DrawnHistory.revisions(history));
        return new StartGate(graph, StartGate.errors(graph.problems()), needs, ahead, new ToolCall("tool", "", ""))
                .judge(table);
    }

    private static List<DivergenceCode> codes(StartAnswer answer) {
        return answer.findings().stream().map(Finding::code).toList();
    }

    private static List<String> commands(StartAnswer answer) {
        return answer.findings().stream().flatMap(finding -> finding.plan().stream()).map(PlanStep::command)
                .filter(Objects::nonNull).toList();
    }
}
