package dev.migrationledger.core.position;

import static dev.migrationledger.core.position.Scene.alters;
import static dev.migrationledger.core.position.Scene.creates;
import static dev.migrationledger.core.position.Scene.makes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.core.position.Discrepancy.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An object of the right name that is not what a revision made. */
class ValidityTest {

    @Test
    void an_invalid_index_is_not_there() {
        Scene scene = indexed("ON public.t USING btree (n) INVALID");

        assertThat(scene.physical().candidates()).containsExactly(List.of("a"));
        assertThat(scene.evidence().against(List.of("b"))).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.MISSING);
            assertThat(one.actual()).endsWith(" INVALID");
        });
        assertThat(indexed("ON public.t USING btree (n)").physical().candidates()).containsExactly(List.of("b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            another column       | ON public.t USING btree (m)
            more columns         | ON public.t USING btree (n, m)
            unique               | UNIQUE ON public.t USING btree (n)
            of another table     | ON public.u USING btree (n)
            """)
    void an_index_with_another_definition_is_reported(String what, String definition) {
        assertDifferent(indexed(definition));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not validated        | FOREIGN KEY (n) REFERENCES u (id) NOT VALID
            another column       | FOREIGN KEY (m) REFERENCES u (id)
            another table        | FOREIGN KEY (n) REFERENCES w (id)
            another kind         | UNIQUE (n)
            """)
    void a_constraint_with_another_definition_is_reported(String what, String definition) {
        assertDifferent(constrained(definition));
        assertThat(constrained("FOREIGN KEY (n) REFERENCES u (id)").physical().candidates())
                .containsExactly(List.of("b"));
    }

    @Test
    void a_constraint_that_is_to_be_validated_later_need_not_be_valid_before() {
        Scene scene = new Scene()
                .revision("a", "", Scene.together(creates("t", "n integer"), new Effect[]{makes(
                        ObjectKind.CONSTRAINT, "t.positive", "kind", "check", "validated", "false")}))
                .revision("b", "a", alters(ObjectKind.CONSTRAINT, "t.positive", "validated", "true"))
                .table("t", "n integer").there(ObjectKind.CONSTRAINT, "t.positive", "CHECK (n > 0) NOT VALID");
        assertThat(scene.physical().candidates()).containsExactly(List.of("a"));

        scene.there(ObjectKind.CONSTRAINT, "t.positive", "CHECK (n > 0)");
        assertThat(scene.evidence().against(List.of("b"))).isEmpty();
    }

    @Test
    void a_disabled_trigger_is_reported_unless_a_revision_disabled_it() {
        Scene scene = new Scene()
                .revision("a", "", creates("t", "n integer"))
                .revision("b", "a", makes(ObjectKind.TRIGGER, "t.touch"))
                .table("t", "n integer").there(ObjectKind.TRIGGER, "t.touch", "BEFORE UPDATE DISABLED");
        assertDifferent(scene);

        scene.revision("c", "b", alters(ObjectKind.TRIGGER, "t.touch", "state", "DISABLED"));
        assertThat(scene.physical().candidates()).containsExactly(List.of("c"));
    }

    @Test
    void an_object_over_a_renamed_column_is_not_reported_as_well() {
        Scene scene = new Scene()
                .revision("a", "", Scene.together(creates("t", "n integer"),
                        new Effect[]{makes(ObjectKind.INDEX, "i", "table", "t", "columns", "n")}))
                .table("t", "z integer").there(ObjectKind.INDEX, "i", "ON public.t USING btree (z)");

        assertThat(scene.evidence().against(List.of("a"))).extracting(one -> one.object().name())
                .containsExactly("n");
    }

    private static Scene indexed(String definition) {
        return new Scene()
                .revision("a", "", creates("t", "n integer", "m integer"))
                .revision("b", "a", makes(ObjectKind.INDEX, "i", "table", "t", "columns", "n", "unique", "false"))
                .table("t", "n integer", "m integer").there(ObjectKind.INDEX, "i", definition);
    }

    private static Scene constrained(String definition) {
        return new Scene()
                .revision("a", "", Scene.together(
                        creates("t", "n integer", "m integer"), creates("u", "id integer"), creates("w", "id integer")))
                .revision("b", "a", makes(ObjectKind.CONSTRAINT, "t.k", "kind", "foreign key", "columns", "n",
                        "references", "u", "validated", "true"))
                .table("t", "n integer", "m integer").table("u", "id integer").table("w", "id integer")
                .there(ObjectKind.CONSTRAINT, "t.k", definition);
    }

    private static void assertDifferent(Scene scene) {
        assertThat(scene.evidence().against(List.of("b"))).singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(Kind.DIFFERENT));
    }
}
