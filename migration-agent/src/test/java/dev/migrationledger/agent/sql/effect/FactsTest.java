package dev.migrationledger.agent.sql.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Condition.ExistenceCheck;
import dev.migrationledger.contracts.footprint.Condition.When;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When something happens, by what was found out before. */
class FactsTest {

    private static final ObjectName T = ObjectName.table(null, "t");
    private static final ObjectName U = ObjectName.table(null, "u");
    private static final ObjectName C = ObjectName.column(null, "t", "c");
    private static final ObjectName INDEX = new ObjectName(ObjectKind.INDEX, null, null, "ix");

    @Test
    void what_is_only_made_where_it_is_missing_is_there_afterwards() {
        assertThat(create(T, missing(T))).isEqualTo(Condition.UNLESS_THERE);
        assertThat(create(C, missing(C))).isEqualTo(Condition.UNLESS_THERE);
        assertThat(create(C, there(T), missing(C))).isEqualTo(Condition.UNLESS_THERE);
        assertThat(of(Action.CREATE, INDEX, "t", missing(INDEX))).isEqualTo(Condition.UNLESS_THERE);
        assertThat(of(Action.CREATE, INDEX, "t", there(T), there(C), missing(INDEX))).isEqualTo(Condition.UNLESS_THERE);
    }

    @Test
    void what_is_only_dropped_or_changed_where_it_is_there_is_so_afterwards() {
        assertThat(of(Action.DROP, T, null, there(T))).isEqualTo(Condition.IF_THERE);
        assertThat(of(Action.DROP, C, null, there(T), there(C))).isEqualTo(Condition.IF_THERE);
        assertThat(of(Action.ALTER, C, null, there(C))).isEqualTo(Condition.IF_THERE);
        assertThat(of(Action.RENAME, C, null, there(C))).isEqualTo(Condition.IF_THERE);
    }

    @Test
    void a_part_that_is_made_wherever_its_table_is_there_is_there_afterwards() {
        assertThat(create(C, there(T))).isEqualTo(Condition.UNLESS_THERE);
        assertThat(of(Action.CREATE, INDEX, "t", there(T))).isEqualTo(Condition.UNLESS_THERE);
    }

    @Test
    void what_comes_with_another_object_depends_on_that_one() {
        Condition withTable = new Condition(When.UNLESS_THERE, T);
        assertThat(create(C, missing(T))).isEqualTo(withTable);
        assertThat(of(Action.CREATE, INDEX, "t", missing(T), missing(INDEX))).isEqualTo(withTable);
        assertThat(create(U, missing(T))).isEqualTo(withTable);
        assertThat(of(Action.CREATE, INDEX, "t", there(T), missing(C))).isEqualTo(new Condition(When.UNLESS_THERE, C));
        assertThat(create(U, there(T))).isEqualTo(new Condition(When.IF_THERE, T));
    }

    @Test
    void what_depends_on_several_objects_needs_each_of_them() {
        ExistenceCheck noT = new ExistenceCheck(false, T);
        assertThat(create(U, missing(T), missing(U)))
                .isEqualTo(Condition.needing(List.of(List.of(noT), List.of(new ExistenceCheck(false, U)))));
        assertThat(create(U, missing(T), missing(INDEX)))
                .isEqualTo(Condition.needing(List.of(List.of(noT), List.of(new ExistenceCheck(false, INDEX)))));
        assertThat(new Facts(List.of(), List.of(List.of(missing(T), there(INDEX))), false)
                .conditionOf(Action.CREATE, U, null, List.of()))
                .isEqualTo(Condition.needing(List.of(List.of(noT, new ExistenceCheck(true, INDEX)))));
        assertThat(new Facts(List.of(missing(T)), true).conditionOf(Action.CREATE, T, null, List.of()))
                .isEqualTo(Condition.PERHAPS);
    }

    @Test
    void the_wrong_way_round_says_nothing_of_the_object_itself() {
        assertThat(create(T, there(T))).isNotEqualTo(Condition.UNLESS_THERE);
        assertThat(of(Action.DROP, T, null, missing(T))).isNotEqualTo(Condition.IF_THERE);
        assertThat(of(Action.RENAME, C, null, missing(C))).isNotEqualTo(Condition.IF_THERE);
    }

    @Test
    void another_schema_or_table_is_another_object() {
        Fact elsewhere = new Fact(false, Set.of(ObjectKind.TABLE), "s", null, "t");
        assertThat(create(T, elsewhere)).isNotEqualTo(Condition.UNLESS_THERE);
        assertThat(create(T, new Fact(false, Set.of(ObjectKind.TABLE), "public", null, "t")))
                .isEqualTo(Condition.UNLESS_THERE);
        Fact ofOther = new Fact(false, Set.of(ObjectKind.INDEX), null, "u", "ix");
        assertThat(of(Action.CREATE, INDEX, "t", ofOther)).isNotEqualTo(Condition.UNLESS_THERE);
        assertThat(of(Action.CREATE, INDEX, "u", ofOther)).isEqualTo(Condition.UNLESS_THERE);
    }

    @Test
    void a_function_is_found_by_its_name_without_its_arguments() {
        ObjectName function = new ObjectName(ObjectKind.FUNCTION, null, null, "f(integer)");
        Fact fact = new Fact(false, Set.of(ObjectKind.FUNCTION), null, null, "f");
        assertThat(create(function, fact)).isEqualTo(Condition.UNLESS_THERE);
    }

    private static Condition create(ObjectName object, Fact... facts) {
        return of(Action.CREATE, object, null, facts);
    }

    private static Condition of(Action action, ObjectName object, @Nullable String table, Fact... facts) {
        return new Facts(List.of(facts), false).conditionOf(
                action, object, table == null ? null : ObjectName.table(null, table), List.of(C));
    }

    private static Fact missing(ObjectName object) {
        return Fact.of(false, object);
    }

    private static Fact there(ObjectName object) {
        return Fact.of(true, object);
    }
}
