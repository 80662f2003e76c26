package dev.migrationledger.core.position;

import static dev.migrationledger.core.position.Scene.adds;
import static dev.migrationledger.core.position.Scene.alters;
import static dev.migrationledger.core.position.Scene.creates;
import static dev.migrationledger.core.position.Scene.drops;
import static dev.migrationledger.core.position.Scene.makes;
import static dev.migrationledger.core.position.Scene.renames;
import static dev.migrationledger.core.position.Scene.sometimes;
import static dev.migrationledger.core.position.Scene.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.PhysicalState.Unexplained;
import dev.migrationledger.core.position.SchemaEvidence.Traces;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One sentence of the theory each. */
class SchemaEvidenceTest {

    @Test
    void an_empty_schema_of_no_history_is_at_the_base() {
        assertThat(new Scene().physical().candidates()).containsExactly(List.of());
    }

    @Test
    void two_branches_are_both_applied() {
        Scene scene = new Scene().revision("a", "", creates("t", "id integer"))
                .revision("b", "a", creates("u", "id integer")).revision("c", "a", creates("v", "id integer"))
                .revision("d", "a", creates("w", "id integer"))
                .table("t", "id integer").table("v", "id integer").table("u", "id integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("b", "c"));
    }

    @Test
    void what_a_revision_depends_on_is_implied_by_it() {
        Scene scene = new Scene().revision("a", "", creates("t", "id integer"))
                .add("b", "", "a", creates("u", "id integer"))
                .table("t", "id integer").table("u", "id integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void a_dropped_table_with_its_dependents_is_one_discrepancy() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "id integer", "name text"), creates("u", "id integer"),
                        new Effect[]{makes(ObjectKind.CONSTRAINT, "t.t_pkey", "kind", "primary key", "columns", "id"),
                            makes(ObjectKind.INDEX, "ix_name", "table", "t", "columns", "name"),
                            makes(ObjectKind.CONSTRAINT, "u.to_t", "kind", "foreign key", "columns", "id", "references",
                                    "t")}))
                .table("u", "id integer");

        assertThat(scene.evidence().against(List.of("a"))).extracting(Discrepancy::object)
                .containsExactly(ObjectName.table("public", "t"));
        assertThat(scene.physical().nearest()).contains(List.of("a"));
    }

    @Test
    void a_table_made_by_hand_with_its_dependents_is_one_discrepancy() {
        Scene scene = new Scene().revision("a", "", creates("t", "id integer")).revision("b", "a", adds("t.name text"))
                .revision("c", "b", creates("u", "id integer", "x integer", "y integer"))
                .table("t", "id integer").table("u", "id integer", "x integer", "y integer");

        assertThat(scene.evidence().against(List.of("a"))).extracting(Discrepancy::object, Discrepancy::kind)
                .containsExactly(tuple(
                        ObjectName.table("public", "u"), Discrepancy.Kind.UNEXPECTED));
        assertThat(scene.physical().nearest()).containsExactlyInAnyOrder(List.of("a"), List.of("c"));
    }

    @Test
    void a_column_that_was_renamed_by_hand_is_one_discrepancy() {
        Scene scene = new Scene().revision("a", "", creates("t", "id integer", "old text"))
                .revision("b", "a", creates("u", "id integer"))
                .revision("c", "b", renames(ObjectKind.COLUMN, "t.old", "t.new"))
                .table("t", "id integer", "new text");

        assertThat(scene.evidence().against(List.of("a"))).hasSize(1);
        assertThat(scene.physical().nearest()).contains(List.of("a"));
    }

    @Test
    void a_type_and_whether_a_column_can_be_null_distinguish_revisions() {
        Scene scene = new Scene().revision("a", "", creates("t", "id integer", "n integer"))
                .revision("b", "a", alters(ObjectKind.COLUMN, "t.n", "type", "bigint"))
                .revision("c", "b", alters(ObjectKind.COLUMN, "t.n", "nullable", "false"));

        assertThat(scene.table("t", "id integer", "n integer").physical().candidates()).containsExactly(List.of("a"));
        assertThat(scene.table("t", "id integer", "n bigint").physical().candidates()).containsExactly(List.of("b"));
        assertThat(scene.table("t", "id integer", "n bigint NOT NULL DEFAULT 0").physical().candidates())
                .containsExactly(List.of("c"));
    }

    @Test
    void an_enum_is_known_by_its_values_and_a_column_of_it_by_any_of_its_names() {
        Scene scene = new Scene()
                .revision("a", "", together(
                        new Effect[]{makes(ObjectKind.ENUM, "mood", "values", "sad, ok")}, creates("t", "m mood")))
                .revision("b", "a", sometimes(alters(ObjectKind.ENUM, "mood", "addedValue", "happy")))
                .revision("c", "b", renames(ObjectKind.ENUM, "mood", "feeling"))
                .table("t", "m public.mood").there(ObjectKind.ENUM, "mood", "('sad', 'ok')");

        assertThat(scene.physical().candidates()).containsExactly(List.of("a"), List.of("b"));
        scene.there(ObjectKind.ENUM, "mood", "('sad', 'ok', 'happy')");
        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
        scene.without(ObjectKind.ENUM, "mood").there(ObjectKind.ENUM, "feeling", "('sad', 'ok', 'happy')")
                .table("t", "m public.feeling");
        assertThat(scene.physical().candidates()).containsExactly(List.of("c"));
    }

    @Test
    void an_uncertain_effect_contradicts_no_revision() {
        Scene scene = new Scene().revision("a", "", creates("t", "id integer"))
                .revision("b", "a", sometimes(makes(ObjectKind.TABLE, "u"))).table("t", "id integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("a"), List.of("b"));
        assertThat(scene.table("u").physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void a_key_without_a_given_name_is_known_by_what_it_is() {
        Change key = makes(ObjectKind.CONSTRAINT, "t.t_n_key", "kind", "unique", "columns", "n", "name", "implied");
        Scene scene = new Scene().revision("a", "", creates("t", "n integer")).revision("b", "a", key)
                .table("t", "n integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("a"));
        scene.there(ObjectKind.CONSTRAINT, "t.uq_t_n", "UNIQUE (n)");
        assertThat(scene.physical().candidates()).contains(List.of("b"));
        assertThat(scene.physical().unexplained()).isEmpty();
        scene.there(ObjectKind.CONSTRAINT, "t.t_n_key", "UNIQUE (n)");
        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void a_key_of_other_columns_or_of_another_type_is_another_one() {
        Change key = makes(ObjectKind.CONSTRAINT, "t.t_n_key", "kind", "unique", "columns", "n", "name", "implied");
        Scene scene = new Scene().revision("a", "", creates("t", "n integer", "m integer")).revision("b", "a", key)
                .table("t", "n integer", "m integer");

        scene.there(ObjectKind.CONSTRAINT, "t.uq_t_m", "UNIQUE (m)");
        scene.there(ObjectKind.CONSTRAINT, "t.pk_t", "PRIMARY KEY (n)");
        assertThat(scene.physical().candidates()).containsExactly(List.of("a"));
    }

    @Test
    void a_key_without_a_given_name_may_have_been_dropped_by_the_name_it_has() {
        Change key = makes(ObjectKind.CONSTRAINT, "t.t_n_key", "kind", "unique", "columns", "n", "name", "implied");
        Scene scene = new Scene().revision("a", "", creates("t", "n integer")).revision("b", "a", key)
                .revision("d", "b", drops(ObjectKind.CONSTRAINT, "t.uq_t_n"))
                .table("t", "n integer");

        assertThat(scene.physical().candidates()).contains(List.of("d"));
        assertThat(scene.stamped("b").differences(List.of("b"))).hasSize(1);
        assertThat(scene.physical().candidates()).doesNotContain(List.of("b"));
    }

    @Test
    void an_index_without_a_given_name_is_missed_until_one_is_dropped_by_a_name_that_no_revision_made() {
        Change index = makes(ObjectKind.INDEX, "ix_t_n", "table", "t", "columns", "n", "name", "implied");
        Scene scene = new Scene().revision("a", "", creates("t", "n integer")).revision("b", "a", index)
                .revision("c", "b", creates("u", "n integer"))
                .revision("d", "c", renames(ObjectKind.INDEX, "idx_n_of_t", "other"))
                .table("t", "n integer").table("u", "n integer");

        assertThat(scene.stamped("c").differences(List.of("c"))).hasSize(1);

        scene.there(ObjectKind.INDEX, "other", "ON public.t USING btree (n)");
        assertThat(scene.stamped("d").differences(List.of("d"))).isEmpty();
    }

    @Test
    void an_index_without_a_given_name_is_known_by_its_table_and_columns() {
        Change index = makes(ObjectKind.INDEX, "ix_t_n", "table", "t", "columns", "n", "name", "implied");
        Scene scene = new Scene().revision("a", "", creates("t", "n integer")).revision("b", "a", index)
                .table("t", "n integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("a"));
        scene.there(ObjectKind.INDEX, "idx_n_of_t", "ON public.t USING btree (n)");
        assertThat(scene.physical().candidates()).contains(List.of("b"));
    }

    @Test
    void a_check_may_have_got_its_name_by_a_convention() {
        Scene scene = new Scene().revision("a", "", creates("t", "n integer"))
                .revision("b", "a", makes(ObjectKind.CONSTRAINT, "t.positive", "kind", "check", "columns", "n"))
                .table("t", "n integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("a"));
        scene.there(ObjectKind.CONSTRAINT, "t.ck_t_positive", "CHECK ((n > 0))");
        assertThat(scene.physical().candidates()).contains(List.of("b"));
        assertThat(scene.physical().unexplained()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "positive, ck_t_positive", "positive, ck_t_`positive`", "positive, positive_of_t",
        "number_of_cents_of_an_order_is_above_zero, ck_order_of_a_customer_with_a_long_name_number_of_cents_2fa9"})
    void a_check_is_found_wherever_a_convention_puts_its_name(String given, String made) {
        Scene scene = checked(given).there(ObjectKind.CONSTRAINT, "t." + made, "CHECK ((n > 0))");

        assertThat(scene.evidence().against(List.of("b"))).isEmpty();
        assertThat(scene.physical().unexplained()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"positive, ck_t_negative", "positive, ck_t_nonpositive", "a, ck_table", "number_of_cents, ck_t_number"})
    void a_check_of_another_name_is_another_one(String given, String made) {
        Scene scene = checked(given).there(ObjectKind.CONSTRAINT, "t." + made, "CHECK ((n > 0))");

        assertThat(scene.evidence().against(List.of("b"))).hasSize(1);
        assertThat(scene.physical().unexplained()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"positive, ck_t_positive, ck_t_positive", "ck_t_positive, positive, ck_t_positive"})
    void a_check_may_be_made_by_one_name_and_dropped_by_the_other(String made, String dropped, String there) {
        Scene scene = checked(made).revision("c", "b", drops(ObjectKind.CONSTRAINT, "t." + dropped));

        assertThat(scene.evidence().against(List.of("c"))).isEmpty();
        scene.there(ObjectKind.CONSTRAINT, "t." + there, "CHECK ((n > 0))");
        assertThat(scene.evidence().against(List.of("b"))).isEmpty();
        assertThat(scene.physical().unexplained()).isEmpty();
    }

    private static Scene checked(String name) {
        return new Scene().revision("a", "", creates("t", "n integer"))
                .revision("b", "a", makes(ObjectKind.CONSTRAINT, "t." + name, "kind", "check", "columns", "n"))
                .table("t", "n integer");
    }

    @Test
    void the_schema_of_an_extension_came_with_it() {
        Scene scene = new Scene().revision("a", "", creates("t", "n integer")).table("t", "n integer")
                .there(ObjectKind.EXTENSION, "shapes", "SCHEMA drawn").there(ObjectKind.SCHEMA, "drawn", "SCHEMA");

        assertThat(scene.physical().unexplained()).isEmpty();
        scene.there(ObjectKind.SCHEMA, "other", "SCHEMA");
        assertThat(scene.physical().unexplained()).hasSize(1);
    }

    @Test
    void two_branches_that_touch_the_same_column_leave_it_undecided() {
        Scene scene = new Scene().revision("a", "", creates("t", "n integer"))
                .revision("b", "a", alters(ObjectKind.COLUMN, "t.n", "type", "bigint"), creates("u", "id integer")[0])
                .revision("c", "a", alters(ObjectKind.COLUMN, "t.n", "type", "text"), creates("v", "id integer")[0])
                .table("t", "n numeric").table("u").table("v");

        assertThat(scene.physical().candidates()).containsExactly(List.of("b", "c"));
    }

    @Test
    void an_empty_database_does_not_match_a_head_that_may_have_dropped_everything() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "id integer"), creates("u", "id integer")))
                .revision("b", "a", together(creates("v", "id integer"), creates("w", "id integer")))
                .opaque("c", "b");

        assertThat(scene.physical().candidates()).containsExactly(List.of());
        assertThat(scene.evidence().against(List.of("c"))).hasSize(4);
    }

    @Test
    void what_a_revision_made_in_a_place_that_cannot_be_read_is_unexplained_and_perhaps_its() {
        Scene scene = new Scene().revision("a", "", creates("t", "id integer")).opaque("b", "a")
                .table("t", "id integer").table("made_by_loop", "id integer", "name text")
                .there(ObjectKind.INDEX, "ix_made", "ON public.made_by_loop USING btree (name)");

        PhysicalState physical = scene.physical();

        assertThat(physical.candidates()).containsExactly(List.of("a"), List.of("b"));
        assertThat(physical.unexplained()).containsExactly(
                new Unexplained(ObjectName.table("public", "made_by_loop"), "b"));
        assertThat(physical.doubts())
                .containsExactly("What b does cannot be read (line 7: it executes an unknown statement).");
    }

    @Test
    void a_schema_that_no_revision_knows_is_listed_instead_of_its_objects() {
        Scene scene = new Scene().revision("a", "", creates("t", "id integer")).table("t", "id integer");
        ObjectName schema = new ObjectName(ObjectKind.SCHEMA, null, null, "elsewhere");
        scene.schema.put(schema, "");
        scene.schema.put(ObjectName.table("elsewhere", "x"), "TABLE");

        assertThat(scene.physical().unexplained()).containsExactly(new Unexplained(schema, null));
    }

    @Test
    void a_revision_that_ran_in_part_left_some_of_its_traces() {
        Scene scene = new Scene().revision("a", "", creates("t", "id integer"))
                .revision("b", "a", together(creates("u", "id integer"), creates("v", "id integer")))
                .table("t", "id integer").table("u", "id integer");

        Map<String, Traces> traces = scene.evidence().traces();

        assertThat(traces.get("a")).isEqualTo(new Traces(2, 0));
        assertThat(traces.get("b")).isEqualTo(new Traces(2, 1));
    }

    @Test
    void a_table_that_was_dropped_and_created_again_has_only_its_new_columns() {
        Scene scene = new Scene().revision("a", "", creates("t", "id integer", "old text"))
                .revision("b", "a", drops(ObjectKind.TABLE, "t")).revision("c", "b", creates("t", "id integer"))
                .table("t", "id integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("c"));
        assertThat(scene.column("t.old text").physical().candidates()).containsExactly(List.of("a"));
    }

    @Test
    void a_table_created_elsewhere_is_not_untracked_and_its_added_columns_count() {
        Scene scene = new Scene().revision("a", "", adds("legacy.added text")).table("legacy", "id integer", "x text");

        assertThat(scene.physical().candidates()).containsExactly(List.of());
        assertThat(scene.physical().unexplained()).isEmpty();
        assertThat(scene.column("legacy.added text").physical().candidates()).containsExactly(List.of("a"));
    }

    @Test
    void a_broken_history_is_answered_as_far_as_it_goes() {
        Scene scene = new Scene().revision("a", "gone", creates("t", "id integer"))
                .revision("b", "a c", creates("u", "id integer")).revision("c", "b", creates("v", "id integer"))
                .revision("a", "gone", creates("t", "id integer")).table("t", "id integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("a"));
        assertThat(scene.evidence().against(List.of("unknown", "a"))).isEmpty();
    }

    @Test
    void no_footprint_is_no_evidence() {
        Scene scene = new Scene().revision("a", "").revision("b", "a").table("t", "id integer");
        scene.footprints.clear();

        assertThat(scene.physical().candidates()).containsExactly(List.of(), List.of("a"), List.of("b"));
        assertThat(scene.physical().unexplained()).singleElement().extracting(Unexplained::perhaps).isEqualTo("b");
    }

    @Test
    void names_without_a_schema_are_in_the_default_schema() {
        Scene scene = new Scene().revision("a", "", creates("t"));
        scene.schema.put(ObjectName.table("app", "t"), "TABLE");

        assertThat(SchemaEvidence
                .of(RevisionGraph.of(scene.revisions), scene.footprints, scene.snapshot(), "app", null, Map.of())
                .physical().candidates()).containsExactly(List.of("a"));
    }

    @Test
    void too_many_candidates_are_cut_off_with_a_note() {
        Scene scene = new Scene();
        for (int i = 0; i < 300; i++) {
            scene.revision("r" + i, i == 0 ? "" : "r" + (i - 1));
        }

        assertThat(scene.physical().candidates()).hasSize(200);
        assertThat(scene.physical().complete()).isFalse();
        assertThat(scene.evidence().against(List.of("r299"))).isEmpty();
    }

    @Test
    void base_is_not_near_to_a_stamped_database_that_holds_something_of_the_history() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer"))
                .revision("b", "a", adds("t.c text"))
                .revision("d", "b", creates("u", "id integer"))
                .table("t", "id integer");
        scene.there(ObjectKind.INDEX, "by_hand", "ON public.t USING btree (id)");
        scene.table("u", "id integer");

        assertThat(scene.stamped("d").physical().nearest()).doesNotContain(List.of()).contains(List.of("d"));
    }
}
