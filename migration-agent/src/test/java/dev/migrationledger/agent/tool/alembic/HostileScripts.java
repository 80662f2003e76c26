package dev.migrationledger.agent.tool.alembic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scripts that no one writes, and some that are as large as people write them, each with a table that it makes first. */
public final class HostileScripts {

    private static final int[] NUMBERS = {240, 20_000};

    private final Map<String, Supplier<String>> scripts = new LinkedHashMap<>();

    private HostileScripts() {}

    /** By their kind, of which each comes in several sizes; all at once would not fit into memory. */
    public static Map<String, Supplier<String>> all() {
        HostileScripts hostile = new HostileScripts();
        for (int number : NUMBERS) {
            hostile.sql(number);
            hostile.python(number);
        }
        hostile.once();
        return hostile.scripts;
    }

    /** What people do write. */
    public static Map<String, String> benign() {
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("rows", sql("INSERT INTO t VALUES " + row(20_000, ", ", i -> "(" + i + ", 'name " + i
                + "', NULL, now(), '{}'::jsonb)")));
        scripts.put("or", sql("UPDATE t SET id = 1 WHERE " + row(8_000, " OR ", i -> "id = " + i)));
        scripts.put("case", sql("UPDATE t SET id = CASE " + row(200, " ", i -> "WHEN id = " + i + " THEN " + -i)
                + " END"));
        scripts.put("in", sql("DELETE FROM t WHERE id IN (" + row(20_000, ", ", String::valueOf) + ")"));
        scripts.put("columns", sql("CREATE TABLE wide (" + row(1_500, ", ", i -> "c" + i + " integer DEFAULT 0")
                + ")"));
        scripts.put("dump", sql(row(1_000, "\n", i -> "CREATE TABLE t%1$d (id integer NOT NULL, PRIMARY KEY (id));"
                .formatted(i))));
        scripts.put("brackets", sql("ALTER TABLE t ADD CONSTRAINT c CHECK " + around("(", 100, "id > 0", ")")));
        scripts.put("elif", python("    if op.get_bind().x: pass\n" + row(300, "",
                i -> "    elif op.get_bind().x == %d: op.drop_column('t', 'c%d')\n".formatted(i, i))));
        return scripts;
    }

    private void sql(int n) {
        put("sql open", n, () -> sql("(".repeat(n)));
        put("sql brackets", n, () -> sql("SELECT " + around("(", n, "1", ")")));
        put("sql check", n, () -> sql("ALTER TABLE t ADD CONSTRAINT c CHECK " + around("(", n, "id > 0", ")")));
        put("sql comments open", n, () -> sql("/*".repeat(n)));
        put("sql comments", n, () -> sql(around("/*", n, "", "*/") + " SELECT 1"));
        put("sql not", n, () -> sql("ALTER TABLE t ADD CONSTRAINT c CHECK (" + "NOT ".repeat(n) + "true)"));
        put("sql and", n, () -> sql("ALTER TABLE t ADD CONSTRAINT c CHECK (" + "a AND ".repeat(n) + "true)"));
        put("sql plus", n, () -> sql("CREATE INDEX i ON t ((" + "a + ".repeat(n) + "1))"));
        put("sql minus", n, () -> sql("SELECT " + "- ".repeat(n) + "1"));
        put("sql casts", n, () -> sql("SELECT 1" + "::int".repeat(n)));
        put("sql subscripts", n, () -> sql("SELECT a" + "[1]".repeat(n)));
        put("sql dots", n, () -> sql("SELECT a" + ".a".repeat(n)));
        put("sql arrays", n, () -> sql("SELECT " + around("ARRAY[", n, "1", "]")));
        put("sql calls", n, () -> sql("SELECT " + around("f(", n, "1", ")")));
        put("sql case", n, () -> sql("UPDATE t SET id = " + around("CASE WHEN id = 1 THEN ", n, "1", " END")));
        put("sql when", n, () -> sql("UPDATE t SET id = CASE " + "WHEN id = 1 THEN 2 ".repeat(n) + "END"));
        put("sql subqueries", n, () -> sql("SELECT * FROM " + around("(SELECT * FROM ", n, "t", ") x")));
        put("sql unions", n, () -> sql("CREATE VIEW v AS " + around("(SELECT 1 UNION ", n, "SELECT 2", ")")));
        put("sql union", n, () -> sql("CREATE VIEW v AS " + "SELECT 1 UNION ".repeat(n) + "SELECT 2"));
        put("sql joins", n, () -> sql("CREATE VIEW v AS SELECT 1 FROM t " + "JOIN t USING (id) ".repeat(n)));
        put("sql with", n, () -> sql(around("WITH a AS (", n, "SELECT 1", ") SELECT 1")));
        put("sql exists", n, () -> sql("SELECT 1 WHERE " + around("EXISTS (SELECT 1 WHERE ", n, "true", ")")));
        put("sql between", n, () -> sql("SELECT 1 WHERE " + "1 BETWEEN 1 AND ".repeat(n) + "1"));
        put("sql dimensions", n, () -> sql("ALTER TABLE t ADD COLUMN c int" + "[]".repeat(n)));
        put("sql operators", n, () -> sql("SELECT 1 " + "@".repeat(n) + " 1"));
        put("sql statements", n, () -> sql("SELECT 1;".repeat(n)));
        put("sql dollars", n, () -> sql("$a$ $b$ ".repeat(n)));
        put("sql quotes", n, () -> sql("\"".repeat(n + 1)));
        put("sql name", n, () -> sql("CREATE TABLE " + "a".repeat(n) + " (id int)"));
        put("sql if", n, () -> block(around("IF true THEN ", n, "PERFORM 1;", " END IF;")));
        put("sql elsif", n, () -> block("IF true THEN " + "ELSIF true THEN PERFORM 1; ".repeat(n) + "END IF;"));
        put("sql begin", n, () -> block(around("BEGIN ", n, "PERFORM 1;", " END;")));
        put("sql loops", n, () -> block(around("LOOP ", n, "EXIT;", " END LOOP;")));
        put("sql turns", n, () -> sql("DO $$ DECLARE x text; BEGIN "
                + around("FOREACH x IN ARRAY ARRAY['a', 'b', 'c'] LOOP ", n, "EXECUTE 'DROP TABLE ' || x;",
                        " END LOOP;")
                + " END $$"));
        put("sql look", n, () -> block("IF NOT EXISTS (SELECT 1 FROM pg_class WHERE "
                + around("(", n, "relname = 'x'", ")") + ") THEN CREATE TABLE x (id int); END IF;"));
        put("sql blocks in blocks", Math.min(n, 10_000), () -> sql(row(Math.min(n, 10_000), "",
                i -> "DO $x%d$ BEGIN EXECUTE ".formatted(i)) + "'' "
                + row(Math.min(n, 10_000), "", i -> "; END $x%d$".formatted(Math.min(n, 10_000) - 1 - i))));
    }

    private void python(int n) {
        put("brackets", n, () -> value(around("(", n, "1", ")")));
        put("lists", n, () -> value(around("[", n, "1", "]")));
        put("dicts", n, () -> value(around("{1: ", n, "1", "}")));
        put("calls", n, () -> value(around("a(", n, "", ")")));
        put("called", n, () -> value("a" + "()".repeat(n)));
        put("attributes", n, () -> value("a" + ".a".repeat(n)));
        put("subscripts", n, () -> value("a" + "[0]".repeat(n)));
        put("not", n, () -> value("not ".repeat(n) + "1"));
        put("minus", n, () -> value("-".repeat(n) + "1"));
        put("power", n, () -> value("2**".repeat(n) + "1"));
        put("and", n, () -> value("a and ".repeat(n) + "1"));
        put("plus", n, () -> value("1+".repeat(n) + "1"));
        put("texts", n, () -> value("'a'+".repeat(n) + "'b'"));
        put("literals", n, () -> python("    op.execute(" + "'a ' ".repeat(n) + ")\n"));
        put("lambdas", n, () -> value("lambda: ".repeat(n) + "1"));
        put("conditions", n, () -> value("1 if a else ".repeat(n) + "1"));
        put("comparisons", n, () -> value("1 < ".repeat(n) + "1"));
        put("walrus", n, () -> value(around("(y := ", n, "1", ")")));
        put("comprehensions", n, () -> value(around("[", n, "1", " for a in b]")));
        put("clauses", n, () -> value("[1 " + "for a in b ".repeat(n) + "]"));
        put("targets", n, () -> python("    " + "x = ".repeat(n) + "1\n"));
        put("semicolons", n, () -> python("    " + "x = 1;".repeat(n) + "\n"));
        put("elif", n, () -> python("    if a: pass\n" + "    elif a: pass\n".repeat(n)));
        put("except", n, () -> python("    try: pass\n" + "    except A: pass\n".repeat(n)));
        put("cases", n, () -> python("    match a:\n" + "        case 1: pass\n".repeat(n)));
        put("pattern", n, () -> python("    match a:\n        case " + around("[", n, "", "]") + ": pass\n"));
        put("with", n, () -> python("    with " + "a, ".repeat(n) + "b: pass\n"));
        put("imports", n, () -> python("    import " + row(n, ", ", i -> "a" + i) + "\n"));
        put("big dict", n, () -> value("{" + row(n, ", ", i -> i + ": 'v" + i + "'") + "}"));
        put("big list", n, () -> value("[" + "'a',".repeat(n) + "]"));
        put("fields", n, () -> value("f'" + "{a}".repeat(n) + "'"));
        put("functions", n, () -> row(Math.min(n, 20_000), "",
                i -> "def f%d():\n    return f%d()\n".formatted(i, i + 1)) + python("    f0()\n"));
        put("classes", n, () -> row(Math.min(n, 20_000), "", i -> "class C%d(%s): pass\n".formatted(i,
                i == 0 ? "" : "C" + (i - 1))) + python(""));
        put("classes of tables", n, () -> "from sqlalchemy.orm import declarative_base\nC = declarative_base()\n"
                + row(Math.min(n, 20_000), "", i -> "class C%d(C%s): __tablename__ = 't%d'\n".formatted(i,
                        i == 0 ? "" : i - 1, i))
                + python("    C.metadata.create_all(op.get_bind())\n"));
        put("classes in diamonds", n, () -> "class A0: pass\nclass B0: pass\n" + row(Math.min(n, 5_000), "",
                i -> "class A%d(A%d, B%d): pass\nclass B%d(A%d, B%d): __tablename__ = 't'\n".formatted(
                        i + 1, i, i, i + 1, i, i))
                + python(""));
        put("decorators", n, () -> "@a\n".repeat(n) + "def z(): pass\n" + python(""));
        put("formatted in formatted", Math.min(n, 5_000), () -> value(around("f'{", Math.min(n, 5_000), "1", "}'")));
        put("specifications", Math.min(n, 5_000), () -> value("f'" + around("{a:", Math.min(n, 5_000), "", "}") + "'"));
        put("operations", n, () -> python("    op.drop_table('t')\n".repeat(n)));
    }

    private void once() {
        for (int deep : new int[]{20, 99, 500}) {
            put("ifs in ifs", deep, () -> python(nested(deep, "if a:", "pass")));
            put("loops in loops", deep, () -> python(nested(deep, "for x in range(10):", "op.drop_table('t')")));
            put("functions in functions", deep, () -> python(nested(deep, "def g():", "pass")));
        }
        put("literal", 3_000_000, () -> python("    op.execute('" + "x".repeat(3_000_000) + "')\n"));
        put("integer", 1_000_000, () -> python("    x = " + "9".repeat(1_000_000) + "\n    y = x * x * x\n"));
        put("lines", 200_000, () -> python("    x = 1\n".repeat(200_000)));
        put("assignments", 40_000, () -> row(40_000, "", i -> "x" + i + " = 1\n") + python(""));
        put("lists of module", 100,
                () -> row(100, "", i -> "x" + i + " = [" + "1,".repeat(4_000) + "]\n") + python(""));
        put("doubled", 200,
                () -> python("    x = ['a']\n" + "    x = [x, x]\n".repeat(200) + "    op.execute(str(x))\n"));
        put("doubled text", 200,
                () -> python("    x = 'abc'\n" + "    x = x + x\n".repeat(200) + "    op.execute(x)\n"));
        put("widths", 1, () -> python("    op.execute('%1000000000d' % 1)\n    op.execute(f'{1:>1000000000}')\n"));
        put("joined", 1, () -> python("    y = ['a' * 1000000] * 10000\n    op.execute(''.join(y))\n"));
        put("large texts", 1,
                () -> python("    x = 'a' * 1000000\n    for i in range(100000):\n        y = x + str(i)\n"));
        put("large lists", 1, () -> python("    x = []\n    for i in range(100000):\n        x.append(i)\n"));
        put("turns", 1, () -> python("    for i in range(10**9):\n        op.execute('select 1')\n"));
        put("no end", 1, () -> python("    while True:\n        op.execute('select 1')\n"));
        put("large statements", 1, () -> python("""
                    s = 'SELECT ' + '1,' * 9000 + '1'
                    for i in [1] * 5000:
                        op.execute(s)
                """));
        put("checks", 1, () -> python("""
                    s = 'ALTER TABLE t ADD CONSTRAINT c CHECK ' + '(' * 200 + 'id > 0' + ')' * 200
                    for i in [1] * 5000:
                        op.execute(s)
                """));
        put("module of tabs", 1, () -> "\t".repeat(300_000) + "\n" + python(""));
        put("module of backslashes", 1, () -> "\\\n".repeat(300_000) + "\n" + python(""));
    }

    private void put(String kind, int size, Supplier<String> script) {
        scripts.put(kind + " " + size, script);
    }

    private static String value(String expression) {
        return python("    x = " + expression + "\n");
    }

    private static String sql(String sql) {
        return python("    op.execute('''" + sql + "''')\n");
    }

    private static String block(String body) {
        return sql("DO $$ BEGIN " + body + " END $$");
    }

    private static String python(String body) {
        return """
                import sqlalchemy as sa
                from alembic import op
                def upgrade():
                    op.create_table('made', sa.Column('id', sa.Integer))
                """ + body + "def downgrade():\n    pass\n";
    }

    private static String around(String open, int times, String inside, String close) {
        return open.repeat(times) + inside + close.repeat(times);
    }

    private static String row(int count, String between, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining(between));
    }

    private static String nested(int deep, String head, String body) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= deep; i++) {
            text.append("    ".repeat(i)).append(head).append('\n');
        }
        return text.append("    ".repeat(deep + 1)).append(body).append('\n').toString();
    }
}
