package dev.migrationledger.agent.tool.alembic.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.python.symbolic.Guard;
import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import dev.migrationledger.agent.python.symbolic.Symbol.Reference;
import dev.migrationledger.agent.python.symbolic.Symbol.Text;
import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is certain, what is not, and what may be skipped, on symbols made by hand. */
class EffectCollectorTest {

    private static final SourceRange PLACE = new SourceRange(Source.of("script.py", new byte[0]), 0, 0, 7);
    private static final Symbol OP = new Reference("alembic.op");

    @Test
    void what_depends_on_a_condition_is_conditional() {
        EffectCollector reading = new EffectCollector(EnvironmentSettings.UNKNOWN, List.of());
        reading.called(call(OP, "drop_table", new Text("a")), PLACE, Guard.All.ALWAYS);
        reading.called(call(OP, "drop_table", new Text("b")), PLACE, Guard.Open.PERHAPS);

        assertThat(reading.effects().effects()).containsExactly(
                new Drop(ObjectName.table(null, "a"), false, Condition.ALWAYS, Location.line(7)),
                new Drop(ObjectName.table(null, "b"), false, Condition.PERHAPS, Location.line(7)));
    }

    @Test
    void reading_and_building_is_certainly_nothing() {
        Made bind = call(OP, "get_bind");
        Made select = made(new Reference("sqlalchemy.text"), new Text("SELECT id FROM t WHERE a = :a"));
        Made result = call(bind, "execute", select);

        assertThat(effects(
                bind, select, result, call(result, "fetchall"),
                call(made(new Reference("sqlalchemy.inspect"), bind), "get_table_names"),
                made(new Reference("sqlalchemy.func.now")), call(new Text("a"), "upper"),
                made(new Reference("builtins.print"), new Text("hello")),
                made(new Reference("uuid.uuid4")), call(call(OP, "get_context"), "autocommit_block")).isNone())
                .isTrue();
    }

    @Test
    void code_that_may_have_an_effect_is_never_nothing() {
        Symbol unknown = new Symbol.Unknown("x", new UnknownValue(Value.PARAMETER), PLACE);
        Made session = made(new Reference("sqlalchemy.orm.Session"));

        assertThat(List.of(
                made(new Reference("app.helpers.create_everything")),
                call(unknown, "run"),
                call(OP, "add_something_of_an_extension", new Text("a")),
                call(OP, "execute", unknown),
                call(OP, "run_async", unknown),
                call(call(OP, "get_bind"), "execute", unknown),
                call(session, "add", unknown),
                call(call(session, "query", unknown), "delete"),
                call(made(new Reference("sqlalchemy.MetaData")), "create_all"),
                call(made(new Reference("app.models.Account")), "migrate")))
                .allSatisfy(call -> assertThat(effects(call).unknowns()).hasSize(1));
    }

    @Test
    void unpacked_arguments_are_reported() {
        Made call = new Made(new Member(OP, "create_table"), List.of(new Text("t")), Map.of(), false, PLACE);

        assertThat(effects(call).changes()).extracting(Change::object).containsExactly(ObjectName.table(null, "t"));
        assertThat(effects(call).unknowns()).extracting(Unread::reason)
                .containsExactly(new UnknownOperation(Part.UNPACKED_ARGUMENTS));
    }

    @Test
    void a_batch_says_the_table() {
        Made batch = new Made(new Member(OP, "batch_alter_table"), List.of(new Text("t")),
                Map.of("schema", new Text("s")), true, PLACE);

        assertThat(effects(batch, call(batch, "drop_column", new Text("c"))).changes())
                .extracting(Change::object).containsExactly(ObjectName.column("s", "t", "c"));
    }

    @Test
    void a_finished_name_is_cut_as_sqlalchemy_cuts_it() {
        String name = "fk_a_table_with_a_long_name_to_another_table_with_a_long_name_too";

        assertThat(Symbols.text(call(OP, "f", new Text(name))))
                .isEqualTo("fk_a_table_with_a_long_name_to_another_table_with_a_lon_0460");
        assertThat(Symbols.text(new Text(name))).isEqualTo(name);
    }

    private static Effects effects(Made... calls) {
        EffectCollector reading = new EffectCollector(EnvironmentSettings.UNKNOWN, List.of());
        List.of(calls).forEach(call -> reading.called(call, PLACE, Guard.All.ALWAYS));
        return reading.effects();
    }

    private static Made call(Symbol of, String name, Symbol... positional) {
        return made(new Member(of, name), positional);
    }

    private static Made made(Symbol callee, Symbol... positional) {
        return new Made(callee, List.of(positional), Map.of(), true, PLACE);
    }
}
