package dev.migrationledger.agent.python.symbolic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.python.symbolic.ImportedNames.Found;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.ImportedFromOutside;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import dev.migrationledger.core.scripts.ReasonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is reported of a function that is followed. A question mark marks what may happen, {@code ??} what is unknown. */
class FollowingTest {

    @Test
    void straight_calls_are_reported_in_order_and_with_full_names() {
        assertThat(upgrade("""
                op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), schema=SCHEMA)
                op.drop_index(op.f("ix"), table_name='t')
                """)).containsExactly(
                "sqlalchemy.Integer()",
                "sqlalchemy.Column('id', sqlalchemy.Integer(), nullable=False)",
                "alembic.op.create_table('t', sqlalchemy.Column('id', sqlalchemy.Integer(), nullable=False), schema='s')",
                "alembic.op.f('ix')",
                "alembic.op.drop_index(alembic.op.f('ix'), table_name='t')");
    }

    @Test
    void a_batch_is_what_it_was_made_as() {
        assertThat(upgrade("""
                with op.batch_alter_table("t", schema=None) as batch_op:
                    batch_op.drop_column("c")
                with op.get_context().autocommit_block():
                    op.execute("x")
                """)).contains(
                "alembic.op.batch_alter_table('t', schema=None).drop_column('c')",
                "alembic.op.get_context().autocommit_block()",
                "alembic.op.execute('x')");
    }

    @Test
    void known_conditions_choose_and_unknown_ones_leave_open() {
        assertThat(upgrade("""
                bind = op.get_bind()
                if bind.dialect.name == "postgresql":
                    op.execute("postgres")
                else:
                    op.execute("other")
                if context.is_offline_mode() or bind.dialect.name in ("sqlite", "mysql"):
                    op.execute("offline")
                if bind.has_table("t"):
                    op.execute("yes")
                elif SCHEMA == "s":
                    op.execute("no")
                else:
                    op.execute("never")
                """)).filteredOn(call -> call.contains("execute")).containsExactly(
                "alembic.op.execute('postgres')", "? alembic.op.execute('yes')", "? alembic.op.execute('no')");
    }

    @Test
    void what_follows_a_guard_that_may_return_is_open_and_after_one_that_may_raise_is_not() {
        assertThat(upgrade("""
                if unknown():
                    raise RuntimeError("no")
                op.execute("a")
                if op.get_bind().has_table("t"):
                    return
                op.execute("b")
                """)).filteredOn(call -> call.contains("execute")).containsExactly(
                "alembic.op.execute('a')", "? alembic.op.execute('b')");
    }

    @Test
    void loops_over_what_is_known_are_unrolled() {
        assertThat(upgrade("""
                for table, columns in {"a": ["x"], "b": ("y", "z")}.items():
                    for i, column in enumerate(columns):
                        op.drop_column(table, f"{column}_{i}")
                for name in sorted({"d", "c"}):
                    if name == "d":
                        continue
                    op.drop_table(name)
                names = ["e"]
                names.append("f")
                for a, b in zip(names, range(1, 3)):
                    op.execute("%s-%d" % (a, b))
                [op.execute(c) for c in ("l1", "l2")]
                """)).containsExactly(
                "alembic.op.drop_column('a', 'x_0')",
                "alembic.op.drop_column('b', 'y_0')",
                "alembic.op.drop_column('b', 'z_1')",
                "alembic.op.drop_table('c')",
                "alembic.op.execute('e-1')",
                "alembic.op.execute('f-2')",
                "alembic.op.execute('l1')",
                "alembic.op.execute('l2')");
    }

    @Test
    void loops_over_what_is_not_known_run_once_and_perhaps() {
        assertThat(upgrade("""
                for row in op.get_bind().execute("select"):
                    op.drop_table(row.name)
                while op.more():
                    op.execute("w")
                """)).filteredOn(call -> call.startsWith("?")).containsExactly(
                "? alembic.op.drop_table(alembic.op.get_bind().execute('select').__next__(None).name)",
                "? alembic.op.execute('w')");
    }

    @Test
    void functions_of_the_file_are_followed_with_what_they_are_given() {
        assertThat(follow("""
                from alembic import op
                TABLE = "t"
                def helper(name, *rest, kind="k", **more):
                    op.execute("/".join((TABLE, name, kind) + rest))
                    return name.upper()
                def upgrade():
                    x = helper("a")
                    helper(x, "r1", "r2", kind="z", other=1)
                    (lambda y: op.execute(y))("in lambda")
                    again(3)
                def again(n):
                    op.execute(str(n))
                    if n > 2:
                        again(n - 1)
                """)).containsExactly(
                "alembic.op.execute('t/a/k')",
                "alembic.op.execute('t/A/z/r1/r2')",
                "alembic.op.execute('in lambda')",
                "alembic.op.execute('3')",
                "alembic.op.execute('2')");
    }

    @Test
    void a_parameter_named_op_is_what_alembic_calls_so() {
        assertThat(follow("def upgrade(op, tables, tester):\n    op.execute('a')\n    tables.x.drop()\n"))
                .containsExactly(
                        "alembic.op.execute('a')",
                        "?? 3: tables.x.drop() ('tables' on line 1 is unknown: the caller passes it)");
    }

    @Test
    void names_that_branches_bind_differently_are_unknown_after_them() {
        assertThat(upgrade("""
                name = "a"
                if op.get_bind().x:
                    name = "b"
                op.drop_table(name)
                if op.get_bind().x:
                    kind = "c"
                else:
                    kind = "c"
                op.drop_table(kind)
                """)).filteredOn(call -> call.contains("drop")).containsExactly(
                "alembic.op.drop_table(<name: 'name' on line 8 is unknown: it depends on 'op.get_bind().x'>)",
                "alembic.op.drop_table('c')");
    }

    @Test
    void code_that_cannot_be_followed_is_reported_with_its_place() {
        assertThat(upgrade("""
                if op.get_bind().x:
                    run = op.execute
                else:
                    run = print
                run("a")
                exec("b")
                """)).contains(
                "?? 10: run(\"a\") ('run' on line 9 is unknown: it depends on 'op.get_bind().x')");
    }

    @Test
    void handlers_may_run_or_not() {
        assertThat(upgrade("""
                try:
                    op.execute("a")
                except Exception as e:
                    op.execute("b")
                else:
                    op.execute("c")
                finally:
                    op.execute("d")
                """)).containsExactly(
                "alembic.op.execute('a')", "alembic.op.execute('c')", "? alembic.op.execute('b')",
                "alembic.op.execute('d')");
    }

    @Test
    void functions_and_constants_of_other_files_are_followed_at_the_place_of_their_call() {
        Map<String, String> files = Map.of("helpers", """
                from alembic import op
                PREFIX = "p_"
                def drop(name):


                    op.drop_table(PREFIX + name)
                """);
        List<String> calls = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        EvaluatedModule followed = EvaluatedModule.of("script.py",
                bytes("from helpers import drop\nimport helpers\ndef upgrade():\n    drop('x')\n    helpers.drop(helpers.PREFIX)\n"),
                (level, dotted) -> {
                    String text = files.get(dotted);
                    return text == null
                            ? new Found.Absent(
                                    new ImportedFromOutside(dotted))
                            : new Found.Module(
                                    EvaluatedModule.of("script.py", bytes(text),
                                            (l, d) -> new Found.Absent(new UnknownValue(Value.LONG_IMPORT_CHAIN)),
                                            AlembicRuntime.ASSUMPTIONS));
                }, AlembicRuntime.ASSUMPTIONS);
        followed.follow("upgrade", new CallListener() {
            @Override
            public void called(Symbol.Made call, SourceRange inFollowed, Guard guard) {
                calls.add(Shown.of(call));
                lines.add(inFollowed.line());
            }

            @Override
            public void unknown(SourceRange place, SourceRange inFollowed, String expression,
                    UnreadReason reason) {
                calls.add(expression);
            }
        });
        assertThat(calls).containsExactly("alembic.op.drop_table('p_x')", "alembic.op.drop_table('p_p_')");
        assertThat(lines).containsExactly(4, 5);
    }

    @Test
    void classes_of_the_file_show_what_they_bind() {
        EvaluatedModule followed = EvaluatedModule.of("script.py",
                bytes("import enum\nclass Status(enum.Enum):\n    OPEN = 'open'\n    DONE = 'done'\n"), NONE,
                AlembicRuntime.ASSUMPTIONS);
        assertThat(Objects.requireNonNull(followed.names().get("Status")).symbol()).isInstanceOfSatisfying(
                Symbol.Type.class, type -> assertThat(type.members().all()).containsExactly(
                        Map.entry("OPEN", new Symbol.Text("open")), Map.entry("DONE", new Symbol.Text("done"))));
        assertThat(follow("""
                import enum
                from alembic import op
                class Status(enum.Enum):
                    OPEN = 'open'
                def upgrade():
                    op.execute(Status.OPEN.value)
                    op.execute(Status.OPEN.name)
                """)).containsExactly("alembic.op.execute('open')", "alembic.op.execute('OPEN')");
    }

    @Test
    void work_without_end_is_given_up() {
        assertThat(follow("""
                def upgrade():
                    for a in range(1000):
                        for b in range(1000):
                            pass
                """)).containsExactly("?? 1: def upgrade (it takes too many steps to follow)");
        assertThat(follow("from alembic import op\ndef upgrade():\n    f()\ndef f():\n    f()\n    f()\n"))
                .isNotEmpty().allMatch(it -> it.startsWith("??"));
    }

    private static final ImportedNames NONE = (level, dotted) -> new Found.Absent(
            new ImportedFromOutside(".".repeat(level) + dotted));

    private static List<String> upgrade(String body) {
        return follow("""
                import sqlalchemy as sa
                from alembic import op, context
                from x import unknown
                SCHEMA = "s"

                def upgrade():
                """.replace("\n\n", "\n") + body.indent(4));
    }

    private static List<String> follow(String source) {
        List<String> calls = new ArrayList<>();
        boolean found = EvaluatedModule.of("script.py", bytes(source), NONE, AlembicRuntime.ASSUMPTIONS)
                .follow("upgrade", new CallListener() {
                    @Override
                    public void called(Symbol.Made call, SourceRange inFollowed, Guard guard) {
                        calls.add((guard.isAlways() ? "" : "? ") + Shown.of(call));
                    }

                    @Override
                    public void unknown(SourceRange place, SourceRange inFollowed, String expression,
                            UnreadReason reason) {
                        calls.add("?? " + place.line() + ": " + expression + " (" + ReasonText.of(reason) + ")");
                    }
                });
        assertThat(found).isTrue();
        return calls;
    }

    private static byte[] bytes(String source) {
        return source.getBytes(StandardCharsets.UTF_8);
    }
}
