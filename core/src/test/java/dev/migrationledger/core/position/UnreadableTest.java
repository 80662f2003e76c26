package dev.migrationledger.core.position;

import static dev.migrationledger.core.position.Scene.adds;
import static dev.migrationledger.core.position.Scene.creates;
import static dev.migrationledger.core.position.Scene.drops;
import static dev.migrationledger.core.position.Scene.makes;
import static dev.migrationledger.core.position.Scene.renames;
import static dev.migrationledger.core.position.Scene.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States that real databases were in, of histories that hold something unreadable. */
class UnreadableTest {

    @Test
    void an_object_with_its_new_name_contradicts_the_time_before_its_old_name() {
        PhysicalState physical = new Scene()
                .revision("a", "", creates("t", "id integer"))
                .revision("b", "a", adds("t.old text"))
                .revision("c", "b", renames(ObjectKind.COLUMN, "t.old", "t.new"))
                .table("t", "id integer", "new text").physical();

        assertThat(physical.candidates()).containsExactly(List.of("c"));
    }

    @Test
    void a_revision_may_undo_in_a_place_that_cannot_be_read_what_it_did_before() {
        PhysicalState physical = new Scene()
                .revision("a", "", creates("t", "id integer"))
                .opaque("b", "a", together(new Effect[]{adds("t.gone text")}, creates("u", "id integer")))
                .table("t", "id integer").table("u", "id integer").physical();

        assertThat(physical.candidates()).contains(List.of("b"));
    }

    @Test
    void what_went_in_a_place_that_cannot_be_read_is_not_missed_where_its_table_is_dropped_later() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "gone text"))
                .opaque("b", "a")
                .revision("c", "b", creates("u", "id integer"))
                .revision("d", "c", drops(ObjectKind.TABLE, "t"))
                .table("t", "id integer").table("u", "id integer");

        assertThat(scene.physical().candidates()).contains(List.of("c"));
        assertThat(scene.evidence().against(List.of("c"))).isEmpty();
    }

    @Test
    void what_went_in_a_place_that_cannot_be_read_is_not_missed_under_its_tables_next_name() {
        PhysicalState physical = new Scene()
                .revision("a", "", creates("t", "id integer", "gone text"))
                .opaque("b", "a")
                .revision("c", "b", renames(ObjectKind.TABLE, "t", "u"))
                .table("u", "id integer").physical();

        assertThat(physical.candidates()).contains(List.of("c"));
    }

    @Test
    void where_something_is_assumed_the_sets_in_which_a_hand_did_it_are_named_as_near() {
        PhysicalState physical = new Scene()
                .revision("a", "", creates("t", "id integer", "gone text"))
                .revision("b", "a", creates("u", "id integer"))
                .opaque("c", "b")
                .table("t", "id integer").table("u", "id integer").physical();

        assertThat(physical.candidates()).containsExactly(List.of("c"));
        assertThat(physical.nearest()).startsWith(List.of("c")).contains(List.of("b"));
    }

    @Test
    void what_is_made_only_where_it_is_missing_is_there_afterwards_and_missed() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer"))
                .revision("b", "a", makes(ObjectKind.ENUM, "mood", "values", "a, b").when(Condition.UNLESS_THERE))
                .table("t", "id integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("a"));

        scene.there(ObjectKind.ENUM, "mood", "('a', 'b')");
        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void what_is_dropped_only_where_it_is_there_is_gone_afterwards() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "old text"))
                .revision("b", "a", Scene.drops(ObjectKind.COLUMN, "t.old").when(Condition.IF_THERE))
                .table("t", "id integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void a_place_excuses_nothing_beyond_its_reach() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "id integer", "c text"), creates("u", "id integer")))
                .reaching(Reach.of(Set.of("t")), "b", "a")
                .table("t", "id integer");

        assertThat(scene.stamped("b").physical().candidates()).isEmpty();
        assertThat(scene.stamped("b").differences(List.of("b")))
                .extracting(one -> one.discrepancy().object().dotted(), one -> one.excuse() == null)
                .containsExactly(tuple("public.u", true), tuple("public.t.c", false));
    }

    @Test
    void a_place_that_can_only_make_something_excuses_nothing_that_is_missing() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "c text"))
                .reaching(new Reach(Set.of(Effect.Action.CREATE), null, null), "b", "a")
                .table("t", "id integer");

        assertThat(scene.stamped("b").physical().candidates()).isEmpty();
    }

    @Test
    void a_place_that_writes_rows_excuses_nothing() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "c text"))
                .reaching(Reach.ROWS, "b", "a")
                .table("t", "id integer");

        assertThat(scene.stamped("b").physical().candidates()).isEmpty();
        assertThat(scene.stamped("b").differences(List.of("b"))).singleElement()
                .satisfies(one -> assertThat(one.excuse()).isNull());
    }

    @Test
    void a_place_that_names_a_table_may_have_changed_any_number_of_its_columns() {
        Scene scene = new Scene()
                .revision("a", "",
                        creates("t", "id integer", "c1 text", "c2 text", "c3 text", "c4 text", "c5 text", "c6 text"))
                .revision("b", "a", creates("u", "id integer"))
                .reaching(Reach.of(Set.of("t")), "c", "b")
                .table("t", "id integer").table("u", "id integer");

        assertThat(scene.stamped("c").physical().candidates()).containsExactly(List.of("c"));
        assertThat(scene.stamped("c").differences(List.of("c"))).hasSize(6)
                .allSatisfy(one -> assertThat(Objects.requireNonNull(one.excuse()).revision()).isEqualTo("c"));
    }

    @Test
    void an_unread_place_may_name_a_table_by_an_earlier_name() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "gone text"))
                .reaching(Reach.of(Set.of("t")), "b", "a")
                .revision("c", "b", renames(ObjectKind.TABLE, "t", "u"))
                .table("u", "id integer");

        assertThat(scene.stamped("c").physical().candidates()).contains(List.of("c"));
    }

    @Test
    void a_revision_that_has_still_to_run_explains_no_damage() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "id integer"), creates("other", "id integer")))
                .revision("b", "a", creates("x", "id integer"))
                .opaque("c", "b", adds("t.extra text"))
                .table("t", "id integer").table("x", "id integer");

        assertThat(scene.stamped("b").physical().candidates()).isEmpty();
        assertThat(scene.stamped("b").physical().nearest()).contains(List.of("b"));
        assertThat(scene.stamped("b").differences(List.of("b"))).extracting(one -> one.discrepancy().object().dotted())
                .containsExactly("public.other");
    }

    @Test
    void a_revision_that_left_an_object_may_have_dropped_one_too() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "id integer"), creates("other", "id integer")))
                .opaque("b", "a", adds("t.extra text"))
                .table("t", "id integer", "extra text");

        assertThat(scene.stamped("a").physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void an_object_without_a_known_origin_confirms_a_place_that_may_have_made_it() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "old text"))
                .reaching(Reach.of(Set.of("t")), "b", "a")
                .table("t", "id integer", "new text");

        assertThat(scene.stamped("a").physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void what_is_made_only_if_it_is_missing_does_not_prove_that_it_ran_after_a_place_that_may_have_made_it() {
        Effect guarded = makes(ObjectKind.COLUMN, "t.late", "type", "text").when(Condition.UNLESS_THERE);
        Scene scene = new Scene()
                .opaque("a", "")
                .revision("b", "a", creates("x", "id integer"))
                .revision("c", "b", guarded)
                .table("t", "id integer", "late text").table("x", "id integer");

        assertThat(scene.stamped("b").differences(List.of("b"))).isEmpty();
        assertThat(scene.stamped("b").physical().candidates()).containsExactly(List.of("b"), List.of("c"));

        scene.without(ObjectKind.TABLE, "x");
        assertThat(scene.stamped("a").physical().candidates()).containsExactly(List.of("a"));
    }

    @Test
    void what_is_made_only_if_it_is_missing_is_unexpected_before_unless_the_baseline_may_have_made_it() {
        Effect guarded = makes(ObjectKind.COLUMN, "t.late", "type", "text").when(Condition.UNLESS_THERE);
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer"))
                .opaque("b", "a")
                .revision("c", "b", guarded)
                .table("t", "id integer", "late text");

        assertThat(scene.stamped("b").differences(List.of("b"))).singleElement()
                .satisfies(one -> assertThat(Objects.requireNonNull(one.excuse()).revision()).isEqualTo("b"));

        Scene mixed = new Scene().opaque("a", "", creates("t", "id integer")).revision("c", "a", guarded)
                .table("t", "id integer", "late text");
        assertThat(mixed.stamped("a").differences(List.of("a"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_block_that_checks_for_one_of_its_tables_creates_all_or_none(boolean markerFirst) {
        Condition unlessThere = new Condition(Condition.When.UNLESS_THERE, ObjectName.table(null, "ta"));
        List<Effect> marker = List.of(makes(ObjectKind.TABLE, "ta").when(unlessThere),
                makes(ObjectKind.COLUMN, "ta.id", "type", "integer").when(unlessThere));
        List<Effect> others = List.of(makes(ObjectKind.TABLE, "tb").when(unlessThere),
                makes(ObjectKind.COLUMN, "tb.id", "type", "integer").when(unlessThere),
                makes(ObjectKind.COLUMN, "tb.name", "type", "text").when(unlessThere));
        Effect[] block = Stream.of(markerFirst ? marker : others, markerFirst ? others : marker)
                .flatMap(List::stream).toArray(Effect[]::new);
        Scene scene = new Scene()
                .revision("a", "", block)
                .revision("b", "a", creates("late", "id integer"))
                .table("ta", "id integer").table("tb", "id integer", "name text").table("late", "id integer");

        assertThat(scene.stamped("b").physical().candidates()).containsExactly(List.of("b"));

        scene.without(ObjectKind.COLUMN, "tb.name");
        assertThat(scene.stamped("b").differences(List.of("b"))).singleElement()
                .satisfies(one -> assertThat(one.excuse()).isNull());
    }

    @Test
    void after_a_drop_a_conditional_create_confirms_its_revision_even_after_a_baseline() {
        Scene scene = new Scene()
                .opaque("a", "")
                .revision("b", "a", creates("gone", "id integer"))
                .table("t", "id integer");
        String before = "b";
        for (int i = 0; i < 4; i++) {
            scene.revision("c" + i, before,
                    makes(ObjectKind.COLUMN, "t.c" + i, "type", "text").when(Condition.UNLESS_THERE))
                    .column("t.c" + i + " text");
            before = "c" + i;
        }

        assertThat(scene.physical().nearest()).contains(List.of("a"), List.of("c3"));
    }

    @Test
    void a_place_without_bounds_does_not_explain_all_that_later_revisions_make_if_it_is_missing() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "id integer"), creates("u", "id integer")))
                .opaque("b", "a")
                .revision("c", "b", creates("gone", "id integer"))
                .table("t", "id integer").table("u", "id integer");
        String before = "c";
        for (int i = 0; i < 4; i++) {
            scene.revision("d" + i, before,
                    makes(ObjectKind.COLUMN, "t.c" + i, "type", "text").when(Condition.UNLESS_THERE))
                    .column("t.c" + i + " text");
            before = "d" + i;
        }

        assertThat(scene.physical().candidates()).isEmpty();
        assertThat(scene.physical().nearest().getFirst()).containsExactly("d3");
    }

    @Test
    void what_a_revision_sets_is_not_excused_by_a_place_that_came_before_it() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "c text"))
                .opaque("b", "a")
                .revision("d", "b", Scene.alters(ObjectKind.COLUMN, "t.c", "nullable", "false"))
                .revision("e", "d", renames(ObjectKind.TABLE, "t", "u"))
                .table("u", "id integer", "c text");

        assertThat(scene.stamped("e").differences(List.of("e"))).singleElement()
                .satisfies(one -> assertThat(one.excuse()).isNull());
        assertThat(scene.physical().candidates()).isEmpty();
    }

    @Test
    void a_value_that_is_added_to_an_enum_that_may_be_older_is_missed() {
        Effect guarded = makes(ObjectKind.ENUM, "mood", "values", "a, b").when(Condition.UNLESS_THERE);
        Scene scene = new Scene()
                .opaque("a", "")
                .revision("b", "a", guarded)
                .revision("c", "b", Scene.alters(ObjectKind.ENUM, "mood", "addedValue", "v"))
                .there(ObjectKind.ENUM, "mood", "('x')");

        assertThat(scene.stamped("c").against(List.of("c"))).singleElement()
                .satisfies(one -> assertThat(one.expected()).isEqualTo("('a', 'b', 'v')"));

        scene.there(ObjectKind.ENUM, "mood", "('x', 'v')");
        assertThat(scene.stamped("c").against(List.of("c"))).isEmpty();
        assertThat(scene.stamped("c").differences(List.of("c"))).singleElement()
                .satisfies(one -> assertThat(Objects.requireNonNull(one.excuse()).revision()).isEqualTo("a"));

        scene.there(ObjectKind.ENUM, "mood", "('a', 'b', 'v')");
        assertThat(scene.stamped("c").differences(List.of("c"))).isEmpty();
    }

    @Test
    void a_guard_that_finds_what_an_earlier_revision_made_leaves_it_as_it_was() {
        Effect other = makes(ObjectKind.ENUM, "mood", "values", "a, b, c").when(Condition.UNLESS_THERE);
        Scene scene = new Scene()
                .revision("a", "", makes(ObjectKind.ENUM, "mood", "values", "a, b"))
                .revision("b", "a", other)
                .revision("c", "b", Scene.alters(ObjectKind.ENUM, "mood", "addedValue", "v"))
                .there(ObjectKind.ENUM, "mood", "('a', 'b', 'v')");

        assertThat(scene.physical().candidates()).containsExactly(List.of("c"));
        assertThat(scene.stamped("b").against(List.of("b"))).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(Discrepancy.Kind.DIFFERENT);
            assertThat(found.object().dotted()).isEqualTo("public.mood");
        });
    }

    @Test
    void what_no_later_revision_sets_stays_excused_however_often_something_else_is_set() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "c text"))
                .opaque("b", "a")
                .revision("d", "b", Scene.alters(ObjectKind.COLUMN, "t.c", "nullable", "false"))
                .revision("e", "d", Scene.alters(ObjectKind.COLUMN, "t.c", "nullable", "true"))
                .table("t", "id integer", "c bigint");

        assertThat(scene.stamped("e").differences(List.of("e"))).singleElement()
                .satisfies(one -> assertThat(Objects.requireNonNull(one.excuse()).revision()).isEqualTo("b"));
        assertThat(scene.physical().candidates()).contains(List.of("e"));
    }

    @Test
    void a_revision_without_evidence_in_the_schema_is_not_confirmed() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer"))
                .revision("b", "a")
                .revision("c", "b", adds("t.c text"))
                .opaque("d", "c")
                .table("t", "id integer", "c text");

        assertThat(scene.stamped("d").confirmed(List.of("d"))).containsExactly("a", "b", "c");

        scene.without(ObjectKind.TABLE, "t");
        assertThat(scene.stamped("d").confirmed(List.of("d"))).isEmpty();
    }

    @Test
    void a_type_that_may_have_been_changed_where_it_cannot_be_read_is_an_excuse_and_not_silence() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "c text"))
                .reaching(Reach.of(Set.of("t")), "b", "a")
                .revision("d", "b", Scene.alters(ObjectKind.COLUMN, "t.c", "nullable", "false"))
                .table("t", "id integer", "c bigint NOT NULL");

        assertThat(scene.stamped("d").physical().candidates()).contains(List.of("d"));
        assertThat(scene.stamped("d").differences(List.of("d"))).singleElement()
                .satisfies(one -> assertThat(Objects.requireNonNull(one.excuse()).revision()).isEqualTo("b"));
    }

    @Test
    void a_type_that_no_place_reaches_is_compared_across_places_that_cannot_be_read() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "c text"))
                .reaching(Reach.of(Set.of("u")), "b", "a")
                .revision("d", "b", Scene.alters(ObjectKind.COLUMN, "t.c", "nullable", "false"))
                .table("t", "id integer", "c bigint NOT NULL");

        assertThat(scene.stamped("d").physical().candidates()).isEmpty();
    }

    @Test
    void what_is_altered_after_a_place_that_cannot_be_read_was_there_then() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "c text"))
                .opaque("b", "a")
                .revision("d", "b", Scene.alters(ObjectKind.COLUMN, "t.c", "nullable", "false"))
                .table("t", "id integer");

        assertThat(scene.stamped("d").differences(List.of("d"))).singleElement()
                .satisfies(one -> assertThat(one.excuse()).isNull());
    }

    @Test
    void an_object_that_only_an_unread_place_names_confirms_that_place() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer"))
                .reaching(Reach.of(Set.of("hidden", "other")), "b", "a", creates("u", "id integer"))
                .table("t", "id integer").table("hidden", "id integer").table("other", "id integer");

        assertThat(scene.physical().nearest()).containsExactly(List.of("b"));
        assertThat(scene.physical().discrepancies()).extracting(one -> one.object().dotted())
                .containsExactly("public.u");
    }

    @Test
    void a_table_created_if_missing_may_belong_to_the_baseline_and_the_note_names_it() {
        Scene scene = new Scene()
                .opaque("a", "")
                .revision("b", "a", creates("x", "id integer"))
                .revision("c", "b", makes(ObjectKind.TABLE, "t").when(Condition.UNLESS_THERE))
                .table("x", "id integer").table("t", "id integer");

        assertThat(scene.stamped("b").differences(List.of("b"))).singleElement()
                .satisfies(one -> assertThat(Objects.requireNonNull(one.excuse()).revision()).isEqualTo("a"));
        scene.without(ObjectKind.TABLE, "t");
        assertThat(scene.stamped("b").differences(List.of("b"))).isEmpty();
    }

    @Test
    void what_a_branch_set_after_its_unread_place_is_certain_where_the_branches_come_together() {
        Reach elsewhere = new Reach(Set.of(Effect.Action.CREATE), Set.of(ObjectKind.TABLE), Set.of("other"));
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "n integer"))
                .revision("b", "a", renames(ObjectKind.TABLE, "t", "u"))
                .revision("c", "a",
                        new Effect.Unread("conn.execute(sql)", new UnknownOperation(Part.UNKNOWN_EXECUTION),
                                Reach.ANYTHING,
                                Location.line(7)),
                        Scene.alters(ObjectKind.COLUMN, "t.n", "type", "bigint"))
                .reaching(elsewhere, "d", "c")
                .revision("e", "b d")
                .table("u", "id integer", "n text");

        assertThat(scene.stamped("e").against(List.of("e"))).extracting(Discrepancy::kind)
                .containsExactly(Discrepancy.Kind.DIFFERENT);
    }
}
