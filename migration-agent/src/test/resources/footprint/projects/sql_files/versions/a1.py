import csv
import io
import os
import pathlib
from importlib import resources
from pathlib import Path

import sqlparse
from alembic import op
from sqlalchemy import text

import app.data
from app.files import run, statements, the_folder

revision = "a1"
down_revision = None

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = Path(__file__).resolve().parent / "sql"


def upgrade():
    with open(os.path.join(HERE, "sql", "one.sql"), encoding="utf-8") as handle:
        op.execute(handle.read())
    op.execute((FOLDER / "two.sql").read_text())
    op.get_bind().execute(text(Path(f"{HERE}/sql/three.sql").read_text(encoding="utf-8")))
    op.execute(open(__file__.replace(".py", ".sql")).read())
    for statement in (FOLDER / "many.sql").open().read().split(";"):
        if statement.strip():
            op.execute(statement)
    run("helped.sql")
    for statement in statements("lines.sql"):
        op.execute(statement)
    op.execute(resources.files("app.data").joinpath("resource.sql").read_text())
    op.execute(resources.read_text(app.data, "old_resource.sql"))
    op.execute((the_folder().parent / "data" / "more" / "more.sql").read_text() % {"name": "formatted"})
    for path in sorted(FOLDER.glob("g*.sql")):
        op.execute(path.read_text())
    with open(os.path.join(HERE, os.pardir, "app", os.path.curdir, "data", "more", "more.sql")) as handle:
        op.execute(handle.read() % {"name": "from_above"})
    for path in Path(__file__).parents[1].glob("app/data/more/*.sql"):
        op.execute(path.read_text() % {"name": "in_folders"})
    with open("app/data/resource.sql") as handle, io.open(os.path.join(HERE, "sql", "one.sql"), "r") as other:
        op.execute("DROP TABLE " + pathlib.Path("some/other_name.sql").stem)
        op.execute(handle.read().replace("resource", "replaced"))
        op.execute("\n".join(other.readlines()[2:3]).replace("one", "again"))


def downgrade():
    op.execute((FOLDER / "nowhere.sql").read_text())
    op.execute(Path("/etc/passwd").read_text())
    op.execute((Path(__file__).parents[4] / "outside.sql").read_text())
    op.execute(open(os.environ["SQL"]).read())
