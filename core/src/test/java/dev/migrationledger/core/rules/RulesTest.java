package dev.migrationledger.core.rules;

import static dev.migrationledger.contracts.diagnosis.DivergenceCode.BEHIND_HEAD;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.BRANCH_LABEL_CLASH;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.CONFIG_INVALID;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.DUPLICATE_REVISION;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.DUPLICATE_ROW;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.INEXACT_REVISION;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.MERGE_SIBLING_SKIPPED;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.MISSING_PARENT;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.MULTIPLE_HEADS;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.OBSERVATION_GAP;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.OBSERVATION_STALE;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.OVERLAPPING_REVISIONS;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.REVISION_CYCLE;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.REVISION_ID_INVALID;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_AHEAD_OF_STAMP;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_HOLE;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCRIPTS_UNREADABLE;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SEVERAL_VERSION_TABLES;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.STAMPED_AHEAD_OF_SCHEMA;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.STAMPED_NOT_RUN;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.STAMP_UNCONFIRMED;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.UNATTRIBUTED_CHANGE;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.UNKNOWN_REVISION;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.UNTRACKED_OBJECTS;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.UPGRADE_FAILS;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.VERSION_TABLE_EMPTY;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.VERSION_TABLE_MISSING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.DivergenceCode.Area;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each rule declares: the code of its findings, and what it needs in order to judge. */
class RulesTest {

    private static final Path CASES = Path.of("src/test/resources/diagnosis");
    private static final Set<DivergenceCode> OF_SCRIPTS = EnumSet.of(CONFIG_INVALID, SCRIPTS_UNREADABLE,
            REVISION_ID_INVALID, DUPLICATE_REVISION, MISSING_PARENT, REVISION_CYCLE, BRANCH_LABEL_CLASH,
            MULTIPLE_HEADS);
    private static final Set<DivergenceCode> OF_SCRIPTS_AND_ROWS = EnumSet.of(UNKNOWN_REVISION, INEXACT_REVISION,
            OVERLAPPING_REVISIONS, BEHIND_HEAD, SEVERAL_VERSION_TABLES);
    private static final Set<DivergenceCode> OF_ALL_THREE = EnumSet.of(UPGRADE_FAILS, MERGE_SIBLING_SKIPPED,
            SCHEMA_AHEAD_OF_STAMP, STAMPED_AHEAD_OF_SCHEMA, SCHEMA_HOLE, STAMP_UNCONFIRMED);

    @Test
    void each_code_of_one_environment_has_one_rule_in_the_order_of_the_codes() {
        assertThat(Rules.ALL).extracting(Rule::code).containsExactlyElementsOf(
                Arrays.stream(DivergenceCode.values()).filter(code -> code.area() != Area.ACROSS).toList());
    }

    @Test
    void codes_that_can_be_judged_follow_from_what_was_observed() throws IOException {
        Observations all = everything();
        assertThat(evaluated(all)).isEqualTo(EnumSet.copyOf(Rules.ALL.stream().map(Rule::code).toList()));
        assertThat(evaluated(only(all, Input.SCRIPTS))).isEqualTo(OF_SCRIPTS);
        assertThat(evaluated(only(all, Input.VERSION_TABLE))).isEqualTo(EnumSet.of(DUPLICATE_ROW));
        assertThat(evaluated(only(all, Input.SCHEMA))).isEmpty();
        assertThat(evaluated(only(all, Input.WATCHING))).isEqualTo(EnumSet.of(UNATTRIBUTED_CHANGE, OBSERVATION_GAP));
        assertThat(evaluated(only(all, Input.WATCHING, Input.HEARTBEATS)))
                .isEqualTo(EnumSet.of(UNATTRIBUTED_CHANGE, OBSERVATION_GAP, OBSERVATION_STALE));
        assertThat(evaluated(only(all, Input.SCRIPTS, Input.VERSION_TABLE)))
                .isEqualTo(union(OF_SCRIPTS, OF_SCRIPTS_AND_ROWS, Set.of(DUPLICATE_ROW)));
        assertThat(evaluated(only(all, Input.SCRIPTS, Input.SCHEMA)))
                .isEqualTo(union(OF_SCRIPTS, Set.of(UNTRACKED_OBJECTS)));
        assertThat(evaluated(only(all, Input.VERSION_TABLE, Input.SCHEMA)))
                .isEqualTo(EnumSet.of(VERSION_TABLE_MISSING, VERSION_TABLE_EMPTY, DUPLICATE_ROW));
        Set<DivergenceCode> ofAllThree = union(OF_SCRIPTS, OF_SCRIPTS_AND_ROWS, OF_ALL_THREE,
                Set.of(VERSION_TABLE_MISSING, VERSION_TABLE_EMPTY, DUPLICATE_ROW, UNTRACKED_OBJECTS));
        assertThat(evaluated(only(all, Input.SCRIPTS, Input.VERSION_TABLE, Input.SCHEMA))).isEqualTo(ofAllThree);
        assertThat(evaluated(only(all, Input.SCRIPTS, Input.VERSION_TABLE, Input.SCHEMA, Input.WATCHING)))
                .isEqualTo(union(ofAllThree, Set.of(UNATTRIBUTED_CHANGE, OBSERVATION_GAP, STAMPED_NOT_RUN)));
    }

    /**
     * What a rule finds without an input that it declares is dropped, because its code counts as not judged. What it found before counts as
     * gone where it could not check, if it does not declare an input without which it finds nothing.
     */
    @ParameterizedTest
    @EnumSource(Input.class)
    void a_rule_needs_an_input_if_it_never_finds_anything_without_it(Input input) throws IOException {
        List<RuleContext> cases = casesWithout(input);
        for (Rule rule : Rules.ALL) {
            boolean silent = cases.stream().allMatch(c -> rule.check(c).isEmpty());
            assertThat(silent).as("%s finds nothing without %s", rule.code(), input)
                    .isEqualTo(rule.needs().contains(input)
                            // Heartbeats come from an agent that watches.
                            || (input == Input.WATCHING && rule.needs().contains(Input.HEARTBEATS)));
        }
    }

    @Test
    void a_finding_of_a_code_that_its_rule_does_not_declare_fails() throws IOException {
        RuleContext c = RuleContext
                .of(Observed.of(Files.readString(CASES.resolve("behind-head/is-one-revision/observations.txt"))));
        Rule rule = new Rule() {
            @Override
            public DivergenceCode code() {
                return OBSERVATION_GAP;
            }

            @Override
            public Set<Input> needs() {
                return Set.of();
            }

            @Override
            public List<Finding> check(RuleContext given) {
                return List.of(Finding.warning(OBSERVATION_STALE, "The agent is silent."));
            }
        };
        assertThatThrownBy(() -> Rules.check(c, List.of(rule)))
                .hasMessage("The rule of observation-gap found observation-stale, which it does not declare.");
    }

    /** The golden cases, each as if one input had not been observed. */
    private static List<RuleContext> casesWithout(Input input) throws IOException {
        List<RuleContext> cases = new ArrayList<>();
        for (String name : DiagnosisTest.cases()) {
            Observations seen = Observed.of(Files.readString(CASES.resolve(name).resolve("observations.txt")));
            Set<Input> given = Input.of(seen);
            given.remove(input);
            cases.add(RuleContext.of(only(seen, given.toArray(Input[]::new))));
        }
        return cases;
    }

    private static Set<DivergenceCode> evaluated(Observations seen) {
        return union(Diagnosis.of(seen).evaluated());
    }

    private static Observations everything() {
        return Observed.of("history\n  a\nrows a\nschema\n  table users\nevidence\n  applied a\n");
    }

    private static Observations only(Observations seen, Input... inputs) {
        Set<Input> kept = Set.of(inputs);
        Watched watch = seen.watch();
        return new Observations(
                kept.contains(Input.SCRIPTS) ? seen.scripts() : null,
                kept.contains(Input.VERSION_TABLE) ? seen.versionTable() : null,
                seen.versionTables(),
                kept.contains(Input.SCHEMA) ? seen.schema() : null,
                watch == null || !kept.contains(Input.WATCHING)
                        ? null
                        : new Watched(watch.statuses(), watch.changes(), watch.gap(),
                                kept.contains(Input.HEARTBEATS) ? watch.heartbeats() : null),
                seen.tool());
    }

    @SafeVarargs
    private static Set<DivergenceCode> union(Set<DivergenceCode>... sets) {
        Set<DivergenceCode> all = EnumSet.noneOf(DivergenceCode.class);
        for (Set<DivergenceCode> set : sets) {
            all.addAll(set);
        }
        return all;
    }
}
