package dev.migrationledger.contracts.physical;

import static dev.migrationledger.contracts.physical.Scene.adds;
import static dev.migrationledger.contracts.physical.Scene.creates;
import static dev.migrationledger.contracts.physical.Scene.drops;
import static dev.migrationledger.contracts.physical.Scene.makes;
import static dev.migrationledger.contracts.physical.Scene.renames;
import static dev.migrationledger.contracts.physical.Scene.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.schema.ObjectKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** States that real databases were in, of histories that hold something nobody can read. */
class UnreadableTest {

    @Test
    void what_has_its_new_name_already_speaks_against_the_time_before_the_old_one() {
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
}
