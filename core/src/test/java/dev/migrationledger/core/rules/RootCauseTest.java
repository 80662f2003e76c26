package dev.migrationledger.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RootCauseTest {

    private static Finding finding(DivergenceCode code, Severity severity, Exhibit... evidence) {
        return new Finding(code, severity, "", "Something is wrong.", List.of(evidence), List.of());
    }

    private static final Finding BEHIND = finding(DivergenceCode.BEHIND_HEAD, Severity.INFO, Exhibit.revision("b"));
    private static final Finding HOLE = finding(DivergenceCode.SCHEMA_HOLE, Severity.ERROR, Exhibit.row("a"),
            Exhibit.object(ObjectName.column("public", "crew", "name")));

    @Test
    void a_repair_of_the_database_also_ends_behind_head() {
        assertThat(RootCause.of(List.of(HOLE, BEHIND))).containsExactly(new RootCause(HOLE, List.of(BEHIND)));
    }

    @Test
    void information_and_a_silent_agent_do_not_explain_behind_head() {
        Finding labels = finding(DivergenceCode.MULTIPLE_HEADS, Severity.INFO);
        Finding stale = finding(DivergenceCode.OBSERVATION_STALE, Severity.WARNING);
        assertThat(RootCause.of(List.of(stale, labels, BEHIND))).containsExactly(
                new RootCause(stale, List.of()), new RootCause(BEHIND, List.of()), new RootCause(labels, List.of()));
    }

    @Test
    void a_difference_between_environments_is_a_consequence_only_where_it_names_the_same_object() {
        Finding same = finding(DivergenceCode.SCHEMA_DIFFERS, Severity.WARNING,
                Exhibit.object(What.MISSING_OBJECT, ObjectName.column("public", "crew", "name")));
        Finding other = finding(DivergenceCode.SCHEMA_DIFFERS, Severity.WARNING,
                Exhibit.object(What.MISSING_OBJECT, ObjectName.table("public", "boat")));
        assertThat(RootCause.of(List.of(HOLE, same))).containsExactly(new RootCause(HOLE, List.of(same)));
        assertThat(RootCause.of(List.of(HOLE, other))).hasSize(2);
    }

    @Test
    void a_fork_is_a_consequence_only_where_it_names_the_same_revision() {
        Finding unknown = finding(DivergenceCode.UNKNOWN_REVISION, Severity.ERROR, Exhibit.row("x"));
        Finding fork = finding(DivergenceCode.FORKED, Severity.WARNING, Exhibit.revision("x"),
                new Exhibit(What.REVISION_ELSEWHERE, "y", null, null, "production", null));
        Finding elsewhere = finding(DivergenceCode.FORKED, Severity.WARNING, Exhibit.revision("z"));
        assertThat(RootCause.of(List.of(unknown, fork))).containsExactly(new RootCause(unknown, List.of(fork)));
        assertThat(RootCause.of(List.of(unknown, elsewhere))).hasSize(2);
    }

    @Test
    void a_column_renamed_by_hand_is_one_problem() {
        Finding untracked = finding(DivergenceCode.UNTRACKED_OBJECTS, Severity.WARNING,
                Exhibit.object(ObjectName.column("public", "crew", "full_name")));
        Finding changed = finding(DivergenceCode.UNATTRIBUTED_CHANGE, Severity.WARNING,
                Exhibit.object(What.WRITTEN_OBJECT, ObjectName.column("public", "crew", "full_name")));
        assertThat(RootCause.of(List.of(HOLE, untracked, changed)))
                .containsExactly(new RootCause(HOLE, List.of(untracked, changed)));
    }

    @Test
    void the_database_comes_before_its_scripts_and_errors_before_warnings() {
        Finding heads = finding(DivergenceCode.MULTIPLE_HEADS, Severity.ERROR);
        Finding overlapping = finding(DivergenceCode.OVERLAPPING_REVISIONS, Severity.ERROR);
        Finding untracked = finding(DivergenceCode.UNTRACKED_OBJECTS, Severity.WARNING);

        assertThat(RootCause.of(List.of(untracked, heads, overlapping))).extracting(RootCause::finding)
                .containsExactly(overlapping, heads, untracked);
        assertThat(RootCause.READING_ORDER).hasSameElementsAs(List.of(DivergenceCode.values()))
                .endsWith(DivergenceCode.MULTIPLE_HEADS);
    }

    @Test
    void a_group_is_as_severe_as_its_worst_finding() {
        Finding stamped = finding(DivergenceCode.STAMPED_NOT_RUN, Severity.WARNING, Exhibit.revision("c"));
        Finding ahead = finding(DivergenceCode.SCHEMA_AHEAD_OF_STAMP, Severity.ERROR, Exhibit.revision("c"));
        Finding warning = finding(DivergenceCode.OBSERVATION_GAP, Severity.WARNING);
        List<RootCause> causes = RootCause.of(List.of(warning, ahead, stamped));
        assertThat(causes).containsExactly(new RootCause(stamped, List.of(ahead)), new RootCause(warning, List.of()));
        assertThat(causes.getFirst().severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void no_code_can_cause_itself_over_others() {
        for (DivergenceCode code : DivergenceCode.values()) {
            assertThat(causes(code, new HashSet<>())).as(code.code()).doesNotContain(code);
        }
    }

    private static Set<DivergenceCode> causes(DivergenceCode code, Set<DivergenceCode> found) {
        RootCause.links().getOrDefault(code, Set.of()).stream().filter(found::add).forEach(it -> causes(it, found));
        return found;
    }
}
