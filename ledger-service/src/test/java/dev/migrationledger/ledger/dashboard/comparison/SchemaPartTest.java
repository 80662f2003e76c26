package dev.migrationledger.ledger.dashboard.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.environment.Comparison.Relation;
import dev.migrationledger.contracts.environment.Comparison.Side;
import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.comparison.ComparisonSentences;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.ledger.dashboard.comparison.SchemaPart.Line;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaPartTest {

    @Test
    void each_object_that_differs_is_there_with_what_it_is_on_both_sides() {
        SchemaPart part = SchemaPart.of(
                seen(SchemaSnapshot.FORM, "public", table("public", "a"), column("public", "both", "integer")),
                seen(SchemaSnapshot.FORM, "public", table("public", "b"), column("public", "both", "bigint")),
                words(), 0, Integer::toString);
        assertThat(part.sentence()).isEqualTo("The schemas differ in 3 objects.");
        assertThat(part.sign()).isEqualTo("≠");
        assertThat(part.lines().shown()).extracting(Line::name).containsExactly("a", "both.total", "b");
        assertThat(part.lines().shown().get(1).left()).contains("integer");
        assertThat(part.lines().shown().get(1).right()).contains("bigint");
        assertThat(part.kinds()).isEqualTo("2 × table, 1 × column");
    }

    @Test
    void equal_is_said_with_what_was_compared_and_what_was_not() {
        SchemaPart part = SchemaPart.of(seen(SchemaSnapshot.FORM, "tenant_1", table("tenant_1", "a")),
                seen(SchemaSnapshot.FORM, "tenant_2", table("tenant_2", "a")), words(), 0, Integer::toString);
        assertThat(part.sentence()).isEqualTo("The schemas are equal.");
        assertThat(part.sign()).isEqualTo("=");
        assertThat(part.compared()).startsWith("Compared were the definitions of 1 and 1 objects. Rows, ");
    }

    @Test
    void schemas_of_different_forms_are_not_compared() {
        SchemaPart part = SchemaPart.of(seen(1, "public", table("public", "a")),
                seen(2, "public", table("public", "a")), words(), 0, Integer::toString);
        assertThat(part.sentence()).isEqualTo("The schemas are not comparable: staging was read in form 1, production "
                + "in form 2. Upgrade the agent of staging.");
        assertThat(part.sign()).isEqualTo("?");
    }

    @Test
    void a_schema_that_was_never_reported_is_named() {
        assertThat(SchemaPart.of(null, seen(2, "public"), words(), 0, Integer::toString).sentence())
                .isEqualTo("The schemas were not compared: no agent had reported that of staging.");
        assertThat(SchemaPart.of(null, null, words(), 0, Integer::toString).sentence())
                .endsWith("that of staging and production.");
    }

    @Test
    void of_many_differences_the_first_are_shown_and_all_are_counted() {
        SchemaPart part = SchemaPart.of(seen(2, "public"), seen(2, "public",
                IntStream.range(0, 5_000).mapToObj(i -> table("public", "t" + i)).toArray(SchemaObject[]::new)),
                words(), 0, Integer::toString);
        assertThat(part.lines().shown()).hasSize(200);
        assertThat(part.lines().more()).isEqualTo(4_800);
        assertThat(part.kinds()).isEqualTo("5000 × table");
    }

    private static ComparisonSentences words() {
        Side left = new Side("staging", List.of(), List.of(), List.of(), null);
        Side right = new Side("production", List.of(), List.of(), List.of(), null);
        return ComparisonSentences.of(new Comparison("navbot", left, right, Relation.EQUAL, List.of(), List.of(),
                List.of(), List.of(), null, List.of()));
    }

    private static SchemaSeen seen(int form, String own, SchemaObject... objects) {
        return new SchemaSeen(new SchemaSnapshot(form, Stream.of(objects).toList()), own);
    }

    private static SchemaObject table(String schema, String name) {
        return new SchemaObject(ObjectName.table(schema, name), Definition.Table.UNKNOWN);
    }

    private static SchemaObject column(String schema, String table, String type) {
        return new SchemaObject(ObjectName.column(schema, table, "total"), Definition.Column.of(type, false));
    }
}
