package dev.migrationledger.ledger.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.environment.Comparison.Relation;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.Story;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnvironmentComparisonTest {

    private static final String LINE = "a b<a c<b";
    //              ┌ c
    //  a ── b ──┤
    //              └ d ── e
    private static final String FORK = "a b<a c<b d<b e<d";

    @Test
    void the_same_rows_are_equal() {
        Comparison comparison = compare(left().scripts(LINE).applied("c").table("c"), right().scripts(LINE).table("c"));
        assertThat(comparison.relation()).isEqualTo(Relation.EQUAL);
        assertThat(comparison.onlyLeft()).isEmpty();
        assertThat(comparison.onlyRight()).isEmpty();
        assertThat(comparison.mergeBase()).containsExactly("c");
        assertThat(comparison.both()).extracting(it -> it.left().revision()).containsExactly("a", "b", "c");
        assertThat(comparison.both().getLast().left().kind()).isEqualTo(RevisionStatus.Kind.APPLIED);
        assertThat(comparison.both().getLast().right().kind()).isEqualTo(RevisionStatus.Kind.IMPLIED);
    }

    @Test
    void schemas_in_two_forms_are_not_comparable_and_both_forms_are_named() {
        assertThat(compare(left().scripts(LINE).table("c").schema("users"), right().scripts(LINE).table("c").schema())
                .schemaForms()).isNull();
        Story newer = right().scripts(LINE).table("c")
                .says(new SchemaObserved(new Fingerprint(99, "f"), null, List.of(), List.of(), "public", 0));
        assertThat(compare(left().scripts(LINE).table("c").schema("users"), newer).schemaForms())
                .isEqualTo(new Comparison.SchemaForms(SchemaSnapshot.FORM, 99));
        assertThat(compare(left().scripts(LINE).table("c"), newer).schemaForms()).isNull();
    }

    @Test
    void the_side_that_lacks_something_is_behind() {
        Story behind = left().scripts(LINE).applied("a").table("a");
        Story ahead = right().scripts(LINE).applied("a").stamped("c").table("c");
        Comparison comparison = compare(behind, ahead);
        assertThat(comparison.relation()).isEqualTo(Relation.LEFT_BEHIND);
        assertThat(comparison.onlyRight()).extracting(RevisionStatus::revision).containsExactly("b", "c");
        assertThat(comparison.onlyRight())
                .extracting(RevisionStatus::kind)
                .containsExactly(RevisionStatus.Kind.IMPLIED, RevisionStatus.Kind.STAMPED);
        assertThat(comparison.mergeBase()).containsExactly("a");
        assertThat(compare(ahead, behind).relation()).isEqualTo(Relation.RIGHT_BEHIND);
        assertThat(compare(ahead, behind).onlyLeft()).extracting(RevisionStatus::revision).containsExactly("b", "c");
    }

    @Test
    void two_branches_are_forked_where_they_parted() {
        Comparison comparison = compare(left().scripts(FORK).table("c"), right().scripts(FORK).table("e"));
        assertThat(comparison.relation()).isEqualTo(Relation.FORKED);
        assertThat(comparison.onlyLeft()).extracting(RevisionStatus::revision).containsExactly("c");
        assertThat(comparison.onlyRight()).extracting(RevisionStatus::revision).containsExactly("d", "e");
        assertThat(comparison.mergeBase()).containsExactly("b");
    }

    @Test
    void a_fork_is_seen_where_each_side_has_only_its_own_branch_in_its_scripts() {
        Comparison comparison = compare(left().scripts("a b<a c<b").table("c"),
                right().scripts("a b<a d<b e<d").table("e"));
        assertThat(comparison.relation()).isEqualTo(Relation.FORKED);
        assertThat(comparison.onlyRight()).extracting(RevisionStatus::revision).containsExactly("d", "e");
        assertThat(comparison.mergeBase()).containsExactly("b");
        assertThat(comparison.left().heads()).containsExactly("c");
        assertThat(comparison.right().heads()).containsExactly("e");
    }

    @Test
    void who_merged_has_all_that_a_branch_has() {
        Comparison comparison = compare(
                left().scripts(FORK, "m<c,e").table("m"), right().scripts(FORK, "m<c,e").table("e"));
        assertThat(comparison.relation()).isEqualTo(Relation.RIGHT_BEHIND);
        assertThat(comparison.onlyLeft()).extracting(RevisionStatus::revision).containsExactly("c", "m");
        assertThat(comparison.mergeBase()).containsExactly("e");
    }

    @Test
    void two_rows_on_one_side_are_compared_as_what_they_imply() {
        Comparison comparison = compare(left().scripts(FORK).table("c", "e"), right().scripts(FORK).table("c"));
        assertThat(comparison.relation()).isEqualTo(Relation.RIGHT_BEHIND);
        assertThat(comparison.left().rows()).containsExactly("c", "e");
    }

    @Test
    void an_empty_and_a_missing_table_are_base() {
        assertThat(compare(left().scripts(LINE).table(), right().scripts(LINE).table("c")).relation())
                .isEqualTo(Relation.LEFT_BEHIND);
        assertThat(compare(left().scripts(LINE).table(), right().scripts(LINE).noTable()).relation())
                .isEqualTo(Relation.EQUAL);
        assertThat(compare(left().scripts(LINE).table(), right().scripts(LINE).table("c")).mergeBase())
                .isEmpty();
    }

    @Test
    void a_table_that_was_never_read_leaves_the_relation_unknown() {
        assertThat(compare(left().scripts(LINE), right().scripts(LINE).table("c")).relation())
                .isEqualTo(Relation.UNKNOWN);
        assertThat(EnvironmentComparison.of(EnvironmentView.empty("navbot", "x"), right().table("c").view(), List.of())
                .relation())
                .isEqualTo(Relation.UNKNOWN);
    }

    @Test
    void a_row_that_no_script_explains_leaves_the_relation_unknown() {
        Comparison comparison = compare(left().scripts(LINE).applied("z").table("z"), right().scripts(LINE).table("c"));
        assertThat(comparison.relation()).isEqualTo(Relation.UNKNOWN);
        assertThat(comparison.left().unknownRows()).containsExactly("z");
        assertThat(comparison.onlyLeft()).extracting(RevisionStatus::revision).containsExactly("z");
        assertThat(comparison.onlyLeft().getFirst().kind()).isEqualTo(RevisionStatus.Kind.APPLIED);
    }

    @Test
    void a_row_that_only_the_other_sides_scripts_know_is_explained_by_them() {
        Comparison comparison = compare(left().scripts("a b<a").table("c"),
                right().scripts("a b<a c<b d<c").table("d"));
        assertThat(comparison.relation()).isEqualTo(Relation.LEFT_BEHIND);
        assertThat(comparison.left().unknownRows()).containsExactly("c");
        assertThat(comparison.onlyRight()).extracting(RevisionStatus::revision).containsExactly("d");
        assertThat(comparison.both()).extracting(it -> it.left().revision()).containsExactly("a", "b", "c");
    }

    @Test
    void histories_without_a_common_ancestor_are_forked_at_nothing() {
        Comparison comparison = compare(left().scripts("a b<a").table("b"), right().scripts("x y<x").table("y"));
        assertThat(comparison.relation()).isEqualTo(Relation.FORKED);
        assertThat(comparison.mergeBase()).isEqualTo(List.of());
    }

    @Test
    void open_divergences_of_either_database_are_compared_too() {
        Comparison comparison = EnvironmentComparison.of(
                left().scripts(LINE).table("c").view(), right().scripts(LINE).stamped("c").table("c").view(),
                List.of(divergence(DivergenceCode.UNTRACKED_OBJECTS, Severity.WARNING),
                        divergence(DivergenceCode.STAMPED_AHEAD_OF_SCHEMA, Severity.ERROR),
                        divergence(DivergenceCode.BEHIND_HEAD, Severity.INFO),
                        divergence(DivergenceCode.MULTIPLE_HEADS, Severity.ERROR),
                        divergence(DivergenceCode.OBSERVATION_STALE, Severity.WARNING)));
        assertThat(comparison.relation()).isEqualTo(Relation.EQUAL);
        assertThat(comparison.divergences()).extracting(Divergence::code)
                .containsExactly(DivergenceCode.STAMPED_AHEAD_OF_SCHEMA, DivergenceCode.UNTRACKED_OBJECTS);
    }

    private static Divergence divergence(DivergenceCode code, Severity severity) {
        return new Divergence(new UUID(0, code.code().hashCode()), "navbot", "right", code, "", severity, "It differs.",
                List.of(), List.of(), Instant.EPOCH, Instant.EPOCH, null, Divergence.State.OPEN, null);
    }

    private static Story left() {
        return new Story("left");
    }

    private static Story right() {
        return new Story("right");
    }

    private static Comparison compare(Story left, Story right) {
        return EnvironmentComparison.of(left.view(), right.view(), List.of());
    }
}
