package dev.migrationledger.agent.tool.alembic.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.python.symbolic.ImportedNames.Found;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Condition.When;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.unread.ValueReason.ImportedFromOutside;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Scripts that check before they do something. {@code unless} and {@code if} stand before what is done only where it is missing, or
 * there, so that it surely is there afterwards, or is not; {@code without t} and {@code with t} before what is done where another object was
 * missing or there; a question mark before what depends on something else.
 */
class SchemaChecksTest {

    @Test
    void an_inspector_is_asked_for_a_table() {
        for (String missing : List.of(
                "not sa.inspect(bind).has_table('t')",
                "not inspector.has_table('t', schema='public')",
                "not inspector.has_table(table_name='t')",
                "'t' not in inspector.get_table_names()",
                "not 't' in set(inspector.get_table_names(schema=None))",
                "inspector.has_table('t') == False",
                "inspector.has_table('t') is False",
                "not bool(inspector.has_table('t'))",
                "not bind.dialect.has_table(bind, 't')",
                "not bind.has_table('t')",
                "not op.get_bind().engine.dialect.has_table(bind, 't')",
                "not Inspector.from_engine(bind).has_table('t')",
                "not sa.inspect(op.get_context().bind).has_table('t')",
                "'t' not in [name for name in inspector.get_table_names()]",
                "'t' not in sorted(tables)",
                "not any(name == 't' for name in tables)",
                "all(name != 't' for name in tables)")) {
            assertThat(upgrade("if " + missing + ":\n    op.create_table('t')\n")).as(missing)
                    .containsExactly("unless create t");
        }
    }

    @Test
    void an_inspector_is_asked_for_a_column_index_or_constraint() {
        for (String missing : List.of(
                "'c' not in [c['name'] for c in inspector.get_columns('t')]",
                "'c' not in {c.get('name') for c in inspector.get_columns('t')}",
                "'c' not in {c['name']: c['type'] for c in inspector.get_columns('t')}",
                "'c' not in columns",
                "'c' not in list(columns)",
                "not any(c['name'] == 'c' for c in inspector.get_columns('t'))",
                "not any('c' == c['name'] for c in inspector.get_columns('t'))",
                "not any(True for c in inspector.get_columns('t') if c['name'] == 'c')",
                "not [c for c in inspector.get_columns('t') if c['name'] == 'c']",
                "len([c for c in inspector.get_columns('t') if c['name'] == 'c']) == 0",
                "next((c for c in inspector.get_columns('t') if c['name'] == 'c'), None) is None")) {
            assertThat(upgrade("if " + missing + ":\n    op.add_column('t', sa.Column('c', sa.Text()))\n")).as(missing)
                    .containsExactly("unless create t.c");
        }
        assertThat(upgrade("""
                if 'ix' not in {i['name'] for i in inspector.get_indexes('t')}:
                    op.create_index('ix', 't', ['c'])
                if not any(f['name'] == 'fk' for f in inspector.get_foreign_keys('t')):
                    op.create_foreign_key('fk', 't', 'u', ['c'], ['id'])
                if 'uq' in [u['name'] for u in inspector.get_unique_constraints('t')]:
                    op.drop_constraint('uq', 't')
                if 'state' not in [e['name'] for e in inspector.get_enums()]:
                    op.execute("CREATE TYPE state AS ENUM ('a')")
                if 'v' in inspector.get_view_names():
                    op.execute('DROP VIEW v')
                if 's' not in inspector.get_schema_names():
                    op.execute('CREATE SCHEMA s')
                """)).containsExactly(
                "unless create ix", "unless create t.fk", "if drop t.uq", "unless create state", "if drop v",
                "unless create s");
    }

    @Test
    void the_catalogs_are_asked_by_a_query() {
        for (String missing : List.of(
                "not bind.execute(sa.text(\"SELECT 1 FROM information_schema.tables WHERE table_name = 't'\")).scalar()",
                "bind.execute(sa.text(\"SELECT 1 FROM pg_tables WHERE tablename = 't'\")).fetchone() is None",
                "bind.execute(text(\"SELECT 1 FROM pg_class WHERE relname = 't'\")).first() == None",
                "not bind.execute(text('SELECT 1 FROM pg_tables WHERE tablename = :t'), {'t': 't'}).fetchall()",
                "not bind.execute(text('SELECT 1 FROM pg_tables WHERE tablename = :t').bindparams(t='t')).first()",
                "not bind.execute(text('SELECT 1 FROM pg_tables WHERE tablename = :t'), t='t').rowcount",
                "bind.execute(text(\"SELECT count(*) FROM pg_tables WHERE tablename = 't'\")).scalar() == 0",
                "not bind.scalar(text(\"SELECT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 't')\"))",
                "not bind.execute(text(\"SELECT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 't')\")).fetchone()[0]",
                "bind.execute(text(\"SELECT to_regclass('public.t')\")).scalar() is None",
                "not bind.execute(text(\"SELECT to_regclass('t') IS NOT NULL\")).scalar_one()",
                "not Session(bind).execute(text(\"SELECT to_regclass('t')\")).scalar()",
                "'t' not in [r[0] for r in bind.execute(text(\"SELECT tablename FROM pg_tables\"))]",
                "'t' not in {r.tablename for r in bind.execute(text(\"SELECT tablename FROM pg_tables\")).fetchall()}",
                "'t' not in bind.execute(text('SELECT tablename FROM pg_tables')).scalars().all()")) {
            assertThat(upgrade("if " + missing + ":\n    op.create_table('t')\n")).as(missing)
                    .containsExactly("unless create t");
        }
    }

    @Test
    void answers_are_kept_in_variables_and_handed_on_by_functions() {
        assertThat(module("""
                def table_exists(name):
                    return name in sa.inspect(op.get_bind()).get_table_names()
                def column_exists(table, column):
                    if not table_exists(table):
                        return False
                    columns = {c['name'] for c in sa.inspect(op.get_bind()).get_columns(table)}
                    return column in columns
                def index_exists(table, index):
                    try:
                        return any(i['name'] == index for i in sa.inspect(op.get_bind()).get_indexes(table))
                    except Exception:
                        return False
                def columns_of(table):
                    inspector = sa.inspect(op.get_bind())
                    if not inspector.has_table(table):
                        return set()
                    return {c['name'] for c in inspector.get_columns(table)}
                def add_if_missing(table, column):
                    if table_exists(table) and not column_exists(table, column.name):
                        op.add_column(table, column)
                def upgrade():
                    there = table_exists('t')
                    missing = not there
                    if missing:
                        op.create_table('t')
                    if not column_exists('t', 'c'):
                        op.add_column('t', sa.Column('c', sa.Text()))
                    if not index_exists('t', 'ix'):
                        op.create_index('ix', 't', ['c'])
                    if 'd' not in columns_of('t'):
                        op.add_column('t', sa.Column('d', sa.Text()))
                    for name in ('e', 'f'):
                        if column_exists('t', name):
                            continue
                        op.add_column('t', sa.Column(name, sa.Text()))
                """)).containsExactly(
                "unless create t", "unless create t.c", "unless create ix", "unless create t.d", "unless create t.e",
                "unless create t.f");
    }

    @Test
    void a_loop_comes_to_each_object_that_is_there() {
        assertThat(module("""
                def find(table, name):
                    for column in sa.inspect(op.get_bind()).get_columns(table):
                        if column['name'] == name:
                            return column
                    return None
                def upgrade():
                    if not find('t', 'c'):
                        op.add_column('t', sa.Column('c', sa.Text()))
                    if find('t', 'd') is not None:
                        op.drop_column('t', 'd')
                    for index in sa.inspect(op.get_bind()).get_indexes('t'):
                        if index['name'] == 'ix':
                            op.drop_index('ix', 't')
                        if index['unique']:
                            op.drop_table('u')
                        op.drop_table('v')
                        if index['name'] != 'iy':
                            op.drop_table('w')
                """)).containsExactly(
                "unless create t.c", "if drop t.d", "if drop ix", "? drop u", "? drop v", "? drop w");
    }

    @Test
    void methods_of_a_dict_or_list_made_by_a_loop_do_nothing_else() {
        assertThat(module("""
                def upgrade():
                    rows = op.get_bind().execute(sa.text('SELECT id, slug FROM u')).fetchall()
                    slugs = {row.id: row.slug for row in rows}
                    names = [row.slug for row in rows]
                    names.append('x')
                    for row in rows:
                        print(slugs.get(row.id, ''), names.index(row.slug), sorted(slugs.values()))
                        parts = ['users', row.slug]
                        if row.id:
                            parts.append(row.id)
                        path = '/'.join(parts)
                        print(path.split('/'), f'{path}.png'.upper(), ('x' + path).encode())
                    op.create_table('t')
                    row.run(op)
                """)).containsExactly("create t", "unread");
    }

    @Test
    void what_follows_an_early_return_depends_on_it() {
        assertThat(upgrade("""
                if 't' in tables:
                    return
                op.create_table('t')
                """)).containsExactly("unless create t");
        assertThat(upgrade("""
                if not inspector.has_table('t'):
                    return
                if 'c' in columns:
                    return
                op.add_column('t', sa.Column('c', sa.Text()))
                """)).containsExactly("unless create t.c");
        assertThat(upgrade("""
                if not inspector.has_table('t') or 'c' not in columns:
                    return
                op.drop_column('t', 'c')
                """)).containsExactly("if drop t.c");
        assertThat(upgrade("""
                if inspector.has_table('t'):
                    if 'c' in columns:
                        return
                    op.add_column('t', sa.Column('c', sa.Text()))
                op.create_table('u')
                """)).containsExactly("unless create t.c", "without t.c create u");
    }

    @Test
    void the_other_branch_depends_on_the_opposite() {
        assertThat(upgrade("""
                if inspector.has_table('t'):
                    op.drop_table('t')
                elif inspector.has_table('u'):
                    op.drop_table('v')
                else:
                    op.create_table('u')
                if 'c' in columns:
                    pass
                else:
                    op.add_column('t', sa.Column('c', sa.Text()))
                """)).containsExactly("if drop t", "? drop v", "? create u", "unless create t.c");
    }

    @Test
    void a_part_that_is_made_wherever_its_table_is_there_is_there_afterwards() {
        assertThat(upgrade("""
                if inspector.has_table('t'):
                    op.add_column('t', sa.Column('c', sa.Text()))
                    op.drop_column('t', 'd')
                    op.alter_column('t', 'e', nullable=False)
                """)).containsExactly("unless create t.c", "if drop t.d", "if alter t.e");
    }

    @Test
    void what_else_happens_in_a_branch_is_no_more_certain_than_before() {
        assertThat(upgrade("""
                if not inspector.has_table('t'):
                    op.create_table('t', sa.Column('id', sa.Integer()))
                    op.create_index('ix', 't', ['id'])
                    op.create_table('u')
                    op.drop_table('v')
                """)).containsExactly("unless create t", "without t create t.id", "without t create ix",
                "without t create u", "without t drop v");
    }

    @Test
    void a_question_with_a_further_condition_says_nothing() {
        for (String test : List.of(
                "not inspector.has_table('t') and os.environ.get('X')",
                "not inspector.has_table('t') or os.environ.get('X')",
                "os.environ.get('X')",
                "not sa.inspect(sa.create_engine(os.environ['URL'])).has_table('t')",
                "inspector.has_table('t')",
                "not bind.execute(text('SELECT 1 FROM t')).scalar()")) {
            assertThat(upgrade("if " + test + ":\n    op.create_table('t')\n")).as(test).containsExactly("? create t");
        }
    }

    @Test
    void names_are_gathered_in_a_loop_or_searched_in_one() {
        for (String gathering : List.of(
                "names = []\nfor c in inspector.get_columns('t'):\n    names.append(c['name'])",
                "names = {}\nfor c in inspector.get_columns('t'):\n    names[c['name']] = c['type']",
                "names = dict((c['name'], c) for c in inspector.get_columns('t'))",
                "names = [c['name'].lower() for c in inspector.get_columns('t')]")) {
            assertThat(
                    upgrade(gathering + "\nif 'c' not in names:\n    op.add_column('t', sa.Column('c', sa.Text()))\n"))
                    .as(gathering).containsExactly("unless create t.c");
        }
        assertThat(upgrade("""
                found = False
                for c in inspector.get_columns('t'):
                    if c['name'] == 'c':
                        found = True
                        break
                if not found:
                    op.add_column('t', sa.Column('c', sa.Text()))
                """)).containsExactly("unless create t.c");
        assertThat(upgrade("""
                names = []
                for c in inspector.get_columns('t'):
                    if os.environ.get(c['name']):
                        names.append(c['name'])
                if 'c' not in names:
                    op.add_column('t', sa.Column('c', sa.Text()))
                """)).containsExactly("? create t.c", "unread");
    }

    @Test
    void effects_that_depend_on_an_unread_schema_question_are_reported() {
        for (String test : List.of(
                "not inspector.has_table(os.environ['X'])",
                "len(tables) == 0",
                "not tables",
                "not any(name != 't' for name in tables)",
                "not all(name == 't' for name in tables)",
                "'t' not in ','.join(tables)",
                "not inspector.get_pk_constraint('t')['name']",
                "not bind.execute(text('SELECT 1 FROM pg_class WHERE relname ~ :n')).scalar()",
                "not table_exists('t')",
                "not [c for c in inspector.get_columns('t') if c['type'] == 't']")) {
            assertThat(upgrade("if " + test + ":\n    op.create_table('t')\n")).as(test)
                    .filteredOn(effect -> !effect.equals("unread")).containsExactly("? create t");
            assertThat(upgrade("if " + test + ":\n    op.create_table('t')\n")).as(test).contains("unread");
        }
    }

    @Test
    void a_question_about_another_object_says_nothing_of_this_one() {
        assertThat(upgrade("""
                if not sa.inspect(bind).has_table('t', schema='s'):
                    op.create_table('t')
                if inspector.has_table('u'):
                    op.create_table('v')
                """)).containsExactly("without s.t create t", "with u create v");
    }

    @Test
    void an_answer_that_was_changed_by_hand_says_nothing() {
        assertThat(upgrade("""
                names = set(tables)
                names.add('t')
                if 't' not in names:
                    op.create_table('t')
                """)).containsExactly("? create t");
    }

    @Test
    void an_object_dropped_after_its_check_is_gone_afterwards() {
        assertThat(upgrade("""
                there = inspector.has_table('t')
                op.drop_table('t')
                if not there:
                    op.create_table('t')
                """)).containsExactly("drop t", "? create t");
        assertThat(upgrade("""
                op.drop_table('t')
                if not inspector.has_table('t'):
                    op.create_table('t')
                """)).containsExactly("drop t", "unless create t");
    }

    @Test
    void what_a_handler_can_have_kept_from_happening_is_open() {
        assertThat(upgrade("""
                try:
                    op.create_table('a')
                except Exception:
                    pass
                try:
                    sa.Table('x', sa.MetaData(), autoload_with=bind)
                    op.create_table('b')
                except Exception as e:
                    print(e)
                try:
                    other.check()
                    op.create_table('c')
                except Exception:
                    raise
                try:
                    op.create_table('d')
                    bind.commit()
                except Exception:
                    bind.rollback()
                with op.get_context().autocommit_block():
                    try:
                        op.create_table('e')
                    except Exception:
                        pass
                try:
                    with bind.begin_nested():
                        op.create_table('f')
                except Exception:
                    pass
                op.create_table('g')
                """)).containsExactly(
                "create a", "with x create b", "unread", "create c", "? create d", "unread", "? create e", "unread",
                "? create f", "unread", "create g");
    }

    @Test
    void a_helper_may_find_out_by_a_query_that_fails_without_the_table() {
        assertThat(module("""
                def probe(table):
                    try:
                        op.get_bind().execute(text('SELECT 1 FROM ' + table))
                        return True
                    except Exception:
                        return False
                def upgrade():
                    if not probe('t'):
                        op.create_table('t')
                """)).containsExactly("unless create t");
    }

    @Test
    void effects_outside_schemas_are_not_reported() {
        assertThat(upgrade("""
                session = Session(bind=bind)
                session.flush()
                session.commit()
                session.expunge_all()
                with op.get_context().autocommit_block():
                    bind.commit()
                sa.MetaData().reflect(bind)
                """)).isEmpty();
    }

    @Test
    void tables_that_the_script_declares_are_made_where_they_are_missing() {
        assertThat(module("""
                metadata = sa.MetaData()
                a = sa.Table('a', metadata)
                b = sa.Table('b', sa.MetaData())
                def upgrade():
                    metadata.create_all(op.get_bind())
                    b.metadata.create_all(bind=op.get_bind(), tables=[b], checkfirst=False)
                """)).containsExactly("unless create a", "create b");
    }

    @Test
    void what_cannot_be_read_is_bounded_by_the_call() {
        assertThat(reaches("""
                for key in inspector.get_foreign_keys('t'):
                    op.drop_constraint(key['name'], 't')
                op.add_column(os.environ['T'], sa.Column('c', sa.Text()))
                op.add_column('v', sa.Column(os.environ['C'], sa.Text(), unique=True))
                op.add_column('w', sa.Column(os.environ['C'], sa.ForeignKey('v.id')))
                session = Session(bind=bind)
                session.add(other)
                sa.MetaData().create_all(bind)
                reflected = sa.MetaData()
                reflected.tables['u'].drop(bind)
                """)).containsExactly(
                "[DROP] [CONSTRAINT, INDEX] [t]",
                "[CREATE] [COLUMN] null",
                "[CREATE] [COLUMN, CONSTRAINT, INDEX, SEQUENCE] [v]",
                "[CREATE] [COLUMN, CONSTRAINT, INDEX, SEQUENCE] [w]",
                "[WRITE] null null",
                "[CREATE] null null",
                "[DROP] null [u]");
    }

    private static List<String> reaches(String body) {
        return footprint(UPGRADE + body.indent(4)).unknowns().stream().map(unread -> unread.reach())
                .map(reach -> reach.actions() + " " + reach.kinds() + " " + reach.names()).toList();
    }

    private static final String UPGRADE = """
            def upgrade():
                bind = op.get_bind()
                inspector = sa.inspect(bind)
                tables = inspector.get_table_names()
                columns = [c['name'] for c in inspector.get_columns('t')]
            """;

    private static List<String> upgrade(String body) {
        return module(UPGRADE + body.indent(4));
    }

    private static List<String> module(String source) {
        return footprint(source).effects().stream().map(SchemaChecksTest::shown).toList();
    }

    private static Effects footprint(String source) {
        String whole = """
                import os
                import sqlalchemy as sa
                from alembic import op
                from elsewhere import other
                from sqlalchemy import text
                from sqlalchemy.engine.reflection import Inspector
                from sqlalchemy.orm import Session
                """ + source;
        EvaluatedModule followed = EvaluatedModule.of(
                "a1.py", whole.getBytes(StandardCharsets.UTF_8),
                (level, dotted) -> new Found.Absent(new ImportedFromOutside(dotted)),
                AlembicRuntime.ASSUMPTIONS);
        return Footprints.of(followed, EnvironmentSettings.UNKNOWN).upgrade();
    }

    private static String shown(Effect effect) {
        if (!(effect instanceof Change change)) {
            return "unread";
        }
        Condition condition = change.condition();
        String when = condition.isAlways()
                ? ""
                : condition.object() != null
                        ? (condition.when() == When.UNLESS_THERE ? "without " : "with ") + condition.object().dotted()
                                + " "
                        : switch (condition.when()) {
                            case ALWAYS -> "";
                            case UNLESS_THERE -> "unless ";
                            case REPLACING -> "replacing ";
                            case IF_THERE -> "if ";
                            case PERHAPS -> "? ";
                        };
        return when + change.action().name().toLowerCase(Locale.ROOT) + " " + change.object().dotted();
    }
}
