package dev.migrationledger.core.position;

import static dev.migrationledger.core.position.Scene.alters;
import static dev.migrationledger.core.position.Scene.creates;
import static dev.migrationledger.core.position.Scene.drops;
import static dev.migrationledger.core.position.Scene.makes;
import static dev.migrationledger.core.position.Scene.named;
import static dev.migrationledger.core.position.Scene.renames;
import static dev.migrationledger.core.position.Scene.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Condition.ExistenceCheck;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a change to one object does to another, as PostgreSQL has it. */
class RelationsTest {

    @ParameterizedTest
    @EnumSource(names = {"VIEW", "MATERIALIZED_VIEW"})
    void what_is_made_on_a_view_asks_for_no_table(ObjectKind kind) {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "n integer"), new Effect[]{makes(kind, "v")}))
                .revision("b", "a", makes(ObjectKind.INDEX, "i", "table", "v", "columns", "n"),
                        makes(ObjectKind.TRIGGER, "v.touch"))
                .revision("c", "b", renames(ObjectKind.TABLE, "v", "w"))
                .table("t", "n integer").there(kind, "v", "SELECT")
                .there(ObjectKind.INDEX, "i", "ON public.v USING btree (n)")
                .there(ObjectKind.TRIGGER, "v.touch", "INSTEAD OF INSERT");
        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));

        scene.without(kind, "v").there(kind, "w", "SELECT").without(ObjectKind.TRIGGER, "v.touch")
                .there(ObjectKind.TRIGGER, "w.touch", "INSTEAD OF INSERT")
                .there(ObjectKind.INDEX, "i", "ON public.w USING btree (n)");
        assertThat(scene.physical().candidates()).containsExactly(List.of("c"));
    }

    @Test
    void a_view_that_no_revision_makes_is_not_missed_as_a_table() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "n integer"))
                .revision("b", "a", alters(ObjectKind.TABLE, "made_by_hand"))
                .table("t", "n integer").there(ObjectKind.VIEW, "made_by_hand", "SELECT");

        assertThat(scene.evidence().against(List.of("b"))).isEmpty();
    }

    @Test
    void a_sequence_without_an_owner_outlives_its_table() {
        Scene scene = new Scene()
                .revision("a", "", together(new Effect[]{makes(ObjectKind.SEQUENCE, "t_id_seq", "ownedBy", "t.id")},
                        creates("t", "id integer"), creates("u", "id integer")))
                .revision("b", "a", alters(ObjectKind.SEQUENCE, "t_id_seq", "ownedBy", ""),
                        drops(ObjectKind.TABLE, "t"))
                .table("u", "id integer").there(ObjectKind.SEQUENCE, "t_id_seq", "AS integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void a_sequence_that_another_column_owns_goes_with_that_one() {
        Scene scene = new Scene()
                .revision("a", "", together(new Effect[]{makes(ObjectKind.SEQUENCE, "s", "ownedBy", "t.id")},
                        creates("t", "id integer"), creates("u", "id integer")))
                .revision("b", "a", alters(ObjectKind.SEQUENCE, "s", "ownedBy", "u.id"), drops(ObjectKind.TABLE, "t"))
                .revision("c", "b", drops(ObjectKind.TABLE, "u"));
        assertThat(scene.physical().candidates()).containsExactlyInAnyOrder(List.of(), List.of("c"));
    }

    @Test
    void unknown_columns_of_a_copied_table_travel_with_its_name() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "id integer", "at text"))
                .revision("b", "a", makes(ObjectKind.TABLE, "copy", "open", "true"), drops(ObjectKind.TABLE, "t"),
                        renames(ObjectKind.TABLE, "copy", "t"))
                .revision("c", "b", creates("u", "id integer"))
                .table("t", "id integer", "at text", "more text").table("u", "id integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("c"));
        assertThat(scene.evidence().against(List.of("c"))).isEmpty();
        assertThat(scene.physical().unexplained()).isEmpty();
    }

    @Test
    void partitions_go_with_their_table_unless_they_were_detached() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "id integer"), new Effect[]{
                    makes(ObjectKind.TABLE, "p1", "partitionOf", "t", "open", "true"),
                    makes(ObjectKind.TABLE, "p2", "partitionOf", "t", "open", "true")}))
                .revision("b", "a", alters(ObjectKind.TABLE, "p2", "partitionOf", ""), drops(ObjectKind.TABLE, "t"))
                .table("p2", "id integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void tables_that_were_each_others_partition_one_after_the_other_are_no_circle() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "n integer"), creates("p", "n integer")))
                .revision("b", "a", alters(ObjectKind.TABLE, "p", "partitionOf", "t"))
                .revision("c", "b", alters(ObjectKind.TABLE, "p", "partitionOf", ""),
                        alters(ObjectKind.TABLE, "t", "partitionOf", "p"))
                .revision("d", "c", alters(ObjectKind.COLUMN, "t.n", "type", "bigint"))
                .table("t", "n bigint").table("p", "n integer");

        assertThat(scene.stamped("d").against(List.of("d"))).isEmpty();
    }

    @Test
    void constraints_of_a_table_that_becomes_a_partition_may_become_its_parents() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "id integer"), creates("p", "id integer"),
                        new Effect[]{makes(ObjectKind.CONSTRAINT, "p.p_pkey", "kind", "primary key", "columns", "id")}))
                .revision("b", "a", alters(ObjectKind.TABLE, "p", "partitionOf", "t"))
                .table("t", "id integer").table("p", "id integer");

        assertThat(scene.evidence().against(List.of("b"))).isEmpty();
    }

    @Test
    void views_may_go_with_what_is_dropped_by_cascade() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "n integer"), creates("u", "n integer"),
                        new Effect[]{makes(ObjectKind.VIEW, "v")}))
                .revision("b", "a", cascade(ObjectKind.TABLE, "t"))
                .table("u", "n integer");
        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));

        scene.there(ObjectKind.VIEW, "v", "SELECT");
        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void columns_go_with_a_type_that_is_dropped_by_cascade() {
        Scene scene = new Scene()
                .revision("a", "", together(new Effect[]{makes(ObjectKind.ENUM, "mood", "values", "a")},
                        creates("t", "n integer", "m mood")))
                .revision("b", "a", cascade(ObjectKind.ENUM, "mood"))
                .table("t", "n integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void an_index_goes_with_a_column_that_its_expression_mentions() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "n integer", "name text"),
                        new Effect[]{makes(ObjectKind.INDEX, "i", "table", "t", "columns", "(lower(name))")}))
                .revision("b", "a", drops(ObjectKind.COLUMN, "t.name"))
                .table("t", "n integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void the_index_of_a_constraint_is_renamed_with_it() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "id integer"),
                        new Effect[]{makes(ObjectKind.CONSTRAINT, "t.t_pkey", "kind", "primary key", "columns", "id")}))
                .revision("b", "a", renames(ObjectKind.INDEX, "t_pkey", "pk_t"))
                .table("t", "id integer").there(ObjectKind.CONSTRAINT, "t.pk_t", "PRIMARY KEY (id)");
        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));

        Scene unknown = new Scene()
                .revision("a", "", creates("t", "id integer"))
                .revision("b", "a", renames(ObjectKind.INDEX, "made_elsewhere", "pk_t"))
                .table("t", "id integer").there(ObjectKind.CONSTRAINT, "t.pk_t", "PRIMARY KEY (id)");
        assertThat(unknown.evidence().against(List.of("b"))).isEmpty();
    }

    private static Effect cascade(ObjectKind kind, String name) {
        return new Drop(named(kind, name), true, Condition.ALWAYS, Location.line(1));
    }

    @Test
    void a_function_is_dropped_by_its_name_alone_where_no_other_has_it() {
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "n integer"), new Effect[]{
                    makes(ObjectKind.FUNCTION, "note(integer)"), makes(ObjectKind.FUNCTION, "noted(integer)")}))
                .revision("b", "a", drops(ObjectKind.FUNCTION, "note"))
                .table("t", "n integer").there(ObjectKind.FUNCTION, "noted(integer)", "");

        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void a_key_without_a_given_name_has_the_name_by_which_it_is_renamed() {
        Change key = makes(ObjectKind.CONSTRAINT, "t.t_n_key", "kind", "unique", "columns", "n", "name", "implied");
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "n integer"), new Effect[]{key}))
                .revision("b", "a", renames(ObjectKind.CONSTRAINT, "t.t_n_key", "t.one_n"))
                .table("t", "n integer").there(ObjectKind.CONSTRAINT, "t.another", "UNIQUE (n)");

        assertThat(scene.stamped("b").against(List.of("b"))).singleElement()
                .satisfies(one -> assertThat(one.object().name()).isEqualTo("one_n"));
    }

    @Test
    void a_key_whose_implied_name_is_taken_gets_a_number() {
        Change one = makes(ObjectKind.CONSTRAINT, "t.t_n_key", "kind", "unique", "columns", "n", "name", "implied");
        Change other = makes(ObjectKind.CONSTRAINT, "t.t_n_key", "kind", "unique", "columns", "n, m", "name",
                "implied");
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "n integer", "m integer"), new Effect[]{one}))
                .revision("b", "a", other)
                .revision("c", "b", drops(ObjectKind.CONSTRAINT, "t.t_n_key1"))
                .table("t", "n integer", "m integer").there(ObjectKind.CONSTRAINT, "t.t_n_key", "UNIQUE (n)");
        assertThat(scene.physical().candidates()).containsExactly(List.of("a"), List.of("c"));

        scene.there(ObjectKind.CONSTRAINT, "t.t_n_key1", "UNIQUE (n, m)");
        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    @Test
    void a_number_makes_room_for_itself() {
        String table = "t".repeat(30);
        ObjectName key = named(ObjectKind.CONSTRAINT, table + "." + table + "_" + "c".repeat(28) + "_key");

        assertThat(PostgresRules.numbered(key, 1).name()).isEqualTo(table + "_" + "c".repeat(27) + "_key1");
    }

    @Test
    void what_is_done_if_a_part_that_no_revision_makes_is_there_is_not_done() {
        Condition there = new Condition(Condition.When.IF_THERE, named(ObjectKind.CONSTRAINT, "t.ix_t_n"));
        Scene scene = new Scene()
                .revision("a", "", together(creates("t", "n integer"),
                        new Effect[]{makes(ObjectKind.INDEX, "ix_t_n", "table", "t", "columns", "n")}))
                .revision("b", "a", together(new Effect[]{drops(ObjectKind.INDEX, "ix_t_n").when(there)},
                        new Effect[]{Scene.adds("t.m integer")}))
                .table("t", "n integer", "m integer");

        assertThat(scene.stamped("b").against(List.of("b"))).singleElement()
                .satisfies(one -> assertThat(one.object().name()).isEqualTo("ix_t_n"));
    }

    @Test
    void what_needs_several_objects_is_done_where_one_of_each_choice_holds() {
        ExistenceCheck t = new ExistenceCheck(true, named(ObjectKind.TABLE, "t"));
        ExistenceCheck noT = new ExistenceCheck(false, named(ObjectKind.TABLE, "t"));
        ExistenceCheck noM = new ExistenceCheck(false, named(ObjectKind.COLUMN, "t.m"));
        assertThat(columnAfter(Condition.needing(List.of(List.of(noT, noM))))).containsExactly(List.of("b"));
        assertThat(columnAfter(Condition.needing(List.of(List.of(t), List.of(noM))))).containsExactly(List.of("b"));
        ExistenceCheck other = new ExistenceCheck(true, named(ObjectKind.TABLE, "elsewhere"));
        Scene unknown = new Scene().revision("a", "", creates("t", "n integer"))
                .revision("b", "a", Scene.adds("t.m integer")
                        .when(Condition.needing(List.of(List.of(t), List.of(other)))))
                .table("t", "n integer");
        assertThat(unknown.physical().candidates()).containsExactly(List.of("a"), List.of("b"));

        Scene never = new Scene().revision("a", "", creates("t", "n integer"))
                .revision("b", "a", Scene.adds("t.m integer")
                        .when(Condition.needing(List.of(List.of(t), List.of(noT)))))
                .table("t", "n integer");
        assertThat(never.stamped("b").against(List.of("b"))).isEmpty();
    }

    @Test
    void what_is_dropped_if_it_is_there_and_created_was_not_there_before() {
        Scene scene = new Scene().revision("a", "", creates("t", "n integer"))
                .revision("b", "a", drops(ObjectKind.INDEX, "ix").when(Condition.IF_THERE),
                        makes(ObjectKind.INDEX, "ix", "table", "t", "columns", "n"))
                .table("t", "n integer").there(ObjectKind.INDEX, "ix", "ON public.t USING btree (n)");

        assertThat(scene.physical().candidates()).containsExactly(List.of("b"));
    }

    /** Where the schema can be that has the column which the second revision adds on a condition. */
    private static List<List<String>> columnAfter(Condition condition) {
        return new Scene().revision("a", "", creates("t", "n integer"))
                .revision("b", "a", Scene.adds("t.m integer").when(condition))
                .table("t", "n integer", "m integer").physical().candidates();
    }
}
