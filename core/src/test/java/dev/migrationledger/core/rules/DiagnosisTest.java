package dev.migrationledger.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.testsupport.golden.GoldenFile;
import dev.migrationledger.testsupport.text.PlainWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases in {@code src/test/resources/diagnosis}: what was observed, and what it amounts to. */
class DiagnosisTest {

    private static final Path FOLDER = Path.of("src/test/resources/diagnosis");

    /** Such as {@code behind-head/is-one-revision}. */
    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.endsWith("observations.txt"))
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/').replace("/observations.txt", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void what_is_observed_amounts_to_what_was_promised(String name) throws IOException {
        String actual = DiagnosisText.diagnosis(diagnosis(name));
        GoldenFile.compare(FOLDER.resolve(name).resolve("diagnosis.txt"), actual);
    }

    /** In spite of its golden file: the folder's name is a promise too. */
    @ParameterizedTest
    @MethodSource("cases")
    void a_case_is_what_its_folder_is_named(String name) throws IOException {
        String code = name.substring(0, name.indexOf('/'));
        List<String> found = diagnosis(name).findings().stream().map(finding -> finding.code().code()).toList();
        if (name.contains("/is-not-")) {
            assertThat(found).doesNotContain(code);
        } else {
            assertThat(name).contains("/is-");
            assertThat(found).contains(code);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void errors_come_first_and_then_the_order_of_the_codes(String name) throws IOException {
        assertThat(diagnosis(name).findings())
                .isSortedAccordingTo(Comparator.comparing(Finding::severity).thenComparing(Finding::code));
    }

    /** Two findings of an environment that are the same divergence could not be told apart from one that changes. */
    @ParameterizedTest
    @MethodSource("cases")
    void code_and_subject_name_a_finding(String name) throws IOException {
        assertThat(diagnosis(name).findings().stream().map(finding -> finding.code().code() + " " + finding.subject()))
                .doesNotHaveDuplicates();
    }

    /** An engineer reads it at night: one sentence that says what is wrong, and below it the evidence. */
    @ParameterizedTest
    @MethodSource("cases")
    void every_sentence_is_plain(String name) throws IOException {
        Diagnosis diagnosis = diagnosis(name);
        assertThat(diagnosis.findings()).flatExtracting(PlainWords::faults).isEmpty();
        assertThat(PlainWords.faults(diagnosis.plan())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_plan_goes_no_further_than_a_question_but_for_a_row_that_is_gone_for_good(String name) throws IOException {
        List<PlanStep> plan = diagnosis(name).plan();
        assertThat(plan.stream().dropWhile(step -> step.command() != null).map(PlanStep::command)
                .filter(Objects::nonNull)).allMatch(
                        command -> command.startsWith("alembic stamp --purge")
                                && name.startsWith("unknown-revision"));
    }

    /** A command without the options of the project may write another database. */
    @ParameterizedTest
    @MethodSource("cases")
    void no_plan_names_the_tool_by_itself(String name) throws IOException {
        String call = "alembic -c deploy/alembic.ini -n tenant";
        Observations seen = Observed.of(Files.readString(FOLDER.resolve(name).resolve("observations.txt")));
        Diagnosis diagnosis = Diagnosis.of(new Observations(seen.scripts(), seen.versionTable(), seen.versionTables(),
                seen.schema(), seen.watch(), new ToolCall(call, "", "")));
        Stream.concat(diagnosis.plan().stream(), diagnosis.findings().stream().flatMap(it -> it.plan().stream()))
                .flatMap(step -> Stream.of(String.valueOf(step.command()), step.why(), step.check()))
                .forEach(text -> assertThat(text.replace(call + " ", "")).doesNotContain("alembic "));
    }

    @Test
    void every_divergence_of_one_environment_has_a_case_where_it_is_and_one_where_it_is_not() throws IOException {
        List<String> cases = cases().stream()
                .map(name -> name.replaceFirst("/(is-not|is)-.*", "/$1"))
                .toList();
        assertThat(cases).containsAll(Rules.ALL.stream()
                .map(Rule::code)
                .flatMap(code -> Stream.of(code.code() + "/is", code.code() + "/is-not"))
                .toList());
    }

    private static Diagnosis diagnosis(String name) throws IOException {
        return Diagnosis.of(Observed.of(Files.readString(FOLDER.resolve(name).resolve("observations.txt"))));
    }
}
