package dev.migrationledger.core.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Action;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Timing;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of two definitions is compared, and what is reported of them. */
class DefinitionMatchTest {

    private static final DefinitionMatch MATCH = new DefinitionMatch(new TypeNames());

    private static final Constraint KEY = Constraint.foreignKey(List.of("a"), ObjectName.table("public", "u"));

    private static final Constraint PLAIN = KEY.withActions(Action.NO_ACTION, Action.NO_ACTION, null)
            .withTiming(Timing.IMMEDIATE);

    @Test
    void a_foreign_key_does_the_same_to_its_rows() {
        Constraint cascading = PLAIN.withActions(Action.NO_ACTION, Action.CASCADE, null);
        assertThat(matches(PLAIN, PLAIN)).isTrue();
        assertThat(matches(PLAIN, cascading)).isFalse();
        assertThat(matches(cascading, PLAIN)).isFalse();
        assertThat(matches(cascading, PLAIN.withActions(Action.CASCADE, Action.CASCADE, null))).isFalse();
        assertThat(matches(cascading, PLAIN.withActions(Action.NO_ACTION, Action.SET_NULL, null))).isFalse();
        assertThat(matches(KEY, cascading)).isTrue();
        assertThat(matches(cascading, KEY)).isTrue();
    }

    @Test
    void a_constraint_is_checked_at_the_same_time() {
        assertThat(matches(PLAIN, PLAIN.withTiming(Timing.DEFERRED))).isFalse();
        assertThat(matches(PLAIN.withTiming(Timing.DEFERRABLE), PLAIN.withTiming(Timing.DEFERRED))).isFalse();
        assertThat(matches(PLAIN.withTiming(null), PLAIN.withTiming(Timing.DEFERRED))).isTrue();
    }

    @Test
    void words_name_what_differs_and_nothing_that_goes_without_saying() {
        Constraint cascading = PLAIN.withActions(Action.NO_ACTION, Action.CASCADE, null);
        assertThat(ObjectProperties.words(PLAIN, null)).isEqualTo("foreign key (a) to public.u");
        assertThat(ObjectProperties.words(cascading, PLAIN)).isEqualTo("foreign key (a) to public.u ON DELETE CASCADE");
        assertThat(ObjectProperties.words(PLAIN, cascading))
                .isEqualTo("foreign key (a) to public.u ON DELETE NO ACTION");
        assertThat(ObjectProperties.words(PLAIN, PLAIN.withTiming(Timing.DEFERRED)))
                .isEqualTo("foreign key (a) to public.u NOT DEFERRABLE");
    }

    @Test
    void a_view_has_the_same_columns() {
        Definition one = new Definition.View(List.of("a", "b"), null, null, null);
        Definition other = new Definition.View(List.of("a"), List.of(), null, "sha256:0");
        assertThat(matches(one, other)).isFalse();
        assertThat(matches(one, new Definition.View(List.of("a", "b"), List.of(), null, "sha256:0"))).isTrue();
        assertThat(matches(Definition.View.UNKNOWN, other)).isTrue();
        assertThat(matches(new Definition.MaterializedView(List.of("a"), null, null, null),
                new Definition.MaterializedView(List.of("b"), null, null, null))).isFalse();
        assertThat(ObjectProperties.words(one, other)).isEqualTo("(a, b)");
        assertThat(ObjectProperties.words(one, one)).isEqualTo("a view of the same columns with another query");
    }

    @Test
    void a_function_has_the_same_text() {
        Definition.Function live = Definition.Function.of("\r\nBEGIN\r\n RETURN NEW;\r\nEND\n", "RETURNS trigger");
        assertThat(matches(Definition.Function.of("BEGIN\n RETURN NEW;\nEND", null), live)).isTrue();
        assertThat(matches(Definition.Function.of("BEGIN RETURN OLD; END", null), live)).isFalse();
        assertThat(matches(Definition.Function.UNKNOWN, live)).isTrue();
    }

    @Test
    void an_index_has_the_same_method_and_is_partial_where_it_should_be() {
        Definition.Index plain = Definition.Index.of(null, List.of("a"), false);
        Definition.Index live = plain.withMethod("btree");
        assertThat(matches(plain, live)).isTrue();
        assertThat(matches(plain.withMethod("GIN"), live)).isFalse();
        assertThat(matches(plain.withMethod("GIN"), plain.withMethod("gin"))).isTrue();
        assertThat(matches(plain.withWhere("a > 0"), live)).isFalse();
        assertThat(matches(plain.withWhere("a > 0"), live.withWhere("(a > 0)"))).isTrue();
        assertThat(ObjectProperties.words(plain.withMethod("gin").withWhere("a > 0"), live))
                .isEqualTo("(a) USING gin WHERE a > 0");
        assertThat(ObjectProperties.words(plain, live)).isEqualTo("(a)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            s in ('open', 'paid')         | ((s)::text = ANY (ARRAY['open'::text, 'paid'::text]))                    | true
            s in ('open', 'paid')         | ((s)::text = ANY ((ARRAY['open'::character varying])::text[]))          | false
            s = 'open'                    | ((s)::text = ANY (ARRAY['open'::text, 'paid'::text]))                    | false
            s <> ''                       | ((s)::text <> ''::text)                                                  | true
            n > 0                         | (n > 0)                                                                  | true
            m = 'sad'                     | (m = 'gloomy'::public.mood)                                              | true
            d > '2020-1-1'                | (d > '2020-01-01'::date)                                                 | true
            d < now() + interval '1 day'  | (d < (now() + '1 day'::interval))                                        | true
            a && '{x}'                    | (a && '{x}'::text[])                                                     | true
            """)
    void a_check_compares_with_the_same_words(String expected, String actual, boolean same) {
        Constraint check = Constraint.of(ConstraintType.CHECK, null);
        assertThat(matches(check.withExpression(expected), check.withExpression(actual))).isEqualTo(same);
    }

    private static boolean matches(Definition expected, Definition actual) {
        return MATCH.matches(expected, actual);
    }
}
