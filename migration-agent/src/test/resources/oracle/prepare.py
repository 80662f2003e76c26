"""prepare.py FROM TO VERSIONS [ROOT …]: makes of a checkout a folder that SoundnessElsewhere can run.

FROM is a checkout; its small text files are copied to TO, with an alembic.ini and an env.py that takes its database from DATABASE_URL.
VERSIONS is the folder of the scripts, in FROM; ROOT are folders whose modules scripts import, beside those that are found. A naming
convention that stands literally in the project, once, is used. Where scripts make an engine of the configuration, env.py puts the url there.
"""
import ast
import os
import shutil
import sys

source, target, versions, *roots = sys.argv[1:]
KEPT = (".py", ".sql", ".json", ".toml", ".csv", ".yaml", ".yml", ".txt", ".ini", ".cfg", ".mako", ".md", ".dump", ".psql")
PASSED_OVER = {"node_modules", ".git", "web", "ui", "docs", "tests", "test", ".github", "charts", "e2e", "client"}

if os.path.exists(target):
    shutil.rmtree(target)
for folder, folders, files in os.walk(source):
    relative = os.path.relpath(folder, source)
    folders[:] = [it for it in folders if it not in PASSED_OVER or (relative + "/" + it).lstrip("./") in versions]
    for file in files:
        path = os.path.join(folder, file)
        if file.endswith(KEPT) and not os.path.islink(path) and os.path.getsize(path) < 3_000_000:
            os.makedirs(os.path.join(target, relative), exist_ok=True)
            shutil.copyfile(path, os.path.join(target, relative, file))

conventions = set()
convention_used = False
engine_of_configuration = False
for folder, _, files in os.walk(target):
    for file in files:
        if not file.endswith(".py"):
            continue
        path = os.path.join(folder, file)
        text = open(path, encoding="utf-8", errors="replace").read()
        engine_of_configuration = engine_of_configuration or versions in path and "engine_from_config" in text
        convention_used = convention_used or versions not in path and "naming_convention" in text
        if "naming_convention" not in text and "%(table_name)s" not in text or versions in path:
            continue
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict):
                try:
                    value = ast.literal_eval(node)
                except ValueError:
                    continue
                if isinstance(value, dict) and "pk" in value and all(isinstance(it, str) for it in value.values()):
                    conventions.add(repr(value))
convention = conventions.pop() if convention_used and len(conventions) == 1 else None

# Import roots: what is above the packages that the scripts are in, and wherever an ini stands.
root = os.path.dirname(os.path.join(target, versions))
while os.path.exists(os.path.join(root, "__init__.py")) and root != target:
    root = os.path.dirname(root)
found = [".", os.path.relpath(root, target)]
for extra in ["src", *roots]:
    if os.path.isdir(os.path.join(target, extra)):
        found.append(extra)
parent = os.path.dirname(os.path.join(target, versions))
env = ""
while len(parent) > len(target):
    if os.path.exists(os.path.join(parent, "env.py")) and not env:
        env = open(os.path.join(parent, "env.py"), encoding="utf-8").read()
    if any(it.endswith(".ini") or it == "pyproject.toml" for it in os.listdir(parent)):
        found.append(os.path.relpath(parent, target))
    parent = os.path.dirname(parent)
found = list(dict.fromkeys(found))

with open(os.path.join(target, "alembic.ini"), "w", encoding="utf-8") as ini:
    ini.write("[alembic]\nscript_location = %%(here)s/run_here\nversion_locations = %%(here)s/%s\nprepend_sys_path = %s\n"
              % (versions, ":".join("%(here)s" if it == "." else "%(here)s/" + it for it in found)))
os.makedirs(os.path.join(target, "run_here"), exist_ok=True)
with open(os.path.join(target, "run_here", "env.py"), "w", encoding="utf-8") as file:
    file.write("""import os

from alembic import context
from sqlalchemy import MetaData, create_engine, pool

target_metadata = %s
url = os.environ["DATABASE_URL"]
%sif context.is_offline_mode():
    context.configure(url=url, literal_binds=True, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url, poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata%s)
        with context.begin_transaction():
            context.run_migrations()
""" % ("MetaData(naming_convention=%s)" % convention if convention else "None",
       'context.config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))\n' if engine_of_configuration else "",
       ", transaction_per_migration=True" if "transaction_per_migration" in env else ""))
print(target, "roots", found, "convention", convention)
