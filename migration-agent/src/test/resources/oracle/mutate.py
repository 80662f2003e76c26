"""mutate.py FROM TO: the same history in other words. FROM is a folder of prepare.py's; TO is best called as FROM with ~mutated behind it.

One change in some of the scripts, drawn by a seed: a guard before an operation (a table, a column or an index is only made where it is
missing), a literal statement moved into a DO block, an operation written as SQL, a new table moved to another schema and back. Nothing of it changes
what a schema is at any stop. What was done is listed in TO/mutations.txt.
"""
import ast
import configparser
import os
import random
import re
import shutil
import sys

source, target = sys.argv[1:]
shutil.rmtree(target, ignore_errors=True)
shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "alembic.log"))
ini = configparser.RawConfigParser()
ini.read(os.path.join(target, "alembic.ini"))
versions = ini.get("alembic", "version_locations").replace("%(here)s", target)
lot = random.Random(11)
done = []
used = {}
KINDS = ("guard", "block", "sql", "schema")


def literal(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def operation(statement):
    """The name, the literal positional arguments (None where not literal) and whether nothing else is given."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return None
    call = statement.value
    if not isinstance(call.func, ast.Attribute) or not isinstance(call.func.value, ast.Name) or call.func.value.id != "op":
        return None
    return call.func.attr, call, {it.arg for it in call.keywords}


def plain(name):
    return name is not None and re.fullmatch(r"[a-z_][a-z0-9_]*", name)


def column(call):
    if len(call.args) > 1 and isinstance(call.args[1], ast.Call) and call.args[1].args:
        return literal(call.args[1].args[0])
    return None


def guard(name, call, keywords):
    table = literal(call.args[0]) if call.args else None
    if name == "create_table" and table and "schema" not in keywords:
        return 'if not sa_.inspect(op.get_bind()).has_table("%s"):' % table
    if name == "add_column" and table and column(call) and "schema" not in keywords:
        return 'if "%s" not in [it["name"] for it in sa_.inspect(op.get_bind()).get_columns("%s")]:' % (column(call), table)
    if name == "create_index" and len(call.args) > 2 and literal(call.args[1]) and table and "schema" not in keywords:
        return 'if "%s" not in {it["name"] for it in sa_.inspect(op.get_bind()).get_indexes("%s")}:' % (table, literal(call.args[1]))
    return None


def block(name, call, keywords):
    if name == "execute" and len(call.args) == 1 and not keywords:
        text = literal(call.args[0])
        if text and re.match(r"\s*(ALTER TABLE|CREATE INDEX|DROP INDEX|CREATE TABLE|DROP TABLE)\b", text, re.I) and "$" not in text \
                and ";" not in text.strip().rstrip(";") and "CONCURRENTLY" not in text.upper() and ":" not in text and "%" not in text:
            return "op.execute(%r)" % ("DO $mutated$ BEGIN %s; END $mutated$" % text.strip().rstrip(";"))
    if name == "drop_table" and len(call.args) == 1 and not keywords and plain(literal(call.args[0])):
        return 'op.execute("DO $mutated$ BEGIN DROP TABLE %s; END $mutated$")' % quoted(literal(call.args[0]))
    return None


def quoted(name):
    return '\\"%s\\"' % name


def as_sql(name, call, keywords):
    if keywords - {"unique"}:
        return None
    texts = [literal(it) for it in call.args]
    if name == "drop_column" and len(texts) == 2 and all(map(plain, texts)):
        return 'op.execute("ALTER TABLE %s DROP COLUMN %s")' % tuple(map(quoted, texts))
    if name == "drop_table" and len(texts) == 1 and plain(texts[0]):
        return 'op.execute("DROP TABLE %s")' % quoted(texts[0])
    if name == "rename_table" and len(texts) == 2 and all(map(plain, texts)):
        return 'op.execute("ALTER TABLE %s RENAME TO %s")' % tuple(map(quoted, texts))
    if name == "create_index" and len(texts) == 3 and plain(texts[0]) and plain(texts[1]) and isinstance(call.args[2], ast.List):
        columns = [literal(it) for it in call.args[2].elts]
        unique = next((it.value for it in call.keywords if it.arg == "unique"), None)
        if columns and all(map(plain, columns)) and (unique is None or isinstance(unique, ast.Constant)):
            return 'op.execute("CREATE %sINDEX %s ON %s (%s)")' % ("UNIQUE " if unique is not None and unique.value else "",
                                                                   quoted(texts[0]), quoted(texts[1]), ", ".join(map(quoted, columns)))
    return None


def moved(name, call, keywords):
    table = literal(call.args[0]) if call.args else None
    if name != "create_table" or not plain(table) or "schema" in keywords:
        return None
    return "; ".join('op.execute("%s")' % it for it in (
        "CREATE SCHEMA elsewhere", "ALTER TABLE %s SET SCHEMA elsewhere" % quoted(table),
        "ALTER TABLE elsewhere.%s SET SCHEMA public" % quoted(table), "DROP SCHEMA elsewhere"))


scripts = sorted(it for it in os.listdir(versions) if it.endswith(".py") and it != "__init__.py")
for script in scripts:
    path = os.path.join(versions, script)
    text = open(path, encoding="utf-8").read()
    try:
        tree = ast.parse(text)
    except SyntaxError:
        continue
    functions = [it for it in tree.body if isinstance(it, ast.FunctionDef) and it.name == "upgrade"]
    if len(functions) != 1 or "# left out" in text:
        continue
    lines = text.split("\n")
    chosen = None
    for statement in functions[0].body:
        found = operation(statement)
        if found is None:
            continue
        name, call, keywords = found
        for kind, change in zip(KINDS, (guard, block, as_sql, moved)):
            other = change(name, call, keywords)
            if other and used.get(kind, 0) <= min(used.get(it, 0) for it in KINDS) + 3 and lot.random() < 0.4:
                chosen = kind, other, statement, name
    if chosen is None or lot.random() < 0.4:
        continue
    kind, other, statement, name = chosen
    first, last = statement.lineno - 1, statement.end_lineno
    indent = " " * statement.col_offset
    if kind == "guard":
        # A literal over several lines keeps its lines.
        if any("\"\"\"" in it or "'''" in it for it in lines[first:last]):
            continue
        lines[first:last] = [indent + "import sqlalchemy as sa_", indent + other] + ["    " + it for it in lines[first:last]]
    elif kind == "schema":
        lines[last:last] = [indent + other]
    else:
        lines[first:last] = [indent + other]
    mutated = "\n".join(lines)
    try:
        ast.parse(mutated)
    except SyntaxError:
        continue
    open(path, "w", encoding="utf-8").write(mutated)
    used[kind] = used.get(kind, 0) + 1
    done.append("%s %s in %s" % (kind, name, script))

with open(os.path.join(target, "mutations.txt"), "w", encoding="utf-8") as file:
    file.write("".join(it + "\n" for it in done))
print(target, used)
