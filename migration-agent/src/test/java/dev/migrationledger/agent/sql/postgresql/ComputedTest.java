package dev.migrationledger.agent.sql.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Alteration.Aspect;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A question mark marks what is not known. */
class ComputedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "ALTER TABLE ? ADD COLUMN extra int | [CREATE] [COLUMN] [extra]",
        "ALTER TABLE t ADD COLUMN ? int | [CREATE] [COLUMN] [t]",
        "ALTER TABLE ?.t DROP COLUMN IF EXISTS a | [DROP] [COLUMN] [a]",
        "ALTER TABLE ? RENAME COLUMN a TO b | [RENAME] [COLUMN] [a, b]",
        "ALTER TABLE ? ADD COLUMN a int, DROP CONSTRAINT c | [CREATE, DROP] [COLUMN, CONSTRAINT] [a, c]",
        "CREATE INDEX ? ON t (a) | [CREATE] [INDEX] null",
        "CREATE INDEX ix_?_a ON ? (a) | [CREATE] [INDEX] null",
        "DROP INDEX IF EXISTS ? | [DROP] [INDEX] null",
        "DROP TRIGGER IF EXISTS ? ON t | [DROP] [TRIGGER] [t]",
        "CREATE TYPE mood AS ENUM (?) | [CREATE] [ENUM, TYPE] [mood]",
        "DROP SEQUENCE ?_seq | [DROP] [SEQUENCE] null",
        "GRANT SELECT ON ? TO ? | nothing",
        "SET statement_timeout = ? | nothing",
        "INSERT INTO t (?) VALUES ? | [WRITE] null null",
        "UPDATE ? SET a = 1 | [WRITE] null null",
        "SELECT a FROM ? | nothing",
        "DROP FUNCTION ?(int) | [DROP] [FUNCTION] null",
        "CREATE TABLE ? (a int) | [CREATE] [TABLE, COLUMN] null",
        "? | null null null",
    })
    void a_statement_with_holes_can_have_done_this(String outline, String reach) {
        Effects effects = read(outline);

        assertThat(effects.changes()).isEmpty();
        assertThat(effects.unknowns()).hasSize(reach.equals("nothing") ? 0 : 1);
        effects.unknowns().forEach(unread -> assertThat(words(unread.reach())).isEqualTo(reach));
    }

    @Test
    void what_has_a_hole_in_a_value_only_is_known() {
        assertThat(read("UPDATE t SET a = '?' WHERE b = ?").changes()).singleElement()
                .extracting(Change::object).hasToString("ObjectName[kind=TABLE, schema=null, table=null, name=t]");
        assertThat(read("UPDATE t SET a = '?'").isRead()).isTrue();
    }

    @Test
    void of_an_object_with_a_name_the_parts_that_are_known_are_known() {
        assertThat(read("ALTER TABLE t ADD COLUMN a int DEFAULT '?', ADD COLUMN b ?").changes())
                .extracting(change -> ((Create) change).definition())
                .containsExactly(Definition.Column.of("integer", true), Definition.Column.of(null, true));
        assertThat(read("CREATE UNIQUE INDEX i ON t (a) WHERE kind = '?'").changes())
                .extracting(change -> ((Create) change).definition().toString())
                .singleElement().asString().contains("columns=[a]", "where=null");
        assertThat(read("ALTER TABLE t ALTER a TYPE ?").changes())
                .extracting(change -> ((Alter) change).changes().getFirst())
                .hasSize(1).allMatch(one -> one instanceof Alteration.Unknown unknown && unknown.what() == Aspect.TYPE);
    }

    @Test
    void each_statement_of_a_text_is_taken_for_itself() {
        Effects effects = read("DROP TABLE known; DROP INDEX ?; CREATE TABLE other (a int)");

        assertThat(effects.changes()).extracting(change -> change.object().dotted())
                .containsExactly("known", "other", "other.a");
        assertThat(effects.unknowns()).hasSize(1);
    }

    private static String words(Reach reach) {
        return reach.actions() + " " + reach.kinds() + " " + reach.names();
    }

    private static Effects read(String outline) {
        Changes changes = new Changes();
        LiteralSql.readOutline(outline, '?', Placeholders.COLON, new UnknownValue(Value.COMPUTED),
                changes.at(1, false));
        return changes.effects();
    }
}
